using System.Security.Cryptography;
using System.Text;

namespace Feedback.Data;

/// <summary>A file of db/ as it was built into the assembly.</summary>
/// <param name="Path">Below db/, with forward slashes: <c>sqlite/0001_organisation.sql</c>.</param>
/// <param name="Text">The whole file with line feeds as line ends.</param>
internal sealed record EmbeddedScript(string Path, string Text)
{
    private const string Root = "db/";

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>SHA-256 in hexadecimal; the same on checkouts with either line end.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>The files of one folder in the order of their names.</summary>
    public static IReadOnlyList<EmbeddedScript> In(string folder)
    {
        var assembly = typeof(EmbeddedScript).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Select(name => (Name: name, Path: name.Replace('\\', '/')))
            .Where(r => r.Path.StartsWith(Root + folder + "/", StringComparison.Ordinal))
            .OrderBy(r => r.Path, StringComparer.Ordinal)
            .Select(r =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(r.Name)!);
                return new EmbeddedScript(r.Path[Root.Length..], reader.ReadToEnd().ReplaceLineEndings("\n"));
            })];
    }
}

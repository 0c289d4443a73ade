using System.Text;

namespace Feedback.Tests.Security.Injection;

/// <summary>What was found: each page with what its address can hold, each form with its fields. fields.txt is what must be found.</summary>
internal sealed class FieldList
{
    private const string Resource = "fields.txt";

    private readonly SortedDictionary<string, SortedSet<string>> _endpoints = new(StringComparer.Ordinal);

    /// <param name="endpoint">As fields.txt calls it: method and pattern, and the command where one address takes several forms.</param>
    /// <param name="fields">Their names.</param>
    public void Add(string endpoint, IEnumerable<string> fields)
    {
        if (!_endpoints.TryGetValue(endpoint, out var known)) _endpoints[endpoint] = known = new(StringComparer.Ordinal);
        known.UnionWith(fields);
    }

    /// <summary>Whether an endpoint was found, with whichever of its forms.</summary>
    public bool Has(string endpoint) => _endpoints.Keys.Any(d => d == endpoint || d.StartsWith(endpoint + " ", StringComparison.Ordinal));

    /// <summary>What fields.txt has and was not found, or was found and fields.txt has not; nothing when both are the same.</summary>
    /// <param name="shown">Fields, as <see cref="NameOf"/> calls them, whose text stood on a page afterwards.</param>
    public string Differences(IReadOnlySet<string> shown)
    {
        var found = _endpoints.Select(d => Line(d.Key, d.Value.Select(f => shown.Contains(NameOf(d.Key, f)) ? f + "!" : f))).ToList();
        var listed = Read();
        var text = new StringBuilder();
        foreach (var line in listed.Except(found)) text.Append("- ").Append(line).Append('\n');
        foreach (var line in found.Except(listed)) text.Append("+ ").Append(line).Append('\n');
        return text.ToString();
    }

    /// <summary>A field's name among all.</summary>
    public static string NameOf(string endpoint, string field) => $"{endpoint} {field}";

    private static string Line(string endpoint, IEnumerable<string> fields) => $"{endpoint.PadRight(68)} {string.Join(' ', fields)}".TrimEnd();

    private static List<string> Read()
    {
        using var reader = new StreamReader(typeof(FieldList).Assembly.GetManifestResourceStream(Resource)!);
        return [.. reader.ReadToEnd().Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0 && l[0] != '#')];
    }
}

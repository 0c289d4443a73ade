using System.Security.Cryptography;

namespace Feedback.Security;

/// <summary>
/// Where the vault's keys come from. They are never in the database and have no default outside Development. A file holds one key a
/// line, the master key first and the newest sealing key last; settings hold the master key apart from the sealing keys.
/// </summary>
internal static class MasterKey
{
    private const string Setting = "Security:MasterKey";
    private const string FileSetting = "Security:MasterKeyFile";
    private const string SealingSetting = "Security:SealingKeys";

    /// <exception cref="SetupException">Nothing is set, or what is set is not 32 bytes in base64.</exception>
    public static Vault Load(IConfiguration configuration, bool development)
    {
        if (configuration[Setting] is { Length: > 0 } text)
        {
            return new Vault([Decode(text, Setting), .. (configuration[SealingSetting] ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(k => Decode(k, SealingSetting))]);
        }

        if (configuration[FileSetting] is not { Length: > 0 } file)
        {
            throw new SetupException(
                $"No master key is set. Set Security__MasterKey (32 random bytes in base64, for instance from \"openssl rand -base64 32\"), or {FileSetting.Replace(":", "__", StringComparison.Ordinal)} to a file that holds it. Keep it: without it neither contacts nor complaints can be read again.");
        }

        if (!File.Exists(file) && development)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            Write(file, [NewKey()], overwrite: false);
        }

        return new Vault(Read(file), () => Read(file));
    }

    /// <summary>Adds a sealing key to the file; from then on everything is sealed with it.</summary>
    /// <exception cref="SetupException">The keys are in settings, which a program cannot change.</exception>
    public static void Rotate(IConfiguration configuration)
    {
        if (configuration[Setting] is { Length: > 0 } || configuration[FileSetting] is not { Length: > 0 } file)
        {
            throw new SetupException($"The keys are in settings. Add a new one at the end of {SealingSetting.Replace(":", "__", StringComparison.Ordinal)} (keys in base64, a comma between) everywhere, restart, and run this again with --reseal.");
        }

        Write(file, [.. Read(file).Select(Convert.ToBase64String), NewKey()], overwrite: true);
    }

    private static List<byte[]> Read(string file)
    {
        if (!File.Exists(file)) throw new SetupException($"{FileSetting} names {Path.GetFullPath(file)}, which does not exist.");
        var lines = File.ReadAllLines(file).Select(l => l.Trim()).Where(l => l.Length > 0).ToList();
        return lines.Count == 0 ? throw new SetupException($"{FileSetting} is empty.") : lines.ConvertAll(l => Decode(l, FileSetting));
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static byte[] Decode(string text, string setting)
    {
        var key = new byte[33];
        return Convert.TryFromBase64String(text, key, out var length) && length == 32
            ? key[..32]
            : throw new SetupException($"{setting} is not 32 bytes in base64.");
    }

    private static void Write(string file, IEnumerable<string> keys, bool overwrite)
    {
        // Written apart and moved into place whole: the Api and the Worker may start together, and neither may read half a key.
        var draft = Path.GetFullPath(file) + "." + Guid.NewGuid().ToString("N");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options))
        {
            foreach (var key in keys) writer.WriteLine(key);
        }

        try
        {
            File.Move(draft, file, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(file))
        {
            // The other one was first; its key is the key.
            File.Delete(draft);
        }
    }
}

/// <summary>The program cannot start until its operator sets something; the message says what.</summary>
internal sealed class SetupException : Exception
{
    public SetupException()
    {
    }

    public SetupException(string message)
        : base(message)
    {
    }

    public SetupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

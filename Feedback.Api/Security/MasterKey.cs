using System.Security.Cryptography;

namespace Feedback.Security;

/// <summary>Where the master key comes from. It is never in the database and has no default outside Development.</summary>
internal static class MasterKey
{
    private const string Setting = "Security:MasterKey";
    private const string FileSetting = "Security:MasterKeyFile";

    /// <exception cref="SetupException">Nothing is set, or what is set is not 32 bytes in base64.</exception>
    public static byte[] Load(IConfiguration configuration, bool development)
    {
        if (configuration[Setting] is { Length: > 0 } text) return Decode(text, Setting);
        if (configuration[FileSetting] is not { Length: > 0 } file)
        {
            throw new SetupException(
                $"No master key is set. Set Security__MasterKey (32 random bytes in base64, for instance from \"openssl rand -base64 32\"), or {FileSetting.Replace(":", "__", StringComparison.Ordinal)} to a file that holds it. Keep it: without it neither contacts nor complaints can be read again.");
        }

        if (!File.Exists(file) && development) Create(file);
        return File.Exists(file) ? Decode(File.ReadAllText(file).Trim(), FileSetting) : throw new SetupException($"{FileSetting} names {Path.GetFullPath(file)}, which does not exist.");
    }

    private static byte[] Decode(string text, string setting)
    {
        var key = new byte[33];
        return Convert.TryFromBase64String(text, key, out var length) && length == 32
            ? key[..32]
            : throw new SetupException($"{setting} is not 32 bytes in base64.");
    }

    private static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);

        // Written apart and moved into place whole: the Api and the Worker may start together, and neither may read half a key.
        var draft = Path.GetFullPath(file) + "." + Guid.NewGuid().ToString("N");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options)) writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // The other one was first; its key is the key.
            File.Delete(draft);
        }
    }
}

/// <summary>The program cannot start until its operator sets something; the message says what.</summary>
public sealed class SetupException : Exception
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

using System.Text.RegularExpressions;
using Feedback.Security;

namespace Feedback.Notifications;

/// <summary>The mail server as its operator described it (<c>Mail:*</c>).</summary>
/// <param name="Host">Null when there is no mail server: e-mails wait, and are given up after a week.</param>
/// <param name="Port">587 by default, 25 without STARTTLS.</param>
/// <param name="From">The sender's address.</param>
/// <param name="StartTls">Whether the connection must be encrypted before anything is said; the default.</param>
/// <param name="User">Null when the server asks for no sign-in.</param>
/// <param name="Password">Of <paramref name="User"/>.</param>
public sealed partial record MailSettings(string? Host, int Port, string From, bool StartTls, string? User, string? Password)
{
    private const string PasswordFileSetting = "Mail:PasswordFile";

    public bool IsConfigured => Host is not null;

    /// <exception cref="SetupException">A host without a sender, a malformed sender, or a password file that is not there.</exception>
    public static MailSettings Load(IConfiguration configuration)
    {
        if (configuration["Mail:Host"] is not { Length: > 0 } host) return new MailSettings(null, 0, "", false, null, null);
        var startTls = configuration.GetValue("Mail:StartTls", true);
        var from = configuration["Mail:From"] ?? "";
        if (!IsAddress(from)) throw new SetupException("Mail:Host is set, but Mail:From is not an e-mail address.");
        return new MailSettings(host, configuration.GetValue("Mail:Port", startTls ? 587 : 25), from, startTls, configuration["Mail:User"], PasswordOf(configuration));
    }

    /// <summary>An address that every mail server takes: ASCII, as HTML's e-mail field defines it.</summary>
    public static bool IsAddress(string text) => text.Length <= 254 && Address().IsMatch(text);

    private static string? PasswordOf(IConfiguration configuration)
    {
        if (configuration[PasswordFileSetting] is not { Length: > 0 } file) return configuration["Mail:Password"];
        return File.Exists(file) ? File.ReadAllText(file).Trim() : throw new SetupException($"{PasswordFileSetting} names {Path.GetFullPath(file)}, which does not exist.");
    }

    // A record prints its members; a password is not for the log.
    public override string ToString() => $"{From} by {Host}:{Port}";

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\z")]
    private static partial Regex Address();
}

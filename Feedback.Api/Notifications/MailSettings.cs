using System.Text.RegularExpressions;
using Feedback.Security;

namespace Feedback.Notifications;

/// <summary>How the connection to the mail server is encrypted.</summary>
public enum MailSecurity
{
    /// <summary>STARTTLS (RFC 3207), and nothing is sent to a server that does not offer it; the default.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Tls,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>The mail server as its operator described it (<c>Mail:*</c>).</summary>
/// <param name="Host">Null when there is no mail server: e-mails wait, and are given up after a week.</param>
/// <param name="Port">By default 587 with STARTTLS, 465 with TLS, 25 without either.</param>
/// <param name="From">The sender's address.</param>
/// <param name="Security">How the connection is encrypted.</param>
/// <param name="User">Null when the server asks for no sign-in.</param>
/// <param name="Password">Of <paramref name="User"/>.</param>
public sealed partial record MailSettings(string? Host, int Port, string From, MailSecurity Security, string? User, string? Password)
{
    private const string PasswordFileSetting = "Mail:PasswordFile";
    private const string SecuritySetting = "Mail:Security";

    public bool IsConfigured => Host is not null;

    /// <exception cref="SetupException">A host without a sender, a malformed sender, an unknown way to encrypt, or a password file that is not there.</exception>
    public static MailSettings Load(IConfiguration configuration)
    {
        if (configuration["Mail:Host"] is not { Length: > 0 } host) return new MailSettings(null, 0, "", MailSecurity.None, null, null);
        var security = SecurityOf(configuration);
        var from = configuration["Mail:From"] ?? "";
        if (!IsAddress(from)) throw new SetupException("Mail:Host is set, but Mail:From is not an e-mail address.");
        return new MailSettings(host, configuration.GetValue("Mail:Port", PortOf(security)), from, security, configuration["Mail:User"], PasswordOf(configuration));
    }

    /// <summary>An address that every mail server takes: ASCII, as HTML's e-mail field defines it.</summary>
    public static bool IsAddress(string text) => text.Length <= 254 && Address().IsMatch(text);

    private static MailSecurity SecurityOf(IConfiguration configuration)
    {
        // Mail:StartTls is how this was set before there was TLS from the first byte.
        if (configuration[SecuritySetting] is not { Length: > 0 } text) return configuration.GetValue("Mail:StartTls", true) ? MailSecurity.StartTls : MailSecurity.None;
        var names = Enum.GetNames<MailSecurity>();
        return names.Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<MailSecurity>(text, ignoreCase: true)
            : throw new SetupException($"{SecuritySetting} is \"{text}\"; it is one of {string.Join(", ", names)}.");
    }

    private static int PortOf(MailSecurity security) => security switch
    {
        MailSecurity.Tls => 465,
        MailSecurity.StartTls => 587,
        _ => 25,
    };

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

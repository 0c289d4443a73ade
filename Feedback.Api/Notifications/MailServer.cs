using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Feedback.Notifications;

/// <summary>Sends e-mails over SMTP (RFC 5321), a connection each, encrypted as <see cref="MailSettings.Security"/> says.</summary>
internal sealed class MailServer(MailSettings settings, TimeProvider time)
{
    private const int FirstPermanent = 500;

    /// <summary>What decides whether the server's certificate is good; null for the system's own check. Tests trust one of theirs.</summary>
    internal RemoteCertificateValidationCallback? CertificateCheck { get; set; }

    /// <param name="id">The message's, the same at every attempt; it becomes the Message-ID.</param>
    /// <param name="address">Of one recipient.</param>
    /// <param name="letter">What to say.</param>
    /// <exception cref="OperationCanceledException">The attempt was ended before the server had taken the message.</exception>
    public async Task<DeliveryResult> Send(Guid id, string address, EmailText letter, CancellationToken ct)
    {
        using var mail = Compose(id, address, letter);
        using var smtp = new SmtpClient
        {
            ServerCertificateValidationCallback = CertificateCheck,
            // From inside a closed network nobody reaches the lists of certificates that were taken back.
            CheckCertificateRevocation = false,
        };
        try
        {
            // Without a host no message is claimed.
            await smtp.ConnectAsync(settings.Host!, settings.Port, Encryption, ct);
            if (settings.User is { } user) await smtp.AuthenticateAsync(user, settings.Password ?? "", ct);
            await smtp.SendAsync(mail, ct);
        }
        catch (SmtpCommandException e)
        {
            var forGood = e.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)e.StatusCode >= FirstPermanent;
            return new DeliveryResult(forGood ? DeliveryOutcome.Refused : DeliveryOutcome.Failed, Said(e));
        }
        catch (AuthenticationException e)
        {
            return e.InnerException is SmtpCommandException said ? new DeliveryResult(DeliveryOutcome.Failed, Said(said)) : Unreachable(e);
        }
        catch (Exception e) when (e is SslHandshakeException or SocketException or IOException or ProtocolException or NotSupportedException or TimeoutException)
        {
            // An attempt that is ended in the middle of a handshake comes out as a handshake that failed.
            ct.ThrowIfCancellationRequested();
            return Unreachable(e);
        }

        // The server has taken the message: a goodbye that fails changes nothing.
        await smtp.DisconnectAsync(quit: true, ct);
        return DeliveryResult.Delivered;
    }

    private SecureSocketOptions Encryption => settings.Security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    private MimeMessage Compose(Guid id, string address, EmailText letter)
    {
        var from = new MailboxAddress("", settings.From);
        var mail = new MimeMessage([from], [new MailboxAddress("", address)], letter.Subject, new TextPart("plain")
        {
            // Line ends inside base64 are sent as they are, and a text's are CRLF (RFC 2045, section 6.8).
            Text = letter.Text.ReplaceLineEndings("\r\n"),
            ContentTransferEncoding = ContentEncoding.Base64,
        })
        {
            MessageId = $"{id:N}@{from.Domain}",
            Date = time.GetUtcNow(),
        };
        // RFC 3834: nobody's absence note answers a program.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mail;
    }

    /// <summary>Of a handshake the inner message says what is wrong; its own explains over many lines what may be.</summary>
    private static DeliveryResult Unreachable(Exception e) => DeliveryResult.Unreachable(OneLine((e is SslHandshakeException { InnerException: { } inner } ? inner : e).Message));

    private static string Said(SmtpCommandException e) => string.Create(CultureInfo.InvariantCulture, $"smtp_{(int)e.StatusCode}: {OneLine(e.Message)}");

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}

using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text;

namespace Feedback.Notifications;

/// <summary>Sends e-mails over SMTP (RFC 5321), a connection each, with STARTTLS where it is set; TLS from the first byte (port 465) is not spoken.</summary>
internal sealed class MailServer(MailSettings settings)
{
    private const int FirstPermanent = 500;

    /// <param name="id">The message's, the same at every attempt; it becomes the Message-ID.</param>
    /// <param name="address">Of one recipient.</param>
    /// <param name="letter">What to say.</param>
    public async Task<DeliveryResult> Send(Guid id, string address, EmailText letter, CancellationToken ct)
    {
        using var mail = new MailMessage(settings.From, address, letter.Subject, letter.Text)
        {
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
        };
        mail.Headers.Add("Message-ID", $"<{id:N}@{mail.From!.Host}>");
        // RFC 3834: nobody's absence note answers a program.
        mail.Headers.Add("Auto-Submitted", "auto-generated");

        using var smtp = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.StartTls };
        if (settings.User is { } user) smtp.Credentials = new NetworkCredential(user, settings.Password);
        try
        {
            // The client does not look at the token in every state it can hang in.
            await smtp.SendMailAsync(mail, ct).WaitAsync(ct);
            return DeliveryResult.Delivered;
        }
        catch (SmtpFailedRecipientException e) when ((int)e.StatusCode >= FirstPermanent)
        {
            return new DeliveryResult(DeliveryOutcome.Refused, Said(e));
        }
        catch (SmtpException e) when (e.StatusCode != SmtpStatusCode.GeneralFailure)
        {
            return new DeliveryResult(DeliveryOutcome.Failed, Said(e));
        }
        catch (SmtpException e)
        {
            return DeliveryResult.Unreachable(OneLine((e.InnerException ?? e).Message));
        }
    }

    private static string Said(SmtpException e) => string.Create(CultureInfo.InvariantCulture, $"smtp_{(int)e.StatusCode}: {OneLine(e.Message)}");

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}

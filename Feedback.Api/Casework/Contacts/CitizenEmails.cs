using Feedback.Domain.Cases;
using Feedback.Notifications;

namespace Feedback.Casework.Contacts;

/// <summary>
/// Tells the citizen by e-mail that there is something to read, where they left an address and a mail server is configured. The
/// message names the contact, not the address: whoever reads the outbox, or the stolen table, learns no address.
/// </summary>
public sealed class CitizenEmails(ContactBook contacts, MailSettings mail, OutboxWriter outbox)
{
    /// <summary>Whether an e-mail could go there.</summary>
    public bool Reaches(ContactDetails? details) => mail.IsConfigured && details?.Email?.Trim() is { } email && MailSettings.IsAddress(email);

    /// <summary>That there is news; what it is, is read with what the citizen kept: number and query code, or the rating's receipt.</summary>
    /// <returns>Whether an e-mail is under way.</returns>
    public async Task<bool> Tell(CaseRow found, CancellationToken ct)
    {
        if (!mail.IsConfigured || !found.HasContact || await contacts.Of(found.CaseNumber, ct) is not { } contact || !Reaches(contact.Details)) return false;
        var email = found.About == Prohibition.BadRating ? CaseMessages.ToRater(outbox.Site) : CaseMessages.ToCitizen(found.CaseNumber, outbox.Site);
        await outbox.AddForContact(contact.Id, email, ct);
        return true;
    }
}

using System.Text.Json;
using Feedback.Data;
using Feedback.Domain.Cases;
using Feedback.Features.Cases;
using Feedback.Features.Identity;

namespace Feedback.Features.Outbox;

/// <summary>
/// Tells the citizen by e-mail that there is something to read, where they left an address and a mail server is configured. The
/// message names the contact, not the address: whoever reads the outbox, or the stolen table, learns no address.
/// </summary>
public sealed class CitizenLetters(Db db, ContactBook contacts, MailSettings mail, IConfiguration configuration, LocalTime local, TimeProvider time)
{
    /// <summary>What stands where staff's letters have their address.</summary>
    internal const string Addressee = "(市民 / citizen)";

    private const string QueueSql =
        """
        insert into outbox_message (id, webhook_id, address, kind, payload, state, attempts, queued_at, next_at, settled_at, last_error, contact_id)
        values (@id, null, @address, @kind, @payload, 'Waiting', 0, @now, @now, null, null, @contact)
        """;

    /// <summary>Whether a letter could go there.</summary>
    public bool Reaches(ContactDetails? details) => mail.IsConfigured && details?.Email?.Trim() is { } email && MailSettings.IsAddress(email);

    /// <summary>That there is news; what it is, is read with what the citizen kept: number and query code, or the rating's receipt.</summary>
    /// <returns>Whether a letter is under way.</returns>
    public async Task<bool> Tell(CaseRow found, CancellationToken ct)
    {
        if (!mail.IsConfigured || !found.HasContact || await contacts.Of(found.CaseNumber, ct) is not { } contact || !Reaches(contact.Details)) return false;
        var site = configuration["PublicAddress"] is { Length: > 0 } address ? address.TrimEnd('/') : null;
        var letter = JsonSerializer.Serialize(found.About == Prohibition.BadRating ? Letter.ToRater(site) : Letter.ToCitizen(found.CaseNumber, site), Payloads.Json);
        await db.Execute(QueueSql, new { id = Keys.New(time), address = Addressee, kind = Payloads.Notice, payload = letter, now = local.Now, contact = contact.Id }, ct);
        return true;
    }
}

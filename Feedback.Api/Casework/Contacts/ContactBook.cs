using System.Text.Json;
using Feedback.Data;
using Feedback.Security;

namespace Feedback.Casework.Contacts;

/// <summary>Keeps contacts apart from what was said, sealed.</summary>
public sealed class ContactBook(Db db, Vault vault, TimeProvider time)
{
    private const string StoreSql = "insert into contact (id, sealed, created_at) values (@id, @sealedText, @now)";

    private const string OfCaseSql =
        """
        select k.id, k.sealed
        from contact k
        join case_file c on c.contact_id = k.id
        where c.case_number = @number and k.anonymised_at is null
        """;

    /// <summary>The key of the stored contact, or null when there is nothing to store.</summary>
    public async Task<Guid?> Keep(ContactDetails? contact, CancellationToken ct)
    {
        if (contact is null || contact.IsEmpty) return null;
        var id = Keys.New(time);
        await db.Execute(StoreSql, new { id, sealedText = vault.Seal(Purpose.Contact, JsonSerializer.Serialize(contact)), now = time.GetUtcNow() }, ct);
        return id;
    }

    /// <summary>Who filed a case, in clear; null when anonymous, or made so. Only for those who may see it, and to mask it.</summary>
    internal async Task<(Guid Id, ContactDetails Details)?> Of(string number, CancellationToken ct) =>
        await db.SingleOrDefault<Row>(OfCaseSql, new { number }, ct) is { } row ? (row.Id, Read(row.Sealed)) : null;

    internal ContactDetails Read(byte[] sealedText) => JsonSerializer.Deserialize<ContactDetails>(vault.Open(Purpose.Contact, sealedText))!;

    private sealed record Row(Guid Id, byte[] Sealed);
}

using Feedback.Data;
using Feedback.Security;

namespace Feedback.Casework.Contacts;

/// <summary>
/// Keeps those messages sealed beside the case (docs/domain.md "Protecting people"). An e-mail only says that there is one: it is
/// read with the query code or the receipt that the citizen kept.
/// </summary>
internal sealed class ContactMessages(Db db, Vault vault, LocalTime local, TimeProvider time)
{
    private const string KeepSql = "insert into contact_message (id, case_number, said, written_by, written_at) values (@id, @number, @said, @by, @now)";

    private const string OfCaseSql =
        """
        select m.said, s.name as written_by, m.written_at
        from contact_message m
        left join staff s on s.login = m.written_by
        where m.case_number = @number
        order by m.id
        """;

    /// <param name="number">The case.</param>
    /// <param name="text">What is written.</param>
    /// <param name="by">The login; null for the citizen.</param>
    public Task Keep(string number, string text, string? by, CancellationToken ct) =>
        db.Execute(KeepSql, new { id = Keys.New(time), number, said = vault.Seal(Purpose.Message, text), by, now = local.Now }, ct);

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<ContactMessage>> Of(string number, CancellationToken ct) =>
        [.. (await db.Query<Row>(OfCaseSql, new { number }, ct)).Select(m => new ContactMessage(vault.Open(Purpose.Message, m.Said), m.WrittenBy, local.At(m.WrittenAt)))];

    private sealed record Row(byte[] Said, string? WrittenBy, DateTimeOffset WrittenAt);
}

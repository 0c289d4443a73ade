using Feedback.Data;
using Feedback.Domain.Cases;
using Feedback.Security;

namespace Feedback.Features.Identity;

/// <summary>What was written between staff and the citizen through the system, neither seeing the other's address.</summary>
/// <param name="Text">In full.</param>
/// <param name="By">The name of who wrote it; null for the citizen.</param>
/// <param name="At">When, local.</param>
public sealed record ContactMessage(string Text, string? By, DateTimeOffset At)
{
    /// <summary>Whether the last word is the staff's, in a case that is not over: then the citizen can answer.</summary>
    internal static bool AwaitsAnswer(IReadOnlyList<ContactMessage> messages, CaseState state) => state.IsOpen() && messages is [.., { By: not null }];
}

/// <summary>
/// Keeps those messages sealed beside the case (docs/domain.md "Protecting people"). An e-mail only says that there is one: it is
/// read with the query code or the receipt that the citizen kept.
/// </summary>
public sealed class ContactMessages(Db db, Vault vault, LocalTime local, TimeProvider time)
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
    /// <param name="ct">Ends the wait.</param>
    public Task Keep(string number, string text, string? by, CancellationToken ct) =>
        db.Execute(KeepSql, new { id = Keys.New(time), number, said = vault.Seal(Purpose.Message, text), by, now = local.Now }, ct);

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<ContactMessage>> Of(string number, CancellationToken ct) =>
        [.. (await db.Query<Row>(OfCaseSql, new { number }, ct)).Select(m => new ContactMessage(vault.Open(Purpose.Message, m.Said), m.WrittenBy, local.At(m.WrittenAt)))];

    private sealed record Row(byte[] Said, string? WrittenBy, DateTimeOffset WrittenAt);
}

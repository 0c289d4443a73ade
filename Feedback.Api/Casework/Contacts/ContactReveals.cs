using Feedback.Data;

namespace Feedback.Casework.Contacts;

/// <summary>The requests to see who filed a case (docs/domain.md "Protecting people"): a written reason, a second person, half an hour.</summary>
internal sealed class ContactReveals(Db db, LocalTime local)
{
    private const string OfCaseSql =
        """
        select r.id, r.asked_by, a.name as asked_by_name, a.role as asked_by_role, r.reason, r.asked_at, r.granted, r.note, d.name as decided_by, r.decided_at, r.until
        from contact_reveal r
        join staff a on a.login = r.asked_by
        left join staff d on d.login = r.decided_by
        where r.case_number = @number
        order by r.id
        """;

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<ContactReveal>> Of(CaseRow found, CancellationToken ct) =>
        [.. (await db.Query<ContactReveal>(OfCaseSql, new { number = found.CaseNumber }, ct)).Select(r => r with { AskedAt = local.At(r.AskedAt), DecidedAt = local.At(r.DecidedAt), Until = local.At(r.Until) })];
}

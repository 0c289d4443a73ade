using Feedback.Data;
using Feedback.Domain;

namespace Feedback.Casework.Contacts;

/// <summary>The requests to see who filed a case (docs/domain.md "Protecting people"): a written reason, a second person, half an hour.</summary>
internal sealed class ContactReveals(Db db, LocalTime local)
{
    internal static readonly Refusal NoContact = new(RefusalKind.Conflict, "contact_not_given", "市民没有留下联系方式,或已按规定匿名。", "The citizen left no contact, or it was made anonymous by the rules.");
    internal static readonly Refusal NotOpen = new(RefusalKind.Forbidden, "contact_not_revealed", "没有获准查看,或三十分钟已过。", "You were not granted this, or the half hour is over.");

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

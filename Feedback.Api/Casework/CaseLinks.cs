using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;

namespace Feedback.Casework;

/// <summary>Cases that belong together: the same issue from many people, and the same person again.</summary>
public sealed class CaseLinks(CaseContext context)
{
    private const string LinkedSql = "select count(*) from case_link where case_number = @number or (lead_number = @number and kind = 'Group') or case_number = @lead";
    private const string InsertSql = "insert into case_link (case_number, lead_number, kind, linked_by, linked_at) values (@number, @lead, @kind, @by, @now)";
    private const string MembersSql = "select case_number from case_link where lead_number = @number and kind = 'Group' order by case_number";
    private const string LeadSql = "select lead_number, kind from case_link where case_number = @number";

    /// <summary>Puts a case under another one, which the actor may know of as well.</summary>
    public async Task<Outcome<CaseRow>> Link(CaseRow found, string lead, LinkKind kind, Actor actor, CancellationToken ct)
    {
        var number = found.CaseNumber;
        if (lead == number) return CaseRefusals.LinkToItself;
        if ((await context.Cases.Find(lead, actor, ct)) is not { Refusal: null } other || other.Value.HallCode != found.HallCode || other.Value.Lane != found.Lane || other.Value.About == Prohibition.BadRating) return CaseRefusals.LeadUnknown;
        if (!other.Value.State.IsOpen()) return CaseRefusals.LeadEnded;
        if (await context.Db.Single<int>(LinkedSql, new { number, lead }, ct) > 0) return CaseRefusals.CaseLinked;
        await context.Db.Execute(InsertSql, new { number, lead, kind = kind.ToString(), by = actor.Login, now = context.Now }, ct);
        return other;
    }

    /// <summary>The cases that this one leads.</summary>
    public Task<IReadOnlyList<string>> Members(string number, CancellationToken ct) => context.Db.Query<string>(MembersSql, new { number }, ct);

    /// <summary>The case that this one was put under, if it was.</summary>
    public Task<Lead?> LeadOf(string number, CancellationToken ct) => context.Db.SingleOrDefault<Lead>(LeadSql, new { number }, ct);

    /// <param name="LeadNumber">The leading case.</param>
    /// <param name="Kind">Why.</param>
    public sealed record Lead(string LeadNumber, LinkKind Kind);
}

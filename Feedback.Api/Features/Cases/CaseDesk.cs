using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Policies;
using Feedback.Domain.Staff;
using Feedback.Domain.Time;

namespace Feedback.Features.Cases;

/// <summary>A case as the slices that act on it need it.</summary>
public sealed record CaseRow(
    string CaseNumber,
    CaseType CaseType,
    Prohibition About,
    Receiver Receiver,
    Lane Lane,
    string HallCode,
    string DepartmentCode,
    string WindowCode,
    string UnitCode,
    string? OfferedUnit,
    int Reopened,
    string? Ticket,
    byte[] Said,
    bool HasContact,
    int PolicyVersion,
    CaseState State,
    string? Responsible,
    int? Step,
    DateTimeOffset FiledAt,
    DateTimeOffset AcceptBy,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? AnsweredAt,
    byte[]? Answer,
    string OpeningHours,
    string? PromisedLimit,
    bool IsApplication,
    string? Doer)
{
    /// <summary>How long the answer may take: what the item's guide promised at the first contact, else the rule for the type.</summary>
    public Limit AnswerLimit(Policy policy) => PromisedLimit is { } promised ? Limit.Parse(promised) : policy.CaseTypes[CaseType].Answer;
}

/// <summary>Finds cases and moves them. For a member of staff who may not know of a case, there is none.</summary>
public sealed class CaseDesk(Db db)
{
    internal static readonly Refusal Unknown = new(RefusalKind.NotFound, "case_unknown", "没有找到这个件。", "No such case.");

    private const string FindSql =
        """
        select c.case_number, c.case_type, c.about, c.receiver, c.lane, c.hall_code, c.department_code, c.window_code, c.unit_code, c.offered_unit, c.reopened, c.ticket, c.said,
               case when c.contact_id is null then 0 else 1 end as has_contact, c.policy_version, c.state, c.responsible, c.step,
               c.filed_at, c.accept_by, c.accepted_at, c.due_at, c.answered_at, c.answer, h.opening_hours,
               f.answer_limit as promised_limit, case when f.materials is null then 0 else 1 end as is_application, f.doer_login as doer
        from case_file c
        join hall h on h.code = c.hall_code
        left join first_contact f on f.case_number = c.case_number
        where c.case_number = @number
        """;

    private const string MoveSql = "update case_file set state = @to where case_number = @number and state = @from";

    /// <summary>Without asking who may know of it: for the citizen behind the query code, and for the clock.</summary>
    public Task<CaseRow?> Read(string number, CancellationToken ct) => db.SingleOrDefault<CaseRow>(FindSql, new { number }, ct);

    public async Task<Outcome<CaseRow>> Find(string number, Actor actor, CancellationToken ct) =>
        await Read(number, ct) is { } found
        && actor.Scope.Allows(found.HallCode, found.UnitCode, found.OfferedUnit, actor.Login == found.Doer ? found.Doer : found.Responsible, found.Lane)
            ? found
            : Unknown;

    /// <summary>The case and the state a command leads to, or the refusal that names why not.</summary>
    public async Task<Outcome<(CaseRow Case, CaseState Next)>> Begin(string number, Actor actor, CaseCommand command, CancellationToken ct)
    {
        var found = await Find(number, actor, ct);
        if (found.Refusal is { } unknown) return unknown;
        if (!actor.MayHandle) return Actor.NotAllowed;
        var next = CaseFlow.Next(found.Value.State, command);
        return next.Refusal is { } refusal ? refusal : (found.Value, next.Value);
    }

    /// <summary>Moves the case; when another transaction was first, the command runs again on the new state.</summary>
    public Task Move(CaseRow found, CaseState to, CancellationToken ct) =>
        db.ExecuteOne(MoveSql, new { to = to.ToString(), number = found.CaseNumber, from = found.State.ToString() }, ct);
}

using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;

namespace Feedback.Casework;

/// <summary>Finds cases and moves them. For a member of staff who may not know of a case, there is none.</summary>
public sealed class CaseStore(Db db, ReferenceData reference, LocalTime local)
{
    private const string FindSql =
        """
        select c.case_number, c.case_type, c.about, c.receiver, c.against, c.lane, c.hall_code, c.department_code, c.window_code, c.unit_code, c.offered_unit, c.reopened, c.ticket, c.said,
               case when c.contact_id is null then 0 else 1 end as has_contact, c.policy_version, c.state, c.responsible, c.step,
               c.filed_at, c.accept_by, c.accepted_at, c.due_at, c.answered_at, c.answer,
               f.answer_limit as promised_limit, case when f.materials is null then 0 else 1 end as is_application, f.doer_login as doer
        from case_file c
        left join first_contact f on f.case_number = c.case_number
        where c.case_number = @number
        """;

    private const string StoodForSql =
        """
        select s.login, s.name, s.role, s.hall_code, s.department_code, s.window_code
        from staff_absence a
        join staff s on s.login = a.login
        where a.deputy = @login and a.first_day <= @today and a.last_day >= @today and a.ended_at is null
        """;

    private const string ExtensionSql =
        """
        select e.extra, e.reason, e.asked_by, s.name as asked_by_name, e.asked_at, e.granted
        from case_extension e
        join staff s on s.login = e.asked_by
        where e.case_number = @number
        """;

    private const string HandOversSql =
        """
        select o.from_department as "from", f.name as from_name, f.name_en as from_name_en, o.to_department as "to", t.name as to_name, t.name_en as to_name_en, o.to_login,
               s.name as to_person, o.reason, o.offered_at, o.answer_by, o.outcome, o.answer_reason, o.answered_at
        from case_hand_over o
        join department f on f.code = o.from_department
        join department t on t.code = o.to_department
        join staff s on s.login = o.to_login
        where o.case_number = @number
        order by o.cycle
        """;

    private const string ArbitrationSql = "select asked_at, to_department as unit, reason, decided_at from case_arbitration where case_number = @number";
    private const string TookPartSql = "select distinct actor from case_event where case_number = @number and actor is not null";

    private const string MoveSql = "update case_file set state = @to where case_number = @number and state = @from";

    /// <summary>Without asking who may know of it: for the citizen behind the query code, and for the clock.</summary>
    public Task<CaseRow?> Read(string number, CancellationToken ct) => db.SingleOrDefault<CaseRow>(FindSql, new { number }, ct);

    /// <summary>A case that the actor may know of: in the actor's own right, or for somebody who is away.</summary>
    public async Task<Outcome<CaseRow>> Find(string number, Actor actor, CancellationToken ct)
    {
        if (await Read(number, ct) is not { } found) return CaseRefusals.CaseUnknown;
        return Sees(actor, found) || (await StoodFor(found, actor, ct)).Any(away => Sees(away, found)) ? found : CaseRefusals.CaseUnknown;
    }

    /// <summary>What was asked and decided in the case so far, and for whom the actor speaks in it; instants are local.</summary>
    public async Task<CaseDossier> Dossier(CaseRow found, Actor actor, CancellationToken ct)
    {
        var number = found.CaseNumber;
        var extension = await db.SingleOrDefault<CaseDossier.ExtensionAsked>(ExtensionSql, new { number }, ct);
        var offers = await db.Query<CaseDossier.Offer>(HandOversSql, new { number }, ct);
        var arbitration = await db.SingleOrDefault<CaseDossier.ArbitrationAsked>(ArbitrationSql, new { number }, ct);
        return new CaseDossier(
            extension is null ? null : extension with { AskedAt = local.At(extension.AskedAt) },
            [.. offers.Select(o => o with { OfferedAt = local.At(o.OfferedAt), AnswerBy = local.At(o.AnswerBy), AnsweredAt = local.At(o.AnsweredAt) })],
            arbitration is null ? null : arbitration with { AskedAt = local.At(arbitration.AskedAt), DecidedAt = local.At(arbitration.DecidedAt) },
            await db.Query<string>(TookPartSql, new { number }, ct),
            [actor.Login, .. (await StoodFor(found, actor, ct)).Select(away => away.Login)]);
    }

    /// <summary>The case and the state a command leads to, or the refusal that names why not.</summary>
    public async Task<Outcome<Begun>> Begin(string number, Actor actor, CaseCommand command, CancellationToken ct)
    {
        var found = await Find(number, actor, ct);
        if (found.Refusal is { } unknown) return unknown;
        var dossier = await Dossier(found.Value, actor, ct);
        var policy = (await reference.Read(db, ct)).PolicyOf(found.Value.PolicyVersion);
        return CaseRights.Next(command, found.Value, dossier, actor, policy, local.Now).Match<Outcome<Begun>>(next => new Begun(found.Value, next, dossier), refusal => refusal);
    }

    /// <summary>Moves the case; when another transaction was first, the command runs again on the new state.</summary>
    public Task Move(CaseRow found, CaseState to, CancellationToken ct) =>
        db.ExecuteOne(MoveSql, new { to = to.ToString(), number = found.CaseNumber, from = found.State.ToString() }, ct);

    private static bool Sees(Actor actor, CaseRow found) => !actor.IsComplainedAbout(found.About, found.WindowCode) && actor.Scope.Allows(found.HallCode, found.UnitCode, found.OfferedUnit, actor.Login == found.Doer ? found.Doer : found.Responsible, found.Lane);

    /// <summary>Nobody stands in for anybody in a case about their own window.</summary>
    private async Task<IReadOnlyList<Actor>> StoodFor(CaseRow found, Actor actor, CancellationToken ct) =>
        actor.WindowCode == found.WindowCode ? [] : await db.Query<Actor>(StoodForSql, new { login = actor.Login, today = local.Today }, ct);

    /// <summary>A command that may go on.</summary>
    /// <param name="Case">The case as it stands.</param>
    /// <param name="Next">The state the command leads to.</param>
    /// <param name="Dossier">What was asked and decided before.</param>
    public sealed record Begun(CaseRow Case, CaseState Next, CaseDossier Dossier);
}

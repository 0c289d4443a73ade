using Feedback.Accounts;
using Feedback.Casework;
using Feedback.Casework.Windows;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Ratings;
using Feedback.Domain.Staff;
using Feedback.Security;

namespace Feedback.Features.Ratings;

/// <summary>Opens the loops of bad ratings and moves them (docs/domain.md "Ratings", docs/adr/0007).</summary>
public sealed class BadRatings(CaseContext context, CaseCreator files, StaffDirectory staff, CaseNotices notices, Vault vault)
{
    private const string OpenSql = "insert into bad_rating (case_number, rating_id, stage, outcome, verified_by, remedied_by) values (@number, @id, 'Verifying', null, null, null)";
    private const string OpenCheckSql = "insert into bad_rating_check (case_number, signal, confirmed) values (@number, @signal, null)";
    private const string FindSql = "select rating_id, stage, outcome, verified_by, remedied_by from bad_rating where case_number = @number";
    private const string ChecksSql = "select signal, confirmed from bad_rating_check where case_number = @number order by signal";
    private const string AppealSql = "select ground, reason, asked_by, asked_at, decide_by, upheld, note, decided_by, decided_at from rating_appeal where case_number = @number";
    private const string StageSql = "update bad_rating set stage = @to where case_number = @number and stage = @from";
    private const string AwaitSql = "update case_file set due_at = @dueAt, step = null, responsible = @responsible where case_number = @number";
    private const string OpenUntilSql = "update case_file set state = 'Accepted', due_at = @dueAt where case_number = @number";
    private const string CloseSql = "update case_file set state = 'Closed' where case_number = @number";

    /// <summary>Begins the loop of a rating that has just been stored; a rating that is not bad has none.</summary>
    public async Task Open(Guid id, RateService rating, WindowInfo window, Guid? contactId, IEnumerable<Signal> signals, CancellationToken ct)
    {
        var policy = await context.PolicyToday(ct);
        if (!((Grade)rating.Grade).IsBad() || policy.BadRating is not { } rules) return;

        var roster = await staff.Active(ct);
        var against = roster.At(window.Code);
        var responsible = roster.Holding(Routing.ResponsibleRole(Routing.LaneOf(Prohibition.BadRating, Receiver.Hall, against)), window.HallCode, window.DepartmentCode, window.Code);
        var clock = Clock.Start(ClockKind.RatingVerification, rules.Verify, context.Now, await context.CalendarOf(window.HallCode, ct), policy);
        var (number, _) = await files.Open(
            new NewCase(
                CaseType.General, Prohibition.BadRating, Receiver.Hall, against, window, rating.Ticket, vault.Seal(Purpose.Complaint, rating.Comment ?? ""), contactId, policy.Version,
                responsible.FirstOrDefault()?.Login, context.Now, context.Now, clock.DueAt, context.Now),
            ct);
        await context.Db.Execute(OpenSql, new { number, id }, ct);
        await context.Db.Execute(OpenCheckSql, signals.Distinct().Select(s => new { number, signal = s.ToString() }), ct);
        await context.Clocks.Start(number, clock, ct);
        await context.History.Append([CaseHistory.Event(number, CaseEventKind.BadRatingOpened, context.Now, null, new EventDetail(DueAt: clock.DueAt))], ct);
        await notices.Tell(responsible, number, CaseEventKind.BadRatingOpened, ct);
    }

    /// <summary>The loop, for somebody who may do this to it now.</summary>
    public async Task<Outcome<BadRating>> Begin(string number, Actor actor, BadRatingCommand command, CancellationToken ct)
    {
        if (!actor.MayHandle) return DomainRefusals.NotAllowed;
        var found = await Find(number, actor, ct);
        return found.Refusal is null && BadRatingRights.Refuse(command, found.Value, actor, context.Now) is { } refusal ? refusal : found;
    }

    /// <summary>The loop, for somebody who may know of it.</summary>
    public async Task<Outcome<BadRating>> Find(string number, Actor actor, CancellationToken ct)
    {
        var found = await context.Cases.Find(number, actor, ct);
        if (found.Refusal is { } unknown) return unknown;
        if (await context.Db.SingleOrDefault<Row>(FindSql, new { number }, ct) is not { } row) return RatingsRefusals.NotABadRating;
        var checks = await context.Db.Query<Check>(ChecksSql, new { number }, ct);
        var appeal = await context.Db.SingleOrDefault<UnitAppeal>(AppealSql, new { number }, ct);
        var rules = (await context.PolicyOf(found.Value, ct)).BadRating!;
        var appealBy = (await context.CalendarOf(found.Value, ct)).Due(found.Value.FiledAt, rules.Appeal);
        return new BadRating(found.Value, row.RatingId, row.Stage, row.Outcome, row.VerifiedBy, row.RemediedBy, checks, appeal, appealBy, rules);
    }

    /// <summary>Moves the loop on: the clock of the stage ends and that of the next one starts, with a light of its own.</summary>
    /// <returns>When the next stage is due; null when nothing is awaited.</returns>
    public async Task<DateTimeOffset?> Move(BadRating loop, BadRatingStage to, bool complex, CancellationToken ct)
    {
        var (found, number) = (loop.Case, loop.Case.CaseNumber);
        await context.Db.ExecuteOne(StageSql, new { number, from = loop.Stage.ToString(), to = to.ToString() }, ct);
        if (BadRatingFlow.ClockOf(loop.Stage, complex, loop.Rules) is { } ended) await context.Clocks.Stop(number, ended.Kind, context.Now, ct);
        if (BadRatingFlow.ClockOf(to, complex, loop.Rules) is not { } begins)
        {
            await Settle(number, loop.Appeal is { Upheld: null, DecideBy: var decideBy } ? decideBy : null, ct);
            return null;
        }

        // Lateness gains nothing: what is set right after a late verification counts from the instant at which that was due.
        var start = to == BadRatingStage.SettingRight && context.Now > found.DueAt ? found.DueAt : context.Now;
        var clock = Clock.Start(begins.Kind, begins.Limit, start, await context.CalendarOf(found, ct), await context.PolicyOf(found, ct));
        var responsible = found.Responsible;
        if (to == BadRatingStage.CallingBack)
        {
            var callers = (await staff.Active(ct)).Holding(Routing.AppealRole(found.Lane), found.HallCode, found.UnitCode, found.WindowCode);
            responsible = callers.FirstOrDefault()?.Login;
            await notices.Tell(callers, number, CaseEventKind.BadRatingVerified, ct);
        }

        await context.Clocks.Start(number, clock, ct);
        await context.Db.ExecuteOne(AwaitSql, new { number, dueAt = clock.DueAt, responsible }, ct);
        return clock.DueAt;
    }

    /// <summary>Says until when something is awaited in the case: a stage of the loop, or the decision on the unit's appeal. Null closes it.</summary>
    public Task Settle(string number, DateTimeOffset? dueAt, CancellationToken ct) =>
        dueAt is { } open ? context.Db.ExecuteOne(OpenUntilSql, new { number, dueAt = open }, ct) : context.Db.ExecuteOne(CloseSql, new { number }, ct);

    /// <param name="Signal">What a tag points at.</param>
    /// <param name="Confirmed">Whether the verification found it so; null before.</param>
    public sealed record Check(Signal Signal, bool? Confirmed);

    /// <param name="Ground">One of the four.</param>
    /// <param name="Reason">Why, in the unit's words.</param>
    /// <param name="AskedBy">The login.</param>
    /// <param name="AskedAt">When.</param>
    /// <param name="DecideBy">When the decision is due.</param>
    /// <param name="Upheld">Null until it is decided.</param>
    /// <param name="Note">What the decision says.</param>
    /// <param name="DecidedBy">The login.</param>
    /// <param name="DecidedAt">When.</param>
    public sealed record UnitAppeal(
        AppealGround Ground, string Reason, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset DecideBy, bool? Upheld, string? Note, string? DecidedBy, DateTimeOffset? DecidedAt);

    private sealed record Row(Guid RatingId, BadRatingStage Stage, BadRatingOutcome? Outcome, string? VerifiedBy, string? RemediedBy);
}

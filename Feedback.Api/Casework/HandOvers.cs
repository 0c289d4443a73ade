using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;

namespace Feedback.Casework;

/// <summary>Offers to take a case over, and what became of them.</summary>
internal sealed class HandOvers(CaseContext context, StaffDirectory staff, CaseNotices notices)
{
    private const string OpenSql = "select to_login, to_department from case_hand_over where case_number = @number and outcome is null";
    private const string OfferedSql = "update case_file set offered_unit = @unit where case_number = @number and offered_unit is null";
    private const string EndSql = "update case_hand_over set outcome = @outcome, answer_reason = @reason, answered_at = @now where case_number = @number and outcome is null";
    private const string ReturnedSql = "update case_file set offered_unit = null where case_number = @number";
    private const string TakenSql = "update case_file set offered_unit = null, responsible = @login, unit_code = @unit where case_number = @number";

    private const string UnitSql = "select count(*) from department where code = @unit and hall_code = @hall";

    private const string OfferSql =
        """
        insert into case_hand_over (case_number, cycle, from_login, from_department, to_login, to_department, reason, offered_at, answer_by, outcome, answer_reason, answered_at)
        values (@number, @cycle, @from, @fromUnit, @to, @toUnit, @reason, @now, @answerBy, null, null, null)
        """;

    private const string AskSql =
        """
        insert into case_arbitration (case_number, asked_at, to_department, to_login, reason, decided_by, decided_at)
        values (@number, @now, null, null, null, null, null)
        """;

    private const string DecideSql =
        """
        update case_arbitration set to_department = @unit, to_login = @login, reason = @reason, decided_by = @by, decided_at = @now
        where case_number = @number and decided_at is null
        """;

    /// <summary>Who answers for a unit of the case's hall, or the refusal that there is no such unit.</summary>
    public async Task<Outcome<Actor>> HeadOf(CaseRow found, string unit, CancellationToken ct) =>
        await context.Db.Single<int>(UnitSql, new { unit, hall = found.HallCode }, ct) == 0
            ? CaseRefusals.UnitUnknown
            : (await staff.Active(ct)).Holding(Role.UnitHead, found.HallCode, unit, found.WindowCode)[0];

    /// <param name="found">A case without an open offer.</param>
    /// <param name="cycle">1 for the case's first offer.</param>
    /// <param name="to">Who is asked.</param>
    /// <param name="unit">Of which unit.</param>
    /// <param name="reason">Why.</param>
    /// <param name="clock">The time to answer.</param>
    public async Task Offer(CaseRow found, int cycle, Actor to, string unit, string reason, Clock clock, CancellationToken ct)
    {
        await context.Db.Execute(
            OfferSql,
            new { number = found.CaseNumber, cycle, from = found.Responsible, fromUnit = found.UnitCode, to = to.Login, toUnit = unit, reason, now = context.Now, answerBy = clock.DueAt },
            ct);
        await context.Db.ExecuteOne(OfferedSql, new { number = found.CaseNumber, unit }, ct);
        await context.Clocks.Start(found.CaseNumber, clock, ct);
    }

    /// <summary>To whom the case is being offered, if it is.</summary>
    public Task<OpenOffer?> Open(CaseRow found, CancellationToken ct) => context.Db.SingleOrDefault<OpenOffer>(OpenSql, new { number = found.CaseNumber }, ct);

    /// <summary>The other unit takes the case: from now on it is responsible.</summary>
    /// <param name="found">The case.</param>
    /// <param name="offer">What was offered.</param>
    /// <param name="by">Who accepted: whoever was asked, or their deputy.</param>
    public async Task Take(CaseRow found, OpenOffer offer, string by, CancellationToken ct)
    {
        await End(found, HandOverOutcome.Accepted, null, ct);
        await context.Db.Execute(TakenSql, new { number = found.CaseNumber, login = offer.ToLogin, unit = offer.ToDepartment }, ct);
        await context.Record(found, CaseEventKind.HandOverAccepted, by, new EventDetail(Unit: offer.ToDepartment, Person: offer.ToLogin), ct);
    }

    /// <summary>Refused or not answered: the case stays where it was, and the hall is told.</summary>
    /// <param name="found">The case.</param>
    /// <param name="offer">What was offered.</param>
    /// <param name="by">Who refused; null when nobody answered in time.</param>
    /// <param name="reason">Why it was refused.</param>
    public async Task SendBack(CaseRow found, OpenOffer offer, string? by, string? reason, CancellationToken ct)
    {
        var (outcome, kind) = by is null ? (HandOverOutcome.Silent, CaseEventKind.HandOverSilent) : (HandOverOutcome.Refused, CaseEventKind.HandOverRefused);
        await Return(found, outcome, reason, ct);
        await context.Record(found, kind, by, new EventDetail(Reason: reason, Unit: offer.ToDepartment, Person: offer.ToLogin), ct);
        var roster = await staff.Active(ct);
        await notices.Tell([.. roster.Holding(Role.HallSupervisor, found.HallCode, found.UnitCode, found.WindowCode), .. new[] { roster.Acting(found.Responsible, found.WindowCode) }.OfType<Actor>()], found.CaseNumber, kind, ct);
    }

    /// <summary>Whoever is responsible has answered the citizen: nobody need take the case over any more.</summary>
    public Task Lapse(CaseRow found, CancellationToken ct) => Return(found, HandOverOutcome.Refused, "已由责任人答复,无需移交。", ct);

    /// <summary>Puts the case before the hall; its clock has a ladder of its own.</summary>
    /// <returns>When the decision is due.</returns>
    public async Task<DateTimeOffset> AskArbitration(CaseRow found, string by, string reason, CancellationToken ct)
    {
        var policy = await context.PolicyOf(found, ct);
        var clock = Clock.Start(ClockKind.Arbitration, policy.HandOver.Arbitration, context.Now, await context.CalendarOf(found, ct), policy);
        await context.Db.Execute(AskSql, new { number = found.CaseNumber, now = context.Now }, ct);
        await context.Clocks.Start(found.CaseNumber, clock, ct);
        await context.Record(found, CaseEventKind.ArbitrationAsked, by, new EventDetail(DueAt: clock.DueAt, Reason: reason), ct);
        await notices.Tell((await staff.Active(ct)).Holding(Role.HallSupervisor, found.HallCode, found.UnitCode, found.WindowCode), found.CaseNumber, CaseEventKind.ArbitrationAsked, ct);
        return clock.DueAt;
    }

    /// <summary>The hall has named the unit: it is responsible at once and cannot hand the case over.</summary>
    public async Task Arbitrate(CaseRow found, Actor head, string unit, string reason, string by, CancellationToken ct)
    {
        var number = found.CaseNumber;
        await context.Db.ExecuteOne(DecideSql, new { number, unit, login = head.Login, reason, by, now = context.Now }, ct);
        await context.Clocks.Stop(number, ClockKind.Arbitration, context.Now, ct);
        await context.Db.Execute(TakenSql, new { number, login = head.Login, unit }, ct);
        await context.Record(found, CaseEventKind.Arbitrated, by, new EventDetail(Reason: reason, Unit: unit, Person: head.Login), ct);
        await notices.Tell([head], number, CaseEventKind.Arbitrated, ct);
    }

    private async Task Return(CaseRow found, HandOverOutcome outcome, string? reason, CancellationToken ct)
    {
        await End(found, outcome, reason, ct);
        await context.Db.Execute(ReturnedSql, new { number = found.CaseNumber }, ct);
    }

    private async Task End(CaseRow found, HandOverOutcome outcome, string? reason, CancellationToken ct)
    {
        await context.Db.ExecuteOne(EndSql, new { number = found.CaseNumber, outcome = outcome.ToString(), reason, now = context.Now }, ct);
        await context.Clocks.Stop(found.CaseNumber, ClockKind.HandOver, context.Now, ct);
    }

    /// <param name="ToLogin">Who is asked.</param>
    /// <param name="ToDepartment">Of which unit.</param>
    public sealed record OpenOffer(string ToLogin, string ToDepartment);
}

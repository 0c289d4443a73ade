using Feedback.Casework.Counts;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;

namespace Feedback.Casework;

/// <summary>Accepts a case: from the decision itself, or from a supervisor's word that it counts as accepted.</summary>
internal sealed class Acceptances(CaseContext context, DailyCounts counts)
{
    private const string AcceptSql =
        """
        update case_file set state = 'Accepted', case_type = @type, policy_version = @policy, accepted_at = @now, accept_by = @acceptBy, due_at = @dueAt, step = null
        where case_number = @number and state = @state
        """;

    /// <summary>The answer clock as it would start if the case were accepted now.</summary>
    public async Task<Clock> Promise(CaseRow found, CancellationToken ct)
    {
        var (policy, calendar) = (await context.PolicyToday(ct), await context.CalendarOf(found, ct));
        return Clock.Start(ClockKind.Answer, found.AnswerLimit(policy), await Start(found, ct), calendar, policy);
    }

    /// <param name="found">A case that awaits the decision, as the type that it turned out to be.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="detail">What the history tells beside the new promise.</param>
    /// <returns>When the answer is due.</returns>
    public async Task<DateTimeOffset> Accept(CaseRow found, string by, EventDetail detail, CancellationToken ct)
    {
        var (now, number) = (context.Now, found.CaseNumber);
        var clock = await Promise(found, ct);

        // Nobody was late while the citizen had the next word. The ladder of the acceptance clock ends here; the light is the answer clock's from now on.
        var acceptBy = found.State == CaseState.AwaitingMaterials ? now : found.AcceptBy;
        await context.Db.ExecuteOne(AcceptSql, new { type = found.CaseType.ToString(), policy = (await context.PolicyToday(ct)).Version, now, acceptBy, dueAt = clock.DueAt, number, state = found.State.ToString() }, ct);
        await context.Clocks.Stop(number, ClockKind.Acceptance, now, ct);
        await context.Clocks.Start(number, clock, ct);
        await context.Record(found, CaseEventKind.Accepted, by, detail with { DueAt = clock.DueAt }, ct);
        var today = (await context.CalendarOf(found, ct)).LocalDay(now);
        await counts.Add([CountKey.OfCase(today, Measure.CaseAccepted, now > acceptBy ? CountKey.Late : CountKey.InTime, found.HallCode, found.DepartmentCode, found.WindowCode, found.About, found.Lane)], ct);
        return clock.DueAt;
    }

    private async Task<DateTimeOffset> Start(CaseRow found, CancellationToken ct)
    {
        if (found.State != CaseState.Filed || context.Now < found.AcceptBy) return context.Now;
        return found.IsApplication && await context.Clocks.Last(found.CaseNumber, ClockKind.Acceptance, ct) is { } waiting ? waiting.StartedAt : found.AcceptBy;
    }
}

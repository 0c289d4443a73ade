using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;

namespace Feedback.Casework;

/// <summary>Ends a pause: for staff, for the citizen whose material was awaited, and for the clock when the longest pause is over.</summary>
internal sealed class Pauses(CaseContext context)
{
    private const string OpenSql = "select reason, paused_at from case_pause where case_number = @number and resumed_at is null";
    private const string EndSql = "update case_pause set resumed_at = @now, resumed_by = @by where case_number = @number and resumed_at is null";
    private const string DueSql = "update case_file set due_at = @dueAt where case_number = @number";

    /// <param name="found">A paused case.</param>
    /// <param name="by">The login; null for the citizen and the clock.</param>
    /// <returns>The answer's new due instant.</returns>
    public async Task<DateTimeOffset> End(CaseRow found, string? by, CancellationToken ct)
    {
        var (number, now) = (found.CaseNumber, context.Now);
        var clock = await Resumed(found, ct);
        await context.Cases.Move(found, CaseState.Accepted, ct);
        await context.Clocks.Stop(number, ClockKind.Pause, now, ct);
        await context.Clocks.Start(number, clock, ct);
        await context.Db.ExecuteOne(EndSql, new { number, now, by }, ct);
        await context.Db.Execute(DueSql, new { number, dueAt = clock.DueAt }, ct);
        await context.Record(found, CaseEventKind.Resumed, by, new EventDetail(DueAt: clock.DueAt), ct);
        return clock.DueAt;
    }

    /// <summary>The answer clock as it runs on when the pause ends now.</summary>
    public async Task<Clock> Resumed(CaseRow found, CancellationToken ct)
    {
        var number = found.CaseNumber;
        var open = await context.Db.Single<Open>(OpenSql, new { number }, ct);
        var (calendar, policy) = (await context.CalendarOf(found, ct), await context.PolicyOf(found, ct));

        // The calendar may have changed while the clock stood still.
        var stopped = CaseClocks.Replay([.. (await context.Clocks.Of(number, ct)).Where(c => c.Clock == ClockKind.Answer)], calendar, policy);
        return stopped.Resume(open.PausedAt, context.Now, calendar, policy);
    }

    /// <summary>Whether the case stands still because something was asked of the citizen.</summary>
    public async Task<bool> AwaitsCitizen(CaseRow found, CancellationToken ct) =>
        found.State == CaseState.Paused && (await context.Db.Single<Open>(OpenSql, new { number = found.CaseNumber }, ct)).Reason == PauseReason.AwaitingCitizen;

    private sealed record Open(PauseReason Reason, DateTimeOffset PausedAt);
}

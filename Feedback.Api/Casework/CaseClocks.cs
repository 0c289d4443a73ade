using Feedback.Data;
using Feedback.Domain.Clocks;
using Feedback.Domain.Policies;
using Feedback.Domain.Time;

namespace Feedback.Casework;

/// <summary>
/// Starts and stops the clocks of cases. At the start of a cycle every step of the ladder becomes a timer row; at its end those
/// that have not fired are void.
/// </summary>
public sealed class CaseClocks(Db db)
{
    private const string ClockSql =
        """
        insert into case_clock (case_number, clock, cycle, time_limit, started_at, due_at, spent_ms, stopped_at, began, extended_by)
        values (@number, @clock, @cycle, @limit, @startedAt, @dueAt, @spent, null, @began, @extendedBy)
        """;

    private const string TimerSql =
        """
        insert into case_timer (case_number, clock, cycle, step, due_at, outcome, done_at, done_day)
        values (@number, @clock, @cycle, @step, @dueAt, null, null, null)
        """;

    private const string LastCycleSql = "select coalesce(max(cycle), 0) from case_clock where case_number = @number and clock = @clock";

    private const string StopSql =
        "update case_clock set stopped_at = @now where case_number = @number and clock = @clock and stopped_at is null";

    private const string StopCycleSql =
        "update case_clock set stopped_at = @now where case_number = @number and clock = @clock and cycle = @cycle and stopped_at is null";

    private const string VoidSql =
        "update case_timer set outcome = 'Void', done_at = @now where case_number = @number and clock = @clock and outcome is null";

    private const string StopAllSql = "update case_clock set stopped_at = @now where case_number = @number and stopped_at is null";
    private const string VoidAllSql = "update case_timer set outcome = 'Void', done_at = @now where case_number = @number and outcome is null";

    private const string OfCaseSql =
        "select clock, cycle, time_limit, started_at, due_at, spent_ms, stopped_at, began, extended_by from case_clock where case_number = @number order by started_at, clock, cycle";

    /// <summary>Begins the clock's next cycle.</summary>
    public async Task Start(string number, Clock clock, CancellationToken ct)
    {
        var kind = clock.Kind.ToString();
        var cycle = 1 + await db.Single<int>(LastCycleSql, new { number, clock = kind }, ct);
        var (began, extendedBy) = (clock.Began.ToString(), clock.ExtendedBy?.ToString());
        await db.Execute(ClockSql, new { number, clock = kind, cycle, limit = clock.Limit.ToString(), startedAt = clock.StartedAt, dueAt = clock.DueAt, spent = (long)clock.Spent.TotalMilliseconds, began, extendedBy }, ct);
        await db.Execute(TimerSql, clock.Steps.Select(s => new { number, clock = kind, cycle, step = (int)s.What, dueAt = s.DueAt }), ct);
    }

    /// <summary>Ends the running cycle, if there is one.</summary>
    public async Task Stop(string number, ClockKind kind, DateTimeOffset now, CancellationToken ct)
    {
        await db.Execute(StopSql, new { number, clock = kind.ToString(), now }, ct);
        await db.Execute(VoidSql, new { number, clock = kind.ToString(), now }, ct);
    }

    /// <summary>Ends exactly this cycle, for whoever puts another in its place; when somebody else ended it first, the command runs again.</summary>
    public async Task StopCycle(string number, Row running, DateTimeOffset now, CancellationToken ct)
    {
        await db.ExecuteOne(StopCycleSql, new { number, clock = running.Clock.ToString(), cycle = running.Cycle, now }, ct);
        await db.Execute(VoidSql, new { number, clock = running.Clock.ToString(), now }, ct);
    }

    /// <summary>Ends every clock of a case that has come to its end.</summary>
    public async Task StopAll(string number, DateTimeOffset now, CancellationToken ct)
    {
        await db.Execute(StopAllSql, new { number, now }, ct);
        await db.Execute(VoidAllSql, new { number, now }, ct);
    }

    /// <summary>All cycles of all clocks, in the order they began.</summary>
    public Task<IReadOnlyList<Row>> Of(string number, CancellationToken ct) => db.Query<Row>(OfCaseSql, new { number }, ct);

    /// <summary>The last cycle as a calendar tells it today.</summary>
    /// <param name="cycles">All cycles of one clock, oldest first.</param>
    /// <param name="calendar">As it is known today.</param>
    /// <param name="policy">The version the case keeps.</param>
    public static Clock Replay(IReadOnlyList<Row> cycles, WorkCalendar calendar, Policy policy) =>
        Domain.Clocks.Clock.Replay([.. cycles.Select(c => c.AsClock())], [.. cycles.Select(c => c.StoppedAt)], calendar, policy);

    /// <summary>The last cycle of one clock, running or not; null when there never was one.</summary>
    public async Task<Clock?> Last(string number, ClockKind kind, CancellationToken ct) => (await Of(number, ct)).LastOrDefault(r => r.Clock == kind)?.AsClock();

    /// <param name="Clock">What it measures.</param>
    /// <param name="Cycle">1 for the first; each pause or extension begins another.</param>
    /// <param name="TimeLimit">Such as 5wd.</param>
    /// <param name="StartedAt">From when.</param>
    /// <param name="DueAt">The promise.</param>
    /// <param name="SpentMs">The clock's own time that earlier cycles used up, in milliseconds.</param>
    /// <param name="StoppedAt">When it was met or ended; null while it runs.</param>
    /// <param name="Began">Why this cycle began.</param>
    /// <param name="ExtendedBy">What the extension added; null unless one began this cycle.</param>
    public sealed record Row(
        ClockKind Clock, int Cycle, string TimeLimit, DateTimeOffset StartedAt, DateTimeOffset DueAt, long SpentMs, DateTimeOffset? StoppedAt, CycleStart Began, string? ExtendedBy)
    {
        /// <param name="steps">Those that are of interest to the caller.</param>
        public Clock AsClock(params IReadOnlyList<Clock.Step> steps) =>
            new(Clock, Limit.Parse(TimeLimit), StartedAt, DueAt, TimeSpan.FromMilliseconds(SpentMs), steps, Began, ExtendedBy is { } by ? Limit.Parse(by) : null);
    }
}

using Feedback.Data;
using Feedback.Domain.Clocks;

namespace Feedback.Features.Cases;

/// <summary>Starts and stops the clocks of cases: every step of the ladder becomes a timer row at the start.</summary>
public sealed class CaseClocks(Db db)
{
    private const string ClockSql =
        """
        insert into case_clock (case_number, clock, cycle, time_limit, started_at, due_at, stopped_at)
        values (@number, @clock, @cycle, @limit, @startedAt, @dueAt, null)
        """;

    private const string TimerSql =
        """
        insert into case_timer (case_number, clock, cycle, step, due_at, outcome, done_at, done_day)
        values (@number, @clock, @cycle, @step, @dueAt, null, null, null)
        """;

    private const string StopSql =
        "update case_clock set stopped_at = @now where case_number = @number and clock = @clock and stopped_at is null";

    private const string VoidSql =
        "update case_timer set outcome = 'Void', done_at = @now where case_number = @number and clock = @clock and outcome is null";

    private const string OfCaseSql =
        "select clock, cycle, time_limit, started_at, due_at, stopped_at from case_clock where case_number = @number order by started_at, cycle";

    public async Task Start(string number, Clock clock, CancellationToken ct)
    {
        const int cycle = 1;
        var kind = clock.Kind.ToString();
        await db.Execute(ClockSql, new { number, clock = kind, cycle, limit = clock.Limit.ToString(), startedAt = clock.StartedAt, dueAt = clock.DueAt }, ct);
        await db.Execute(TimerSql, clock.Steps.Select(s => new { number, clock = kind, cycle, step = (int)s.What, dueAt = s.DueAt }), ct);
    }

    public async Task Stop(string number, ClockKind kind, DateTimeOffset now, CancellationToken ct)
    {
        await db.Execute(StopSql, new { number, clock = kind.ToString(), now }, ct);
        await db.Execute(VoidSql, new { number, clock = kind.ToString(), now }, ct);
    }

    public Task<IReadOnlyList<Row>> Of(string number, CancellationToken ct) => db.Query<Row>(OfCaseSql, new { number }, ct);

    /// <param name="Clock">What it measures.</param>
    /// <param name="Cycle">1 for the first; each pause or extension begins another.</param>
    /// <param name="TimeLimit">Such as 5wd.</param>
    /// <param name="StartedAt">From when.</param>
    /// <param name="DueAt">The promise.</param>
    /// <param name="StoppedAt">When it was met or ended; null while it runs.</param>
    public sealed record Row(ClockKind Clock, int Cycle, string TimeLimit, DateTimeOffset StartedAt, DateTimeOffset DueAt, DateTimeOffset? StoppedAt);
}

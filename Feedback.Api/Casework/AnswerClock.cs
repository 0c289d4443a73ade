using Feedback.Domain.Clocks;

namespace Feedback.Casework;

/// <summary>Starts the answer clock anew for a case that goes back to work: not solved, or an appeal upheld.</summary>
internal sealed class AnswerClock(CaseContext context)
{
    private const string ReopenSql =
        "update case_file set due_at = @dueAt, step = null, answered_at = null, reopened = reopened + 1 where case_number = @number";

    /// <returns>The new due instant.</returns>
    public async Task<DateTimeOffset> Start(CaseRow found, CancellationToken ct)
    {
        var policy = await context.PolicyOf(found, ct);
        var clock = Clock.Start(ClockKind.Answer, found.AnswerLimit(policy), context.Now, await context.CalendarOf(found, ct), policy);
        await context.Clocks.Start(found.CaseNumber, clock, ct);
        await context.Db.ExecuteOne(ReopenSql, new { dueAt = clock.DueAt, number = found.CaseNumber }, ct);
        return clock.DueAt;
    }
}

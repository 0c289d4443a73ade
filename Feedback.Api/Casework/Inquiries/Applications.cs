using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Inquiries;

namespace Feedback.Casework.Inquiries;

/// <summary>What the citizen was asked for came: the time to decide on acceptance begins anew.</summary>
internal sealed class Applications(CaseContext context)
{
    private const string IntakeSql = "select intake from first_contact where case_number = @number";

    private const string ResumeSql =
        "update case_file set state = @next, accept_by = @acceptBy, due_at = @dueAt, step = null where case_number = @number and state = @state";

    /// <param name="found">An application that awaits materials.</param>
    /// <param name="next">The state it goes to.</param>
    public async Task Resume(CaseRow found, CaseState next, CancellationToken ct)
    {
        var number = found.CaseNumber;
        var (policy, calendar) = (await context.PolicyOf(found, ct), await context.CalendarOf(found, ct));
        var intake = Enum.Parse<Intake>(await context.Db.Single<string>(IntakeSql, new { number }, ct));
        var clock = Clock.Start(ClockKind.Acceptance, policy.ToTell(intake), context.Now, calendar, policy);
        var dueAt = calendar.Due(clock.DueAt, found.AnswerLimit(policy));
        await context.Db.ExecuteOne(ResumeSql, new { next = next.ToString(), acceptBy = clock.DueAt, dueAt, number, state = found.State.ToString() }, ct);
        await context.Clocks.Start(number, clock, ct);
    }
}

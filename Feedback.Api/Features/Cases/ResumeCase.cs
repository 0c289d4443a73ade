using System.Security.Claims;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>The answer clock runs on with what was left of its own time, to the second.</summary>
public sealed record ResumeCase(Actor Actor, string CaseNumber) : ICommand<ResumeCase.Resumed>
{
    public sealed record Resumed(DateTimeOffset DueAt);

    internal sealed class Handler(CaseWork work, Pauses pauses) : IRequestHandler<ResumeCase, Outcome<Resumed>>
    {
        public async Task<Outcome<Resumed>> Handle(ResumeCase request, CancellationToken cancellationToken)
        {
            var begun = await work.Desk.Begin(request.CaseNumber, request.Actor, CaseCommand.Resume, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            return new Resumed(await pauses.End(begun.Value.Case, request.Actor.Login, cancellationToken));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/resumption", async (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ResumeCase(user.Actor(), number), ct)).ToHttp()).RequireAuthorization(Policies.Cases);
    }
}

/// <summary>Ends a pause: for staff, for the citizen whose material was awaited, and for the clock when the longest pause is over.</summary>
public sealed class Pauses(CaseWork work)
{
    private const string OpenSql = "select reason, paused_at from case_pause where case_number = @number and resumed_at is null";
    private const string EndSql = "update case_pause set resumed_at = @now, resumed_by = @by where case_number = @number and resumed_at is null";
    private const string DueSql = "update case_file set due_at = @dueAt where case_number = @number";

    /// <param name="found">A paused case.</param>
    /// <param name="by">The login; null for the citizen and the clock.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The answer's new due instant.</returns>
    public async Task<DateTimeOffset> End(CaseRow found, string? by, CancellationToken ct)
    {
        var (number, now) = (found.CaseNumber, work.Now);
        var clock = await Resumed(found, ct);
        await work.Desk.Move(found, CaseState.Accepted, ct);
        await work.Clocks.Stop(number, ClockKind.Pause, now, ct);
        await work.Clocks.Start(number, clock, ct);
        await work.Db.ExecuteOne(EndSql, new { number, now, by }, ct);
        await work.Db.Execute(DueSql, new { number, dueAt = clock.DueAt }, ct);
        await work.Record(found, CaseEventKind.Resumed, by, new EventDetail(DueAt: clock.DueAt), ct);
        return clock.DueAt;
    }

    /// <summary>The answer clock as it runs on when the pause ends now.</summary>
    public async Task<Clock> Resumed(CaseRow found, CancellationToken ct)
    {
        var number = found.CaseNumber;
        var open = await work.Db.Single<Open>(OpenSql, new { number }, ct);
        var (calendar, policy) = (await work.CalendarOf(found, ct), await work.PolicyOf(found, ct));

        // The calendar may have changed while the clock stood still.
        var stopped = CaseClocks.Replay([.. (await work.Clocks.Of(number, ct)).Where(c => c.Clock == ClockKind.Answer)], calendar, policy);
        return stopped.Resume(open.PausedAt, work.Now, calendar, policy);
    }

    /// <summary>Whether the case stands still because something was asked of the citizen.</summary>
    public async Task<bool> AwaitsCitizen(CaseRow found, CancellationToken ct) =>
        found.State == CaseState.Paused && (await work.Db.Single<Open>(OpenSql, new { number = found.CaseNumber }, ct)).Reason == PauseReason.AwaitingCitizen;

    private sealed record Open(PauseReason Reason, DateTimeOffset PausedAt);
}

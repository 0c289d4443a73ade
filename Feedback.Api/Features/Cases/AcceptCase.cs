using System.Security.Claims;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;
using Feedback.Features.Statistics;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>
/// The decision to accept a case (受理). The answer clock starts now; when the decision comes late it starts when the decision was
/// due, so that lateness gains nothing, and for an application on the day the materials came (Administrative Licensing Law, art. 32).
/// </summary>
public sealed record AcceptCase(Actor Actor, string CaseNumber) : ICommand<AcceptCase.Accepted>
{
    public sealed record Accepted(DateTimeOffset DueAt);

    internal sealed class Handler(CaseDesk desk, Acceptances acceptances) : IRequestHandler<AcceptCase, Outcome<Accepted>>
    {
        public async Task<Outcome<Accepted>> Handle(AcceptCase request, CancellationToken cancellationToken)
        {
            var begun = await desk.Begin(request.CaseNumber, request.Actor, CaseCommand.Accept, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            return new Accepted(await acceptances.Accept(begun.Value.Case, request.Actor.Login, new EventDetail(), cancellationToken));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/acceptance", async (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new AcceptCase(user.Actor(), number), ct)).ToHttp()).RequireAuthorization(Policies.Cases);
    }
}

/// <summary>Accepts a case: from the decision itself, or from a supervisor's word that it counts as accepted.</summary>
public sealed class Acceptances(CaseWork work, DailyCounts counts)
{
    private const string AcceptSql =
        """
        update case_file set state = 'Accepted', accepted_at = @now, accept_by = @acceptBy, due_at = @dueAt, step = null
        where case_number = @number and state = @state
        """;

    /// <summary>The answer clock as it would start if the case were accepted now.</summary>
    public async Task<Clock> Promise(CaseRow found, CancellationToken ct)
    {
        var (policy, calendar) = (await work.PolicyOf(found, ct), await work.CalendarOf(found, ct));
        return Clock.Start(ClockKind.Answer, found.AnswerLimit(policy), await Start(found, ct), calendar, policy);
    }

    /// <param name="found">A case that awaits the decision.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="detail">What the history tells beside the new promise.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>When the answer is due.</returns>
    public async Task<DateTimeOffset> Accept(CaseRow found, string by, EventDetail detail, CancellationToken ct)
    {
        var (now, number) = (work.Now, found.CaseNumber);
        var clock = await Promise(found, ct);

        // Nobody was late while the citizen had the next word. The ladder of the acceptance clock ends here; the light is the answer clock's from now on.
        var acceptBy = found.State == CaseState.AwaitingMaterials ? now : found.AcceptBy;
        await work.Db.ExecuteOne(AcceptSql, new { now, acceptBy, dueAt = clock.DueAt, number, state = found.State.ToString() }, ct);
        await work.Clocks.Stop(number, ClockKind.Acceptance, now, ct);
        await work.Clocks.Start(number, clock, ct);
        await work.Record(found, CaseEventKind.Accepted, by, detail with { DueAt = clock.DueAt }, ct);
        var today = (await work.CalendarOf(found, ct)).LocalDay(now);
        await counts.Add([CountKey.OfCase(today, Measure.CaseAccepted, now > acceptBy ? CountKey.Late : CountKey.InTime, found.HallCode, found.DepartmentCode, found.WindowCode, found.About, found.Lane)], ct);
        return clock.DueAt;
    }

    private async Task<DateTimeOffset> Start(CaseRow found, CancellationToken ct)
    {
        if (found.State != CaseState.Filed || work.Now < found.AcceptBy) return work.Now;
        return found.IsApplication && await work.Clocks.Last(found.CaseNumber, ClockKind.Acceptance, ct) is { } waiting ? waiting.StartedAt : found.AcceptBy;
    }
}

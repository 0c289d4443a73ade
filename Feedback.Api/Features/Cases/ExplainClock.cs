using System.Security.Claims;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>为什么是这个时间: every clock of a case, day by day, by the calendar that is known today.</summary>
public sealed record ExplainClock(Actor Actor, string CaseNumber) : IQuery<ExplainClock.View>
{
    /// <param name="CaseNumber">The number.</param>
    /// <param name="OpeningHours">The hall's, such as 09:00-12:00,13:30-17:30.</param>
    /// <param name="Clocks">In the order they began.</param>
    public sealed record View(string CaseNumber, string OpeningHours, IReadOnlyList<Explained> Clocks);

    /// <param name="Clock">What it measures.</param>
    /// <param name="Limit">Such as 5wd.</param>
    /// <param name="DueAt">When it is or was due, after all that happened.</param>
    /// <param name="Running">Whether it runs.</param>
    /// <param name="Cycles">From the first to the last.</param>
    public sealed record Explained(ClockKind Clock, string Limit, DateTimeOffset DueAt, bool Running, IReadOnlyList<ClockExplanation> Cycles);

    internal sealed class Handler(CaseContext context) : IRequestHandler<ExplainClock, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(ExplainClock request, CancellationToken cancellationToken)
        {
            var found = await context.Cases.Find(request.CaseNumber, request.Actor, cancellationToken);
            if (found.Refusal is { } refusal) return refusal;
            var calendar = await context.CalendarOf(found.Value, cancellationToken);
            var clocks = (await context.Clocks.Of(request.CaseNumber, cancellationToken)).GroupBy(c => c.Clock).Select(cycles =>
            {
                var rows = cycles.OrderBy(c => c.Cycle).ToList();
                var explained = ClockExplanation.Of([.. rows.Select(r => r.AsClock())], [.. rows.Select(r => r.StoppedAt)], calendar);
                return new Explained(cycles.Key, rows[^1].TimeLimit, explained[^1].DueAt, rows[^1].StoppedAt is null, explained);
            });
            return new View(found.Value.CaseNumber, calendar.Hours.ToString(), [.. clocks]);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/cases/{number}/clock", async (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ExplainClock(user.Actor(), number), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

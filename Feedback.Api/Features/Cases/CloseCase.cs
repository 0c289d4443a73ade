using System.Security.Claims;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>Staff close an answered case that the citizen has left alone (办结). Nothing is ever closed by the clock.</summary>
internal sealed record CloseCase(Actor Actor, string CaseNumber) : ICommand<Done>
{
    internal sealed class Handler(CaseContext context) : IRequestHandler<CloseCase, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(CloseCase request, CancellationToken cancellationToken)
        {
            var begun = await context.Cases.Begin(request.CaseNumber, request.Actor, CaseCommand.Close, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            await context.Cases.Move(begun.Value.Case, begun.Value.Next, cancellationToken);
            await context.Record(begun.Value.Case, CaseEventKind.Closed, request.Actor.Login, new EventDetail(), cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/closing", async (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new CloseCase(user.Actor(), number), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Cases);
    }
}

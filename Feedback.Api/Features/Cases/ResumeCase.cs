using System.Security.Claims;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>The answer clock runs on with what was left of its own time, to the second.</summary>
internal sealed record ResumeCase(Actor Actor, string CaseNumber) : ICommand<ResumeCase.Resumed>
{
    public sealed record Resumed(DateTimeOffset DueAt);

    internal sealed class Handler(CaseContext context, Pauses pauses) : IRequestHandler<ResumeCase, Outcome<Resumed>>
    {
        public async Task<Outcome<Resumed>> Handle(ResumeCase request, CancellationToken cancellationToken)
        {
            var begun = await context.Cases.Begin(request.CaseNumber, request.Actor, CaseCommand.Resume, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            return new Resumed(await pauses.End(begun.Value.Case, request.Actor.Login, cancellationToken));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/resumption", async (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ResumeCase(user.Actor(), number), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

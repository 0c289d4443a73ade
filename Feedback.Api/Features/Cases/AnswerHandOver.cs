using System.Security.Claims;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>The unit that is asked accepts, or refuses with a reason; a refusal sends the case back and the hall is told.</summary>
internal sealed record AnswerHandOver(Actor Actor, string CaseNumber, bool? Accepted, string? Reason) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<AnswerHandOver>
    {
        public Validator()
        {
            RuleFor(h => h.Accepted).NotNull().Refuse("decision_missing", "请选择接收或不接收。", "Please accept or refuse.");
            RuleFor(h => h.Reason).IsReason().When(h => h.Accepted == false);
        }
    }

    internal sealed class Handler(CaseContext context, HandOvers handOvers) : IRequestHandler<AnswerHandOver, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(AnswerHandOver request, CancellationToken cancellationToken)
        {
            var begun = await context.Cases.Begin(request.CaseNumber, request.Actor, CaseCommand.DecideHandOver, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, open) = (begun.Value.Case, begun.Value.Dossier.OpenOffer!);
            var offer = new HandOvers.OpenOffer(open.ToLogin, open.To);
            if (request.Accepted!.Value) await handOvers.Take(found, offer, request.Actor.Login, cancellationToken);
            else await handOvers.SendBack(found, offer, request.Actor.Login, request.Reason, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(bool? Accepted, string? Reason = null);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/hand-over/answer", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new AnswerHandOver(user.Actor(), number, body.Accepted, body.Reason), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Cases);
    }
}

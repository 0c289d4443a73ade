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

/// <summary>The hall names the responsible unit (协调裁定); that unit cannot return the case.</summary>
internal sealed record ArbitrateCase(Actor Actor, string CaseNumber, string? Unit, string? Reason) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<ArbitrateCase>
    {
        public Validator()
        {
            RuleFor(a => a.Unit).NotEmpty().Refuse("unit_missing", "请选择负责的单位。", "Please choose the unit.");
            RuleFor(a => a.Reason).IsReason();
        }
    }

    internal sealed class Handler(CaseContext context, HandOvers handOvers) : IRequestHandler<ArbitrateCase, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(ArbitrateCase request, CancellationToken cancellationToken)
        {
            var begun = await context.Cases.Begin(request.CaseNumber, request.Actor, CaseCommand.Arbitrate, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, unit) = (begun.Value.Case, request.Unit!);
            var head = await handOvers.HeadOf(found, unit, cancellationToken);
            if (head.Refusal is { } unknown) return unknown;

            await handOvers.Arbitrate(found, head.Value, unit, request.Reason!, request.Actor.Login, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Unit, string? Reason);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/arbitration", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ArbitrateCase(user.Actor(), number, body.Unit, body.Reason), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Cases);
    }
}

using System.Security.Claims;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>The hall names the responsible unit (协调裁定); that unit cannot return the case.</summary>
public sealed record ArbitrateCase(Actor Actor, string CaseNumber, string? Unit, string? Reason) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<ArbitrateCase>
    {
        public Validator()
        {
            RuleFor(a => a.Unit).NotEmpty().WithErrorCode("unit_missing").WithMessage(_ => new Bilingual("请选择负责的单位。", "Please choose the unit.").ToString());
            RuleFor(a => a.Reason).IsReason();
        }
    }

    internal sealed class Handler(CaseWork work, HandOvers handOvers) : IRequestHandler<ArbitrateCase, Outcome<Done>>
    {
        private static readonly Refusal NotAsked = new(RefusalKind.Conflict, "arbitration_not_asked", "该件没有等待裁定。", "No arbitration is waiting for a decision.");

        private const string AskedSql = "select count(*) from case_arbitration where case_number = @number and decided_at is null";

        public async Task<Outcome<Done>> Handle(ArbitrateCase request, CancellationToken cancellationToken)
        {
            var begun = await work.Desk.Begin(request.CaseNumber, request.Actor, CaseCommand.Arbitrate, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, unit) = (begun.Value.Case, request.Unit!);
            if (request.Actor.Role is not (Role.HallSupervisor or Role.BureauLeader)) return Actor.NotAllowed;
            if (await work.Db.Single<int>(AskedSql, new { number = found.CaseNumber }, cancellationToken) == 0) return NotAsked;
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
                (await dispatcher.Send(new ArbitrateCase(user.Actor(), number, body.Unit, body.Reason), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Policies.Cases);
    }
}

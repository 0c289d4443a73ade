using System.Security.Claims;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>
/// Whoever is responsible proposes that another unit takes the case (移交). Nothing changes until that unit accepts. When the case
/// has been handed over too often, the hall arbitrates instead.
/// </summary>
internal sealed record OfferHandOver(Actor Actor, string CaseNumber, string? Unit, string? Reason) : ICommand<OfferHandOver.Offered>
{
    /// <param name="AnswerBy">When the other unit's answer, or the hall's decision, is due.</param>
    /// <param name="Arbitration">The hall has to decide.</param>
    public sealed record Offered(DateTimeOffset AnswerBy, bool Arbitration);

    internal sealed class Validator : AbstractValidator<OfferHandOver>
    {
        public Validator()
        {
            RuleFor(h => h.Unit).NotEmpty().Refuse("unit_missing", "请选择接收单位。", "Please choose the unit.");
            RuleFor(h => h.Reason).IsReason();
        }
    }

    internal sealed class Handler(CaseContext context, HandOvers handOvers, CaseNotices notices) : IRequestHandler<OfferHandOver, Outcome<Offered>>
    {
        public async Task<Outcome<Offered>> Handle(OfferHandOver request, CancellationToken cancellationToken)
        {
            var begun = await context.Cases.Begin(request.CaseNumber, request.Actor, CaseCommand.OfferHandOver, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, unit) = (begun.Value.Case, request.Unit!);
            if (unit == found.UnitCode) return CaseRefusals.HandOverToSameUnit;
            var head = await handOvers.HeadOf(found, unit, cancellationToken);
            if (head.Refusal is { } unknown) return unknown;

            var policy = await context.PolicyOf(found, cancellationToken);
            var earlier = begun.Value.Dossier.Earlier;
            if (HandOverRules.NeedArbitration(earlier, policy.HandOver.Limit)) return new Offered(await handOvers.AskArbitration(found, request.Actor.Login, request.Reason!, cancellationToken), true);

            var clock = Clock.Start(ClockKind.HandOver, policy.HandOver.Answer, context.Now, await context.CalendarOf(found, cancellationToken), policy);
            await handOvers.Offer(found, earlier.Count + 1, head.Value, unit, request.Reason!, clock, cancellationToken);
            await context.Record(found, CaseEventKind.HandOverOffered, request.Actor.Login, new EventDetail(DueAt: clock.DueAt, Reason: request.Reason, Unit: unit, Person: head.Value.Login), cancellationToken);
            await notices.Tell([head.Value], found.CaseNumber, CaseEventKind.HandOverOffered, cancellationToken);
            return new Offered(clock.DueAt, false);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Unit, string? Reason);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/hand-over", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new OfferHandOver(user.Actor(), number, body.Unit, body.Reason), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

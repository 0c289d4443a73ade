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

/// <summary>
/// The decision not to accept a case (不予受理). It names the reason and the right body to turn to (首问负责): "not ours" alone is not
/// an answer. The same person again with nothing new is sent to the case that is open already, whose progress they then see here.
/// </summary>
/// <param name="Actor">Who decides.</param>
/// <param name="CaseNumber">The number.</param>
/// <param name="Reason">Why; the citizen reads it.</param>
/// <param name="RightBody">Whom to turn to, unless it is a repetition.</param>
/// <param name="RepeatOf">The open case of the same person.</param>
internal sealed record DeclineCase(Actor Actor, string CaseNumber, string? Reason, string? RightBody, string? RepeatOf = null) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<DeclineCase>
    {
        public Validator()
        {
            RuleFor(d => d.Reason).IsReason();
            RuleFor(d => d.RightBody).Must(b => b is { Length: <= 100 } && !string.IsNullOrWhiteSpace(b)).When(d => string.IsNullOrWhiteSpace(d.RepeatOf)).Refuse("right_body_missing", "请写明应当受理的单位。", "Please name the body that is competent.");
        }
    }

    internal sealed class Handler(CaseContext context, CaseLinks links) : IRequestHandler<DeclineCase, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(DeclineCase request, CancellationToken cancellationToken)
        {
            var begun = await context.Cases.Begin(request.CaseNumber, request.Actor, CaseCommand.Decline, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, next, _) = begun.Value;
            var repeat = TextRules.OrNull(request.RepeatOf)?.Trim();
            if (repeat is not null && (await links.Link(found, repeat, LinkKind.Repeat, request.Actor, cancellationToken)).Refusal is { } no) return no;
            await context.Cases.Move(found, next, cancellationToken);
            await context.Clocks.StopAll(found.CaseNumber, context.Now, cancellationToken);
            await context.RecordAndTellCitizen(found, CaseEventKind.Declined, request.Actor.Login, new EventDetail(Reason: request.Reason, Unit: repeat is null ? request.RightBody : null, Result: repeat is null ? null : nameof(LinkKind.Repeat)), cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Reason, string? RightBody, string? RepeatOf = null);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/refusal", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new DeclineCase(user.Actor(), number, body.Reason, body.RightBody, body.RepeatOf), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Cases);
    }
}

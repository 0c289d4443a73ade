using System.Security.Claims;
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
/// an answer.
/// </summary>
public sealed record DeclineCase(Actor Actor, string CaseNumber, string? Reason, string? RightBody) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<DeclineCase>
    {
        public Validator()
        {
            RuleFor(d => d.Reason).IsReason();
            RuleFor(d => d.RightBody).Must(b => b is { Length: <= 100 } && !string.IsNullOrWhiteSpace(b)).WithErrorCode("right_body_missing").WithMessage(_ => new Bilingual("请写明应当受理的单位。", "Please name the body that is competent.").ToString());
        }
    }

    internal sealed class Handler(CaseWork work) : IRequestHandler<DeclineCase, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(DeclineCase request, CancellationToken cancellationToken)
        {
            var begun = await work.Desk.Begin(request.CaseNumber, request.Actor, CaseCommand.Decline, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, next, _) = begun.Value;
            await work.Desk.Move(found, next, cancellationToken);
            await work.Clocks.StopAll(found.CaseNumber, work.Now, cancellationToken);
            await work.Record(found, CaseEventKind.Declined, request.Actor.Login, new EventDetail(Reason: request.Reason, Unit: request.RightBody), cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Reason, string? RightBody);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/refusal", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new DeclineCase(user.Actor(), number, body.Reason, body.RightBody), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Policies.Cases);
    }
}

using System.Security.Claims;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Ratings;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Ratings;

/// <summary>The call back that ends the loop (回访), by a person outside the unit who had no part in it.</summary>
/// <param name="Actor">Who called.</param>
/// <param name="CaseNumber">The number.</param>
/// <param name="Result">How the citizen answered.</param>
/// <param name="Note">What was said.</param>
internal sealed record CallBack(Actor Actor, string CaseNumber, CallBackResult? Result, string? Note) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<CallBack>
    {
        public Validator()
        {
            RuleFor(c => c.Result).Must(chosen => chosen is { } known && Enum.IsDefined(known)).Refuse("result_missing", "请选择回访结果。", "Please choose how the citizen answered.");
            RuleFor(c => c.Note).IsReason();
            RuleFor(c => c.Note).IsText();
        }
    }

    internal sealed class Handler(CaseContext context, BadRatings ratings) : IRequestHandler<CallBack, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(CallBack request, CancellationToken cancellationToken)
        {
            var begun = await ratings.Begin(request.CaseNumber, request.Actor, BadRatingCommand.CallBack, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (loop, login) = (begun.Value, request.Actor.Login);
            await ratings.Move(loop, BadRatingStage.Done, complex: false, cancellationToken);
            await context.Record(loop.Case, CaseEventKind.BadRatingCalledBack, login, new EventDetail(Reason: request.Note, Result: request.Result!.Value.ToString()), cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(CallBackResult? Result, string? Note);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/call-back", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new CallBack(user.Actor(), number, body.Result, body.Note), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Cases);
    }
}

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

/// <summary>What a bad rating was about has been set right within its limit (整改).</summary>
/// <param name="Actor">Who set it right.</param>
/// <param name="CaseNumber">The number.</param>
/// <param name="Note">What was done.</param>
internal sealed record SetBadRatingRight(Actor Actor, string CaseNumber, string? Note) : ICommand<VerifyBadRating.Verified>
{
    internal sealed class Validator : AbstractValidator<SetBadRatingRight>
    {
        public Validator()
        {
            RuleFor(s => s.Note).IsReason();
            RuleFor(s => s.Note).IsText();
        }
    }

    internal sealed class Handler(CaseContext context, BadRatings ratings) : IRequestHandler<SetBadRatingRight, Outcome<VerifyBadRating.Verified>>
    {
        private const string RemedySql = "update bad_rating set remedied_by = @by where case_number = @number";

        public async Task<Outcome<VerifyBadRating.Verified>> Handle(SetBadRatingRight request, CancellationToken cancellationToken)
        {
            var begun = await ratings.Begin(request.CaseNumber, request.Actor, BadRatingCommand.SetRight, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var loop = begun.Value;
            var next = BadRatingFlow.AfterWork(loop.Case.HasContact);
            await context.Db.Execute(RemedySql, new { number = request.CaseNumber, by = request.Actor.Login }, cancellationToken);
            var dueAt = await ratings.Move(loop, next, complex: false, cancellationToken);
            await context.Record(loop.Case, CaseEventKind.BadRatingSetRight, request.Actor.Login, new EventDetail(DueAt: dueAt, Reason: request.Note), cancellationToken);
            return new VerifyBadRating.Verified(next, dueAt);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Note);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/remedy", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new SetBadRatingRight(user.Actor(), number, body.Note), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

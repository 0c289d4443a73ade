using System.Security.Claims;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Ratings;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Ratings;

/// <summary>
/// The unit appeals against a bad rating on one of four grounds (申诉), once and within the policy's days. The loop goes on meanwhile:
/// an appeal puts off no contact with the citizen.
/// </summary>
/// <param name="Actor">Somebody of the unit.</param>
/// <param name="CaseNumber">The number.</param>
/// <param name="Ground">One of the four.</param>
/// <param name="Reason">Why.</param>
internal sealed record AppealBadRating(Actor Actor, string CaseNumber, AppealGround? Ground, string? Reason) : ICommand<AppealBadRating.Lodged>
{
    /// <param name="DecideBy">When the decision is due.</param>
    public sealed record Lodged(DateTimeOffset DecideBy);

    internal sealed class Validator : AbstractValidator<AppealBadRating>
    {
        public Validator()
        {
            RuleFor(a => a.Ground).Must(chosen => chosen is { } known && Enum.IsDefined(known)).Refuse("ground_missing", "请选择申诉理由的类别。", "Please choose the ground of the appeal.");
            RuleFor(a => a.Reason).IsReason();
            RuleFor(a => a.Reason).IsText();
        }
    }

    internal sealed class Handler(CaseContext context, BadRatings ratings, CaseNotices notices) : IRequestHandler<AppealBadRating, Outcome<Lodged>>
    {
        private const string InsertSql =
            """
            insert into rating_appeal (case_number, ground, reason, asked_by, asked_at, decide_by, upheld, note, decided_by, decided_at)
            values (@number, @ground, @reason, @by, @now, @decideBy, null, null, null, null)
            """;

        public async Task<Outcome<Lodged>> Handle(AppealBadRating request, CancellationToken cancellationToken)
        {
            var begun = await ratings.Begin(request.CaseNumber, request.Actor, BadRatingCommand.Appeal, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (loop, found, now) = (begun.Value, begun.Value.Case, context.Now);
            var calendar = await context.CalendarOf(found, cancellationToken);
            var clock = Clock.Start(ClockKind.RatingAppeal, loop.Rules.Decide, now, calendar, await context.PolicyOf(found, cancellationToken));
            var (ground, by) = (request.Ground!.Value.ToString(), request.Actor.Login);
            await context.Db.Execute(InsertSql, new { number = found.CaseNumber, ground, reason = request.Reason, by, now, decideBy = clock.DueAt }, cancellationToken);
            await context.Clocks.Start(found.CaseNumber, clock, cancellationToken);
            await ratings.Settle(found.CaseNumber, loop.Stage.IsOpen() ? found.DueAt : clock.DueAt, cancellationToken);
            await context.Record(found, CaseEventKind.BadRatingAppealed, by, new EventDetail(DueAt: clock.DueAt, Reason: request.Reason, Result: ground), cancellationToken);
            await notices.TellAppeal(found, CaseEventKind.BadRatingAppealed, cancellationToken);
            return new Lodged(clock.DueAt);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(AppealGround? Ground, string? Reason);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/rating-appeal", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new AppealBadRating(user.Actor(), number, body.Ground, body.Reason), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

using System.Security.Claims;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Ratings;

/// <summary>
/// Decides once and for all whether a suspected rating was faked. The rating stays as it is either way. Confirmed, it stays out of the
/// figures without suspected praise; dismissed, it counts again, from the day of the decision. Sending the same decision again
/// changes nothing and is no error.
/// </summary>
/// <param name="Actor">An inspector.</param>
/// <param name="RatingId">The rating.</param>
/// <param name="Confirmed">The decision.</param>
/// <param name="Reason">Why.</param>
internal sealed record DecideRatingFlag(Actor Actor, Guid RatingId, bool? Confirmed, string? Reason) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<DecideRatingFlag>
    {
        public Validator()
        {
            RuleFor(d => d.Confirmed).NotNull().Refuse("decision_missing", "请选择确认或排除。", "Please confirm or dismiss.");
            RuleFor(d => d.Reason).IsReason();
            RuleFor(d => d.Reason).IsText();
        }
    }

    internal sealed class Handler(Db db, RatingFlags flags, LocalTime local) : IRequestHandler<DecideRatingFlag, Outcome<Done>>
    {
        private const string FlaggedSql = "select count(*) from rating_flag where rating_id = @id and opens = 1";
        private const string DecisionSql = "select confirmed, reason, decided_by from rating_flag_decision where rating_id = @id";

        private const string DecideSql =
            "insert into rating_flag_decision (rating_id, confirmed, reason, decided_by, decided_at, local_day) values (@id, @confirmed, @reason, @by, @now, @today)";

        public async Task<Outcome<Done>> Handle(DecideRatingFlag request, CancellationToken cancellationToken)
        {
            var (id, by, confirmed) = (request.RatingId, request.Actor.Login, request.Confirmed!.Value);
            if (await db.Single<int>(FlaggedSql, new { id }, cancellationToken) == 0) return RatingsRefusals.FlagUnknown;
            var mine = new Decision(confirmed, request.Reason!, by);
            if (await db.SingleOrDefault<Decision>(DecisionSql, new { id }, cancellationToken) is { } made) return made == mine ? default(Done) : RatingsRefusals.FlagDecided;
            await db.Execute(DecideSql, new { id, confirmed, reason = request.Reason, by, now = local.Now, today = local.Today }, cancellationToken);
            if (!confirmed) await flags.Dismiss(id, cancellationToken);
            return default(Done);
        }

        private sealed record Decision(bool Confirmed, string Reason, string DecidedBy);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(bool? Confirmed, string? Reason);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/ratings/{id:guid}/flag-decision", async (Guid id, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new DecideRatingFlag(user.Actor(), id, body.Confirmed, body.Reason), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Inspection);
    }
}

using System.Security.Claims;
using Feedback.Casework;
using Feedback.Casework.Counts;
using Feedback.Data;
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
/// Decides a unit's appeal, outside the unit. Upheld: the rating stays as it is, is marked out of the indicators, and the counts are
/// corrected on the day of the decision, so that no earlier month changes. Refused: the loop goes on.
/// </summary>
/// <param name="Actor">Somebody outside the unit.</param>
/// <param name="CaseNumber">The number.</param>
/// <param name="Upheld">The decision.</param>
/// <param name="Note">Why.</param>
internal sealed record DecideRatingAppeal(Actor Actor, string CaseNumber, bool? Upheld, string? Note) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<DecideRatingAppeal>
    {
        public Validator()
        {
            RuleFor(d => d.Upheld).NotNull().Refuse("decision_missing", "请选择支持或不支持。", "Please uphold or refuse.");
            RuleFor(d => d.Note).IsReason();
            RuleFor(d => d.Note).IsText();
        }
    }

    internal sealed class Handler(CaseContext context, BadRatings ratings, DailyCounts counts, LocalTime local) : IRequestHandler<DecideRatingAppeal, Outcome<Done>>
    {
        private const string DecideSql = "update rating_appeal set upheld = @upheld, note = @note, decided_by = @by, decided_at = @now where case_number = @number and upheld is null";

        private const string ExcludeSql =
            "insert into rating_exclusion (rating_id, ground, reason, excluded_by, excluded_at, local_day) values (@id, @ground, @reason, @by, @now, @today)";

        private const string RatingSql = "select grade, hall_code, department_code, window_code, item_code, channel from rating where id = @id";
        private const string TagsSql = "select tag_code from rating_tag where rating_id = @id";

        public async Task<Outcome<Done>> Handle(DecideRatingAppeal request, CancellationToken cancellationToken)
        {
            var begun = await ratings.Begin(request.CaseNumber, request.Actor, BadRatingCommand.DecideAppeal, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (loop, number, by, now, upheld) = (begun.Value, request.CaseNumber, request.Actor.Login, context.Now, request.Upheld!.Value);
            var asked = loop.Appeal!;
            await context.Db.ExecuteOne(DecideSql, new { number, upheld, note = request.Note, by, now }, cancellationToken);
            await context.Clocks.Stop(number, ClockKind.RatingAppeal, now, cancellationToken);
            var decided = loop with { Appeal = asked with { Upheld = upheld } };
            if (upheld)
            {
                await ratings.Move(decided, BadRatingStage.SetAside, complex: false, cancellationToken);
                await Exclude(loop.RatingId, asked.Ground, request, cancellationToken);
            }
            else
            {
                await ratings.Settle(number, loop.Stage.IsOpen() ? loop.Case.DueAt : null, cancellationToken);
            }

            await context.Record(loop.Case, CaseEventKind.BadRatingAppealDecided, by, new EventDetail(Reason: request.Note, Result: upheld ? "Upheld" : "Refused"), cancellationToken);
            return default(Done);
        }

        private async Task Exclude(Guid id, AppealGround ground, DecideRatingAppeal request, CancellationToken ct)
        {
            var today = local.Today;
            await context.Db.Execute(ExcludeSql, new { id, ground = ground.ToString(), reason = request.Note, by = request.Actor.Login, now = context.Now, today }, ct);
            var r = await context.Db.Single<Rated>(RatingSql, new { id }, ct);
            var count = CountKey.OfRating(today, r.Grade, r.HallCode, r.DepartmentCode, r.WindowCode, r.ItemCode, r.Channel);
            await counts.TakeBack([count, .. (await context.Db.Query<string>(TagsSql, new { id }, ct)).Select(count.WithTag)], ct);
        }

        private sealed record Rated(Grade Grade, string HallCode, string DepartmentCode, string WindowCode, string? ItemCode, Channel Channel);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(bool? Upheld, string? Note);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/rating-appeal/decision", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new DecideRatingAppeal(user.Actor(), number, body.Upheld, body.Note), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Cases);
    }
}

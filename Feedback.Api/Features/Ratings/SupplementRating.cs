using System.Text.Json.Serialization;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Ratings;

/// <summary>
/// What a citizen adds to a rating later, once (追评). The rating stays as it was and is what the indicators count; both are kept.
/// </summary>
/// <param name="ReceiptCode">What the citizen kept of the rating.</param>
/// <param name="Grade">5 best … 1 worst, when the citizen thinks otherwise now.</param>
/// <param name="Comment">Free text.</param>
internal sealed record SupplementRating(string ReceiptCode, int? Grade = null, string? Comment = null) : ICommand<SupplementRating.Added>, IIdempotent
{
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    /// <param name="AddedAt">When it was added.</param>
    public sealed record Added(DateTimeOffset AddedAt);

    internal sealed class Validator : AbstractValidator<SupplementRating>
    {
        public Validator()
        {
            RuleFor(s => s.Grade).InclusiveBetween(1, 5).Refuse("grade_out_of_range", "评价为 5 非常满意 … 1 非常不满意。", "A grade is 5 very satisfied … 1 very dissatisfied.");
            RuleFor(s => s.Comment).Must((s, comment) => s.Grade is not null || !string.IsNullOrWhiteSpace(comment)).Refuse("supplement_empty", "请补充评价或留言。", "Please add a grade or a comment.");
            RuleFor(s => s.Comment).IsText();
        }
    }

    internal sealed class Handler(Db db, ReferenceData reference, LocalTime local) : IRequestHandler<SupplementRating, Outcome<Added>>
    {
        private const string FindSql =
            "select r.id, r.rated_at, s.rating_id as supplemented from rating r left join rating_supplement s on s.rating_id = r.id where r.receipt = @receipt";

        private const string InsertSql = "insert into rating_supplement (rating_id, grade, comment, added_at, local_day) values (@id, @grade, @comment, @now, @today)";

        public async Task<Outcome<Added>> Handle(SupplementRating request, CancellationToken cancellationToken)
        {
            var policy = (await reference.Read(db, cancellationToken)).PolicyOn(local.Today);
            if (policy.Ratings is not { } rules) return RatingsRefusals.SupplementNotOffered;
            if (await db.SingleOrDefault<Row>(FindSql, new { receipt = PublicCode.Normalise(request.ReceiptCode) }, cancellationToken) is not { } rating) return RatingsRefusals.RatingUnknown;
            if (rating.Supplemented is not null) return RatingsRefusals.RatingAlreadySupplemented;
            if (rules.LastDay(local.DayOf(rating.RatedAt)) < local.Today) return RatingsRefusals.SupplementTooLate(rules.Supplement.Amount);
            if (TextRules.TooLong("comment", request.Comment, policy.Texts.RatingComment) is { } tooLong) return tooLong;

            var now = local.Now;
            await db.Execute(InsertSql, new { id = rating.Id, grade = request.Grade, comment = TextRules.OrNull(request.Comment), now, today = local.Today }, cancellationToken);
            return new Added(now);
        }

        private sealed record Row(Guid Id, DateTimeOffset RatedAt, Guid? Supplemented);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(int? Grade, string? Comment);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/ratings/{receipt}/supplement", async (string receipt, Body body, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new SupplementRating(receipt, body.Grade, body.Comment) { IdempotencyKey = http.IdempotencyKey() }, ct))
                    .ToHttp(added => TypedResults.Created((string?)null, added))).AllowAnonymous().SlowsGuesses();
    }
}

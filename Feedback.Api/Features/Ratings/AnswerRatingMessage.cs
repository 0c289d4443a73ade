using System.Text.Json.Serialization;
using Feedback.Casework;
using Feedback.Casework.Contacts;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Ratings;

/// <summary>
/// The citizen answers what was written about a bad rating, with the receipt. It is no supplement: it goes to who asked, changes
/// nothing in the rating, and is possible as often as there is something to answer.
/// </summary>
/// <param name="ReceiptCode">What the citizen kept of the rating.</param>
/// <param name="Text">The answer.</param>
internal sealed record AnswerRatingMessage(string ReceiptCode, string? Text) : ICommand<Done>, IIdempotent
{
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    internal sealed class Validator : AbstractValidator<AnswerRatingMessage>
    {
        public Validator()
        {
            RuleFor(a => a.Text).NotEmpty().Refuse("text_missing", "请写下您的答复。", "Please write your answer.");
            RuleFor(a => a.Text).IsText();
        }
    }

    internal sealed class Handler(CaseContext context, ContactMessages messages, CaseNotices notices) : IRequestHandler<AnswerRatingMessage, Outcome<Done>>
    {
        private const string FindSql = "select b.case_number from rating r left join bad_rating b on b.rating_id = r.id where r.receipt = @receipt";

        public async Task<Outcome<Done>> Handle(AnswerRatingMessage request, CancellationToken cancellationToken)
        {
            var receipt = PublicCode.Normalise(request.ReceiptCode);
            if (await context.Db.SingleOrDefault<Row>(FindSql, new { receipt }, cancellationToken) is not { } rating) return RatingsRefusals.RatingUnknown;
            if (rating.CaseNumber is not { } number || await context.Cases.Read(number, cancellationToken) is not { } found) return RatingsRefusals.NothingToAnswer;
            if (!ContactMessage.AwaitsAnswer(await messages.Of(number, cancellationToken), found.State)) return RatingsRefusals.NothingToAnswer;
            if (TextRules.TooLong("text", request.Text, (await context.PolicyOf(found, cancellationToken)).Texts.RatingComment) is { } tooLong) return tooLong;
            await messages.Keep(found.CaseNumber, request.Text!, null, cancellationToken);
            await context.Record(found, CaseEventKind.CitizenAnswered, null, new EventDetail(), cancellationToken);
            await notices.TellResponsible(found, CaseEventKind.CitizenAnswered, cancellationToken);
            return default(Done);
        }

        private sealed record Row(string? CaseNumber);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Text);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/ratings/{receipt}/messages", async (string receipt, Body body, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new AnswerRatingMessage(receipt, body.Text) { IdempotencyKey = http.IdempotencyKey() }, ct)).ToHttp(_ => TypedResults.NoContent())).AllowAnonymous().SlowsGuesses();
    }
}

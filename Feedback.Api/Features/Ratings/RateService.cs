using System.Text.Json.Serialization;
using Feedback.Casework.Contacts;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Ratings;

/// <summary>A citizen rates one service at one window (政务服务"好差评"). One ticket is rated once.</summary>
/// <param name="Window">The token of the window's QR code, or the window's code when a program brings it.</param>
/// <param name="Grade">5 best … 1 worst.</param>
/// <param name="Tags">Codes of the catalogue, only those of the grade.</param>
/// <param name="Comment">Free text.</param>
/// <param name="Ticket">The queue ticket, if there was one.</param>
/// <param name="Visits">How many times the citizen had to come.</param>
/// <param name="Contact">Absent when anonymous.</param>
/// <param name="Item">What the citizen came for, if said.</param>
/// <param name="ServedAt">When the service was, if known.</param>
/// <param name="Presence">
/// The six digits of the window's screen, or the proof that the page made of them for its idempotency key. A wrong one refuses
/// nothing: a rating that was given is worth more than its mark, so it is stored without.
/// </param>
public sealed record RateService(
    string? Window, int Grade, IReadOnlyList<string>? Tags = null, string? Comment = null, string? Ticket = null, int? Visits = null, ContactDetails? Contact = null, string? Item = null,
    DateTimeOffset? ServedAt = null, string? Presence = null)
    : ICommand<RateService.Receipt>, IIdempotent, IGrouped
{
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    /// <summary>Set when a program brings it; then the window is named by its code.</summary>
    [JsonIgnore]
    public RatingImport? Import { get; init; }

    /// <summary>Where it came from; null for a program that names no device.</summary>
    [JsonIgnore]
    public RequestSource? Source { get; init; }

    /// <param name="Id">The rating's key.</param>
    /// <param name="Code">What the citizen keeps.</param>
    public sealed record Receipt(Guid Id, [property: JsonPropertyName("receipt")] string Code);

    internal sealed class Validator : AbstractValidator<RateService>
    {
        /// <summary>Far more than a catalogue has: whoever sends thousands gets one error and not thousands.</summary>
        private const int MaxTags = 100;

        public Validator()
        {
            RuleFor(r => r.Window).NotEmpty().Refuse("window_missing", "缺少窗口。", "The window is missing.");
            RuleFor(r => r.Grade).InclusiveBetween(1, 5).Refuse("grade_out_of_range", "请选择一个评价:5 非常满意 … 1 非常不满意。", "Please choose a grade: 5 very satisfied … 1 very dissatisfied.");
            RuleFor(r => r.Tags).Must(tags => !AreTooMany(tags)).Refuse("tags_too_many", $"标签最多 {MaxTags} 个。", $"At most {MaxTags} tags.");
            RuleForEach(r => r.Tags).NotEmpty().Unless(r => AreTooMany(r.Tags)).Refuse("tag_missing", "标签不能为空。", "A tag may not be empty.");
            RuleFor(r => r.Comment).IsText();
            RuleFor(r => r.Ticket).IsTicket();
            RuleFor(r => r.Visits).InclusiveBetween(1, 99).Refuse("visits_out_of_range", "来办的次数为 1 到 99。", "The number of visits is 1 to 99.");
            RuleFor(r => r.Contact!).SetValidator(new ContactDetails.Validator()).When(r => r.Contact is not null);
        }

        private static bool AreTooMany(IReadOnlyList<string>? tags) => tags is { Count: > MaxTags };
    }

    /// <summary>Waits with the others that come at the same time; <see cref="RatingGroup"/> decides.</summary>
    internal sealed class Handler(GroupWriter<RateService, Receipt> groups) : IRequestHandler<RateService, Outcome<Receipt>>
    {
        public Task<Outcome<Receipt>> Handle(RateService request, CancellationToken cancellationToken) => groups.Write(request, cancellationToken);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/ratings", async (RateService rating, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(rating with { IdempotencyKey = http.IdempotencyKey(), Source = http.Source() }, ct)).ToHttp(r => TypedResults.Created((string?)null, r))).AllowAnonymous();
    }
}

using System.Text.Json.Serialization;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Ratings;
using Feedback.Features.Contacts;
using Feedback.Features.Halls;
using Feedback.Features.Statistics;
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
    public Brought? Brought { get; init; }

    /// <summary>Where it came from; null for a program that names no device.</summary>
    [JsonIgnore]
    public RatingSource? Source { get; init; }

    /// <param name="Id">The rating's key.</param>
    /// <param name="Code">What the citizen keeps.</param>
    public sealed record Receipt(Guid Id, [property: JsonPropertyName("receipt")] string Code);

    internal sealed class Validator : AbstractValidator<RateService>
    {
        public Validator()
        {
            RuleFor(r => r.Window).NotEmpty().WithErrorCode("window_missing").WithMessage(_ => new Bilingual("缺少窗口。", "The window is missing.").ToString());
            RuleFor(r => r.Grade).InclusiveBetween(1, 5).WithErrorCode("grade_out_of_range").WithMessage(_ => new Bilingual("请选择一个评价:5 非常满意 … 1 非常不满意。", "Please choose a grade: 5 very satisfied … 1 very dissatisfied.").ToString());
            RuleForEach(r => r.Tags).NotEmpty().WithErrorCode("tag_missing").WithMessage(_ => new Bilingual("标签不能为空。", "A tag may not be empty.").ToString());
            RuleFor(r => r.Comment).IsText();
            RuleFor(r => r.Ticket).IsTicket();
            RuleFor(r => r.Visits).InclusiveBetween(1, 99).WithErrorCode("visits_out_of_range").WithMessage(_ => new Bilingual("来办的次数为 1 到 99。", "The number of visits is 1 to 99.").ToString());
            RuleFor(r => r.Contact!).SetValidator(new ContactDetails.Validator()).When(r => r.Contact is not null);
        }
    }

    internal sealed class Handler(Db db, WindowDirectory windows, ReferenceData reference, ContactBook contacts, DailyCounts counts, RatingTraces traces, PresenceCheck presence, BadRatings badRatings, LocalTime local, TimeProvider time)
        : IRequestHandler<RateService, Outcome<Receipt>>
    {
        private const int ReceiptLength = 8;

        private static readonly Refusal AlreadyRated = new(
            RefusalKind.Conflict, "ticket_already_rated", "这张取号单已经评价过了,一次服务只评价一次。", "This ticket has already been rated; one service is rated once.");

        private static readonly Refusal OutOfRange = Refusal.OfField(
            "ratedAt", "rated_at_out_of_range", "评价时间在将来,或早于现有的规则。", "The rating is from the future, or from before the rules that are known.");
        private static readonly Refusal NotServedYet = Refusal.OfField("servedAt", "rated_before_service", "评价不能早于服务。", "A rating may not precede the service.");

        private const string RatedSql = "select count(*) from rating where hall_code = @hall and local_day = @day and ticket = @ticket";
        private const string ItemSql = "select count(*) from service_item where code = @item and department_code = @department";

        private const string InsertSql =
            """
            insert into rating (id, receipt, hall_code, department_code, window_code, item_code, channel, grade, comment, ticket, visits, contact_id, rated_at, local_day, served_at, presence)
            values (@id, @receipt, @hall, @department, @window, @item, @channel, @grade, @comment, @ticket, @visits, @contactId, @now, @day, @servedAt, @presence)
            """;

        private const string TagSql = "insert into rating_tag (rating_id, tag_code) values (@id, @tag)";

        public async Task<Outcome<Receipt>> Handle(RateService request, CancellationToken cancellationToken)
        {
            var found = request.Brought is null ? await windows.OfToken(request.Window, cancellationToken) : await windows.OfCode(request.Window!, cancellationToken);
            if (found.Refusal is { } refusal) return refusal;
            if (request.Brought?.By?.HallCode is { } own && own != found.Value.HallCode) return WindowDirectory.Unknown;
            var (now, channel) = (request.Brought?.RatedAt ?? local.Now, request.Brought is null ? Channel.Qr : Channel.Terminal);
            var (window, day, grade) = (found.Value, local.DayOf(now), (Grade)request.Grade);
            var known = await reference.Read(db, cancellationToken);
            if (now > local.Now || !known.HasRulesOn(day)) return OutOfRange;

            var tags = (request.Tags ?? []).Distinct().ToList();
            if (tags.Find(code => known.TagsOn(day).Find(code)?.Grade != grade) is { } stranger)
            {
                return Refusal.OfField("tags", "tag_not_of_grade", $"标签“{stranger}”不属于这个评价等级。", $"Tag \"{stranger}\" does not belong to this grade.");
            }

            if (Texts.TooLong("comment", request.Comment, known.PolicyOn(day).Texts.RatingComment) is { } tooLong) return tooLong;
            if (request.Ticket is { } ticket && await db.Single<int>(RatedSql, new { hall = window.HallCode, day, ticket }, cancellationToken) > 0) return AlreadyRated;
            if (await traces.Refuse(request, window.Code, known.PolicyOn(day).Ratings, cancellationToken) is { } tooOften) return tooOften;
            if (request.ServedAt > now) return NotServedYet;
            if (request.Item is { } item && await db.Single<int>(ItemSql, new { item, department = window.DepartmentCode }, cancellationToken) == 0)
            {
                return Refusal.OfField("item", "item_unknown", "该窗口不办理这个事项。", "This window does not serve that item.");
            }

            var (id, receipt) = (Keys.New(time), PublicCode.Random(ReceiptLength));
            var contactId = await contacts.Keep(request.Contact, cancellationToken);
            await db.Execute(
                InsertSql,
                new
                {
                    id,
                    receipt,
                    hall = window.HallCode,
                    department = window.DepartmentCode,
                    window = window.Code,
                    item = request.Item,
                    channel = (int)channel,
                    grade = request.Grade,
                    comment = Texts.OrNull(request.Comment),
                    ticket = request.Ticket,
                    visits = request.Visits,
                    contactId,
                    now,
                    day,
                    servedAt = request.ServedAt,
                    presence = await presence.StepOf(request, window.Code, cancellationToken),
                },
                cancellationToken);
            await traces.Keep(id, request, window.Code, cancellationToken);
            await db.Execute(TagSql, tags.Select(tag => new { id, tag }), cancellationToken);

            var count = CountKey.OfRating(day, grade, window.HallCode, window.DepartmentCode, window.Code, request.Item, channel);
            await counts.Add([count, .. tags.Select(count.WithTag)], cancellationToken);
            await badRatings.Open(id, request, window, contactId, tags.Select(tag => known.TagsOn(day).Find(tag)?.Signal).OfType<Signal>(), cancellationToken);
            return new Receipt(id, PublicCode.Grouped(receipt));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/ratings", async (RateService rating, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(rating with { IdempotencyKey = http.IdempotencyKey(), Source = http.Source() }, ct)).ToHttp(r => TypedResults.Created((string?)null, r))).AllowAnonymous();
    }
}

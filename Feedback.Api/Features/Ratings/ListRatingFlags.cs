using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Ratings;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Ratings;

/// <summary>Where a suspicion stands.</summary>
public enum FlagState
{
    Open,
    Confirmed,
    Dismissed,
}

/// <summary>
/// The good ratings that may be faked, newest first, a page at a time. It names no contact, no device and no network: the reasons
/// say in words what was found.
/// </summary>
/// <param name="State">Only this state.</param>
/// <param name="Cursor">What the page before gave as <c>next</c>.</param>
/// <param name="Size">Rows a page.</param>
public sealed record ListRatingFlags(FlagState State = FlagState.Open, string? Cursor = null, int Size = 50) : IQuery<ListRatingFlags.Page>
{
    /// <param name="Open">How many wait for a decision, all told.</param>
    /// <param name="Confirmed">How many were found to be faked.</param>
    /// <param name="Dismissed">How many were found to be honest.</param>
    /// <param name="Items">The page.</param>
    /// <param name="Next">The cursor of the page behind; null on the last.</param>
    public sealed record Page(int Open, int Confirmed, int Dismissed, IReadOnlyList<Item> Items, string? Next);

    /// <param name="Id">The rating's key.</param>
    /// <param name="Window">The window's code.</param>
    /// <param name="WindowName">Its name.</param>
    /// <param name="RatedAt">When it was given, local.</param>
    /// <param name="Channel">How it came.</param>
    /// <param name="Grade">4 or 5.</param>
    /// <param name="HasTicket">Whether it named a ticket.</param>
    /// <param name="Comment">As the citizen wrote it.</param>
    /// <param name="Reasons">Why it is suspected, in the order in which that was found.</param>
    /// <param name="Decision">Null until somebody has decided.</param>
    public sealed record Item(
        Guid Id, string Window, Bilingual WindowName, DateTimeOffset RatedAt, Channel Channel, int Grade, bool HasTicket, string? Comment, IReadOnlyList<Reason> Reasons, Decision? Decision);

    /// <param name="Signal">The signal's code.</param>
    /// <param name="Words">The sentence, with the numbers of its day.</param>
    /// <param name="FlaggedAt">When it was found, local.</param>
    public sealed record Reason(PraiseSignal Signal, Bilingual Words, DateTimeOffset FlaggedAt);

    /// <param name="Confirmed">Faked, or honest.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="By">The name of who decided.</param>
    /// <param name="At">When, local.</param>
    public sealed record Decision(bool Confirmed, string Reason, string By, DateTimeOffset At);

    internal sealed class Validator : AbstractValidator<ListRatingFlags>
    {
        public Validator()
        {
            RuleFor(l => l.Size).InclusiveBetween(1, 200).Refuse("size_out_of_range", "每页 1 到 200 行。", "A page has 1 to 200 rows.");
            RuleFor(l => l.Cursor).Must(c => string.IsNullOrEmpty(c) || Guid.TryParse(c, out _)).Refuse("cursor_malformed", "翻页位置无效。", "The cursor is not one of ours.");
            RuleFor(l => l.State).IsInEnum().Refuse("state_unknown", "状态为 open、confirmed 或 dismissed。", "The state is open, confirmed or dismissed.");
        }
    }

    internal sealed class Handler(Db db, LocalTime local) : IRequestHandler<ListRatingFlags, Outcome<Page>>
    {
        private const string CountSql =
            """
            select count(*) as flagged, coalesce(sum(case when d.confirmed = 1 then 1 else 0 end), 0) as confirmed, coalesce(sum(case when d.confirmed = 0 then 1 else 0 end), 0) as dismissed
            from rating_flag f
            left join rating_flag_decision d on d.rating_id = f.rating_id
            where f.opens = 1
            """;

        private const string PageSql =
            """
            select r.id, r.window_code, w.name, w.name_en, r.rated_at, r.channel, r.grade, r.ticket, r.comment, d.confirmed, d.reason, s.name as decided_by, d.decided_at
            from rating_flag f
            join rating r on r.id = f.rating_id
            join service_window w on w.code = r.window_code
            left join rating_flag_decision d on d.rating_id = f.rating_id
            left join staff s on s.login = d.decided_by
            where f.opens = 1 and f.rating_id < @before
              and ((@state = 'Open' and d.rating_id is null) or (@state = 'Confirmed' and d.confirmed = 1) or (@state = 'Dismissed' and d.confirmed = 0))
            order by f.rating_id desc
            """;

        private const string ReasonsSql = "select rating_id, signal, reason, reason_en, flagged_at from rating_flag where rating_id = @Id order by flagged_at, signal";

        public async Task<Outcome<Page>> Handle(ListRatingFlags request, CancellationToken cancellationToken)
        {
            var count = await db.Single<Count>(CountSql, null, cancellationToken);
            var before = Guid.TryParse(request.Cursor, out var cursor) ? cursor : Guid.AllBitsSet;
            var rows = await db.Query<Row>(db.Dialect.Limited(PageSql), new { before, state = request.State.ToString(), limit = request.Size + 1 }, cancellationToken);
            var shown = rows.Take(request.Size).ToList();
            var reasons = (await db.QueryEach<Why>(ReasonsSql, shown.Select(r => new { r.Id }), cancellationToken)).ToLookup(w => w.RatingId);
            return new Page(
                count.Flagged - count.Confirmed - count.Dismissed,
                count.Confirmed,
                count.Dismissed,
                [.. shown.Select(r => r.ToItem([.. reasons[r.Id].Select(w => new Reason(w.Signal, new Bilingual(w.Reason, w.ReasonEn), local.At(w.FlaggedAt)))], local))],
                rows.Count > request.Size ? shown[^1].Id.ToString() : null);
        }

        private sealed record Count(int Flagged, int Confirmed, int Dismissed);

        private sealed record Why(Guid RatingId, PraiseSignal Signal, string Reason, string ReasonEn, DateTimeOffset FlaggedAt);

        private sealed record Row(
            Guid Id, string WindowCode, string Name, string NameEn, DateTimeOffset RatedAt, Channel Channel, int Grade, string? Ticket, string? Comment,
            bool? Confirmed, string? Reason, string? DecidedBy, DateTimeOffset? DecidedAt)
        {
            public Item ToItem(IReadOnlyList<Reason> reasons, LocalTime local) => new(
                Id, WindowCode, new Bilingual(Name, NameEn), local.At(RatedAt), Channel, Grade, Ticket is not null, Comment, reasons,
                Confirmed is { } confirmed ? new Decision(confirmed, Reason!, DecidedBy!, local.At(DecidedAt!.Value)) : null);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/ratings/flags", async (Dispatcher dispatcher, CancellationToken ct, string state = nameof(FlagState.Open), string? cursor = null, int size = 50) =>
                (await dispatcher.Send(new ListRatingFlags(Enum.TryParse<FlagState>(state, ignoreCase: true, out var known) ? known : (FlagState)(-1), cursor, size), ct)).ToHttp()).RequireAuthorization(Access.Inspection);
    }
}

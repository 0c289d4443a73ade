using Feedback.Casework.Contacts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Ratings;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Ratings;

/// <summary>
/// A rating for who holds its receipt. The words are not repeated: a receipt is short, so that it can be copied by hand, and no key
/// to what somebody wrote.
/// </summary>
/// <param name="ReceiptCode">What the citizen kept of the rating.</param>
public sealed record ShowRating(string? ReceiptCode) : IQuery<ShowRating.View>
{
    /// <param name="Hall">Where it was.</param>
    /// <param name="HallEn">The same in English.</param>
    /// <param name="Window">At which window.</param>
    /// <param name="WindowEn">The same in English.</param>
    /// <param name="Grade">As it was given.</param>
    /// <param name="RatedAt">When, local.</param>
    /// <param name="AddedGrade">The grade of the supplement, if it has one.</param>
    /// <param name="AddedAt">When it was supplemented, local; null before.</param>
    /// <param name="Until">The last local day on which it can be supplemented; null when that is not offered.</param>
    /// <param name="CommentLength">Characters that the supplement may have.</param>
    /// <param name="MaySupplement">Whether it can be supplemented now.</param>
    /// <param name="Messages">What was written about it through the system, oldest first; without names.</param>
    /// <param name="MayAnswer">Whether a message waits for an answer.</param>
    public sealed record View(
        string Hall, string HallEn, string Window, string WindowEn, Grade Grade, DateTimeOffset RatedAt, Grade? AddedGrade, DateTimeOffset? AddedAt, DateOnly? Until, int CommentLength,
        bool MaySupplement, IReadOnlyList<Message> Messages, bool MayAnswer);

    /// <param name="Text">In full.</param>
    /// <param name="Own">Whether the citizen wrote it.</param>
    /// <param name="At">When, local.</param>
    public sealed record Message(string Text, bool Own, DateTimeOffset At);

    internal sealed class Handler(Db db, ReferenceData reference, ContactMessages messages, LocalTime local) : IRequestHandler<ShowRating, Outcome<View>>
    {
        private const string FindSql =
            """
            select h.name as hall, h.name_en as hall_en, w.name as window_name, w.name_en as window_name_en, r.grade, r.rated_at, s.grade as added_grade, s.added_at, b.case_number, c.state
            from rating r
            join service_window w on w.code = r.window_code
            join hall h on h.code = r.hall_code
            left join rating_supplement s on s.rating_id = r.id
            left join bad_rating b on b.rating_id = r.id
            left join case_file c on c.case_number = b.case_number
            where r.receipt = @receipt
            """;

        public async Task<Outcome<View>> Handle(ShowRating request, CancellationToken cancellationToken)
        {
            if (await db.SingleOrDefault<Row>(FindSql, new { receipt = PublicCode.Normalise(request.ReceiptCode) }, cancellationToken) is not { } rating) return RatingsRefusals.RatingUnknown;
            var policy = (await reference.Read(db, cancellationToken)).PolicyOn(local.Today);
            DateOnly? until = policy.Ratings is { } rules ? rules.LastDay(local.DayOf(rating.RatedAt)) : null;
            var written = rating.CaseNumber is { } number ? await messages.Of(number, cancellationToken) : [];
            return new View(
                rating.Hall, rating.HallEn, rating.WindowName, rating.WindowNameEn, rating.Grade, local.At(rating.RatedAt), rating.AddedGrade, local.At(rating.AddedAt), until,
                policy.Texts.RatingComment, rating.AddedAt is null && local.Today <= until,
                [.. written.Select(m => new Message(m.Text, m.By is null, m.At))], rating.State is { } state && ContactMessage.AwaitsAnswer(written, state));
        }

        private sealed record Row(
            string Hall, string HallEn, string WindowName, string WindowNameEn, Grade Grade, DateTimeOffset RatedAt, Grade? AddedGrade, DateTimeOffset? AddedAt, string? CaseNumber,
            CaseState? State);
    }
}

using System.Security.Claims;
using Feedback.Casework.Windows;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Ratings;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Ratings;

/// <summary>A bad rating and its loop, for a member of staff who may know of the case.</summary>
public sealed record ShowBadRating(Actor Actor, string CaseNumber) : IQuery<ShowBadRating.View>
{
    /// <param name="Window">Where the service was.</param>
    /// <param name="Grade">As it was given.</param>
    /// <param name="Tags">What was chosen.</param>
    /// <param name="Comment">The citizen's words.</param>
    /// <param name="RatedAt">When.</param>
    /// <param name="AtWindow">Whether the code of the window's screen proved that the citizen stood there.</param>
    /// <param name="Supplement">What the citizen added later, if anything.</param>
    /// <param name="HasContact">Whether there is a way to reach the citizen; never who it is.</param>
    /// <param name="Stage">Where the loop stands.</param>
    /// <param name="Outcome">What the verification came to; null before it.</param>
    /// <param name="DueAt">When the stage is due; null when nothing is awaited.</param>
    /// <param name="Checks">What the tags point at.</param>
    /// <param name="AppealBy">Until when the unit may appeal.</param>
    /// <param name="Appeal">The unit's appeal, once there is one.</param>
    /// <param name="Commands">What this caller can do now.</param>
    public sealed record View(
        Place Window, Grade Grade, IReadOnlyList<Chosen> Tags, string? Comment, DateTimeOffset RatedAt, bool AtWindow, Addition? Supplement, bool HasContact, BadRatingStage Stage, BadRatingOutcome? Outcome,
        DateTimeOffset? DueAt, IReadOnlyList<BadRatings.Check> Checks, DateTimeOffset AppealBy, BadRatings.UnitAppeal? Appeal,
        IReadOnlyList<BadRatingCommand> Commands);

    /// <param name="Code">The window's.</param>
    /// <param name="Name">In Chinese.</param>
    /// <param name="NameEn">In English.</param>
    public sealed record Place(string Code, string Name, string NameEn);

    /// <param name="Code">Of the national catalogue.</param>
    /// <param name="Text">In the reader's language.</param>
    public sealed record Chosen(string Code, string Text);

    /// <param name="Grade">Null when only a comment was added.</param>
    /// <param name="Comment">Null when only a grade was added.</param>
    /// <param name="AddedAt">When.</param>
    public sealed record Addition(Grade? Grade, string? Comment, DateTimeOffset AddedAt);

    internal sealed class Handler(Db db, BadRatings ratings, WindowDirectory windows, ReferenceData reference, LocalTime local) : IRequestHandler<ShowBadRating, Outcome<View>>
    {
        private const string RatingSql = "select window_code, grade, comment, rated_at, presence from rating where id = @id";
        private const string TagsSql = "select tag_code from rating_tag where rating_id = @id order by tag_code";
        private const string SupplementSql = "select grade, comment, added_at from rating_supplement where rating_id = @id";

        public async Task<Outcome<View>> Handle(ShowBadRating request, CancellationToken cancellationToken)
        {
            var found = await ratings.Find(request.CaseNumber, request.Actor, cancellationToken);
            if (found.Refusal is { } refusal) return refusal;
            var (loop, of) = (found.Value, new { id = found.Value.RatingId });
            var rated = await db.Single<Rated>(RatingSql, of, cancellationToken);
            var added = await db.SingleOrDefault<Addition>(SupplementSql, of, cancellationToken);
            var catalogue = (await reference.Read(db, cancellationToken)).TagsOn(local.DayOf(rated.RatedAt));
            var tags = (await db.Query<string>(TagsSql, of, cancellationToken)).Select(code => new Chosen(code, catalogue.Find(code)?.Text.ToString() ?? code));
            var window = (await windows.OfCode(rated.WindowCode, cancellationToken)).Value;
            return new View(
                new Place(window.Code, window.Name, window.NameEn), rated.Grade, [.. tags], rated.Comment, local.At(rated.RatedAt), rated.Presence is not null,
                added is null ? null : added with { AddedAt = local.At(added.AddedAt) },
                loop.Case.HasContact, loop.Stage, loop.Outcome, loop.Stage.IsOpen() ? local.At(loop.Case.DueAt) : null, loop.Checks, loop.AppealBy,
                loop.Appeal is { } appeal ? appeal with { AskedAt = local.At(appeal.AskedAt), DecideBy = local.At(appeal.DecideBy), DecidedAt = local.At(appeal.DecidedAt) } : null,
                [.. Enum.GetValues<BadRatingCommand>().Where(c => BadRatingRights.Refuse(c, loop, request.Actor, local.Now) is null)]);
        }

        private sealed record Rated(string WindowCode, Grade Grade, string? Comment, DateTimeOffset RatedAt, int? Presence);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/cases/{number}/rating", async (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ShowBadRating(user.Actor(), number), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

using System.Security.Claims;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Domain.Time;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Calendar;

/// <summary>What the clocks count by: the years that are known, and the days on which the caller's halls differ.</summary>
public sealed record ShowCalendar(Actor Actor) : IQuery<ShowCalendar.View>
{
    /// <param name="Years">The known ones, then the next one if it is not known.</param>
    /// <param name="Halls">The caller's hall, or all.</param>
    public sealed record View(IReadOnlyList<Year> Years, IReadOnlyList<Hall> Halls);

    /// <param name="Number">Such as 2026.</param>
    /// <param name="Notice">The notice; null while the year is counted by plain weekends.</param>
    public sealed record Year(int Number, CalendarYear? Notice);

    /// <param name="Code">The hall's code.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="OpeningHours">Such as 09:00-12:00,13:30-17:30.</param>
    /// <param name="Days">Its own days, the latest first.</param>
    public sealed record Hall(string Code, Bilingual Name, string OpeningHours, IReadOnlyList<HallDay> Days);

    internal sealed class Handler(Db db, ReferenceData reference, LocalTime local) : IRequestHandler<ShowCalendar, Outcome<View>>
    {
        private const string HallsSql = "select code, name, name_en, opening_hours from hall where @hall is null or code = @hall order by code";
        private const string DaysSql = "select hall_code, day, works, reason from hall_day where @hall is null or hall_code = @hall order by day desc";

        public async Task<Outcome<View>> Handle(ShowCalendar request, CancellationToken cancellationToken)
        {
            var known = (await reference.Read(db, cancellationToken)).Years;
            var numbers = known.Select(y => y.Year).Append(local.Today.Year).Append(local.Today.Year + 1).Distinct().OrderDescending();
            var args = new { hall = request.Actor.HallCode };
            var days = (await db.Query<DayRow>(DaysSql, args, cancellationToken)).ToLookup(d => d.HallCode, d => new HallDay(d.Day, d.Works, d.Reason));
            var halls = await db.Query<HallRow>(HallsSql, args, cancellationToken);
            return new View(
                [.. numbers.Select(n => new Year(n, known.FirstOrDefault(y => y.Year == n)))],
                [.. halls.Select(h => new Hall(h.Code, new Bilingual(h.Name, h.NameEn), h.OpeningHours, [.. days[h.Code]]))]);
        }

        private sealed record HallRow(string Code, string Name, string NameEn, string OpeningHours);

        private sealed record DayRow(string HallCode, DateOnly Day, bool Works, string Reason);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/calendar", async (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ShowCalendar(user.Actor()), ct)).ToHttp()).RequireAuthorization(Access.Staff);
    }
}

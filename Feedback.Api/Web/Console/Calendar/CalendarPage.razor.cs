using System.Globalization;
using System.Security.Claims;
using Feedback.Domain;
using Feedback.Features.Calendar;
using Feedback.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Calendar;

/// <summary>What the clocks count by: the years' notices and the halls' own days.</summary>
public partial class CalendarPage : IEndpoint
{
    [Parameter, EditorRequired]
    public required ShowCalendar.View Calendar { get; set; }

    [Parameter]
    public bool MayChange { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    /// <summary>What was typed, after a refusal.</summary>
    [Parameter]
    public Form? Typed { get; set; }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Place.Calendar.Address, (ClaimsPrincipal user, IAuthorizationService authorization, Dispatcher dispatcher, CancellationToken ct) =>
            Show(user, authorization, dispatcher, null, null, ct)).RequireAuthorization(Place.Calendar.Policy);

        routes.MapPost(Place.Calendar.Address, async Task<IResult> (
            [FromForm] string? hall, [FromForm] string? day, [FromForm] string? works, [FromForm] string? reason,
            ClaimsPrincipal user, IAuthorizationService authorization, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var form = new Form(hall, day, works, reason);
            var set = await dispatcher.Send(form.Command(user), ct);
            return set.Refusal is { } refusal ? await Show(user, authorization, dispatcher, refusal, form, ct) : new SeeOther(Place.Calendar.Address);
        }).RequireAuthorization(Access.Calendar);
    }

    private static async Task<RazorComponentResult<CalendarPage>> Show(
        ClaimsPrincipal user, IAuthorizationService authorization, Dispatcher dispatcher, Refusal? refusal, Form? typed, CancellationToken ct)
    {
        var calendar = (await dispatcher.Send(new ShowCalendar(user.Actor()), ct)).Value;
        var mayChange = (await authorization.AuthorizeAsync(user, Access.Calendar)).Succeeded;
        return new(new { Calendar = calendar, MayChange = mayChange, Refusal = refusal, Typed = typed }) { StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind) };
    }

    /// <summary>Runs of days as the notices write them: 01-01…01-03, 02-15.</summary>
    private static string Days(IReadOnlyList<DateOnly> days)
    {
        var runs = new List<(DateOnly From, DateOnly To)>();
        foreach (var day in days.Order())
        {
            if (runs.Count > 0 && runs[^1].To.AddDays(1) == day) runs[^1] = (runs[^1].From, day);
            else runs.Add((day, day));
        }

        return string.Join(", ", runs.Select(r => r.From == r.To ? Short(r.From) : $"{Short(r.From)}…{Short(r.To)}"));

        static string Short(DateOnly day) => day.ToString("MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>A day as typed.</summary>
    public sealed record Form(string? Hall, string? Day, string? Works, string? Reason)
    {
        internal SetHallDay Command(ClaimsPrincipal user) => new(
            user.Actor(),
            Hall ?? "",
            DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            bool.TryParse(Works, out var works) ? works : null,
            Reason);
    }
}

using System.Globalization;
using System.Security.Claims;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Features.Cases;
using Feedback.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Cases;

/// <summary>The board: red, yellow, green, each by its due instant. The address holds the view, so that it can be sent to a colleague.</summary>
public partial class BoardPage : IEndpoint
{
    [Parameter, EditorRequired]
    public required ListCases.Page Cases { get; set; }

    /// <summary>Over all pages.</summary>
    [Parameter, EditorRequired]
    public required CountCases.Totals Totals { get; set; }

    [Parameter]
    public Light? Light { get; set; }

    [Parameter]
    public CaseState? State { get; set; }

    [Parameter]
    public string? Cursor { get; set; }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Place.Cases.Address, async Task<IResult> (Light? light, CaseState? state, string? cursor, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var page = await dispatcher.Send(new ListCases(user.Actor(), light, state, cursor), ct);
            if (page.Refusal is { } refusal) return RefusedInside.Page(refusal);
            var totals = await dispatcher.Send(new CountCases(user.Actor(), state), ct);
            return new RazorComponentResult<BoardPage>(new { Cases = page.Value, Totals = totals.Value, Light = light, State = state, Cursor = cursor });
        }).RequireAuthorization(Access.Cases);

    private static string Address(Light? light, CaseState? state, string? cursor = null)
    {
        var query = new QueryBuilder();
        if (light is not null) query.Add("light", light.Value.ToString());
        if (state is not null) query.Add("state", state.Value.ToString());
        if (cursor is not null) query.Add("cursor", cursor);
        return Place.Cases.Address + query;
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A group of several pages says how much of it this page shows.</summary>
    private static string Share(int shown, int total) =>
        shown == total ? Number(total) : L($"{Number(total)},本页 {Number(shown)}", $"{Number(total)}, {Number(shown)} on this page");
}

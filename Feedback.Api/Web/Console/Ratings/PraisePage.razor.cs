using System.Security.Claims;
using Feedback.Domain;
using Feedback.Features.Ratings;
using Feedback.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Ratings;

/// <summary>Good ratings that may be faked, for inspectors: what was said, why it is suspected, and the decision.</summary>
public partial class PraisePage : IEndpoint
{
    [Parameter, EditorRequired]
    public required ListRatingFlags.Page Flags { get; set; }

    [Parameter]
    public FlagState State { get; set; }

    /// <summary>Why the form that was just sent was refused.</summary>
    [Parameter]
    public Refusal? Refusal { get; set; }

    /// <summary>Whose form that was, when it can still be decided.</summary>
    [Parameter]
    public Guid? Undecided { get; set; }

    /// <summary>What was typed into it.</summary>
    [Parameter]
    public string? Reason { get; set; }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup(Place.Praise.Address).RequireAuthorization(Access.Inspection);
        page.MapGet("", async Task<IResult> (Dispatcher dispatcher, CancellationToken ct, FlagState state = FlagState.Open, string? cursor = null) =>
        {
            var flags = await dispatcher.Send(new ListRatingFlags(state, cursor), ct);
            return flags.Match<IResult>(found => new RazorComponentResult<PraisePage>(new { Flags = found, State = state }), refusal => RefusedInside.Page(refusal));
        });

        page.MapPost("/{id:guid}", async Task<IResult> (Guid id, [FromForm] bool? confirmed, [FromForm] string? reason, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
        {
            if ((await dispatcher.Send(new DecideRatingFlag(user.Actor(), id, confirmed, reason), ct)).Refusal is not { } refusal) return new SeeOther(Place.Praise.Address);
            var flags = (await dispatcher.Send(new ListRatingFlags(), ct)).Value;
            var undecided = flags.Items.Any(i => i.Id == id) ? id : (Guid?)null;
            return new RazorComponentResult<PraisePage>(new { Flags = flags, State = FlagState.Open, Refusal = refusal, Undecided = undecided, Reason = reason }) { StatusCode = Problems.Status(refusal.Kind) };
        });
    }

    private static string At(FlagState state) => $"{Place.Praise.Address}?state={state}";

    private static string Name(FlagState state) => state switch
    {
        FlagState.Open => L("待定", "To be decided"),
        FlagState.Confirmed => L("已确认", "Confirmed"),
        FlagState.Dismissed => L("已排除", "Dismissed"),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}

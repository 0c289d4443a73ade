using System.Security.Claims;
using Feedback.Domain;
using Feedback.Features.Contacts;
using Feedback.Http;
using Feedback.Web.Citizen;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Contacts;

/// <summary>
/// Who filed a case, masked; writing to them without seeing it; asking to see it, the second person's decision, and the contact itself
/// for as long as it is granted.
/// </summary>
public partial class ContactPage : IEndpoint
{
    private const string Writes = "write";
    private const string Asks = "ask";

    [Parameter, EditorRequired]
    public required ShowContact.View View { get; set; }

    /// <summary>In clear, right after it was opened.</summary>
    [Parameter]
    public ReadContact.Revealed? Revealed { get; set; }

    /// <summary>Why the form that was just sent was refused.</summary>
    [Parameter]
    public Refusal? Refusal { get; set; }

    /// <summary>Which form that was: <see cref="Writes"/>, <see cref="Asks"/> or a request's key; null for a form that is not there any more.</summary>
    [Parameter]
    public string? Sent { get; set; }

    /// <summary>What was typed into it.</summary>
    [Parameter]
    public string? Typed { get; set; }

    private string Address => AddressOf(View.CaseNumber);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup(Place.Cases.Address + "/{number}/contact").RequireAuthorization(Access.Cases);
        page.MapGet("", (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) => Show(number, user, dispatcher, null, null, null, ct));

        page.MapPost("", async Task<IResult> (string number, [FromForm] string? reason, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            (await dispatcher.Send(new AskForContact(user.Actor(), number, reason), ct)).Refusal is { } refusal
                ? await Show(number, user, dispatcher, refusal, Asks, reason, ct)
                : new SeeOther(AddressOf(number)));

        page.MapPost("/messages", async Task<IResult> (string number, [FromForm] string? text, [FromForm] string? key, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            (await dispatcher.Send(new WriteToCitizen(user.Actor(), number, text) { IdempotencyKey = key }, ct)).Refusal is { } refusal
                ? await Show(number, user, dispatcher, refusal, Writes, text, ct)
                : new SeeOther(AddressOf(number)));

        page.MapPost("/{id:guid}", async Task<IResult> (string number, Guid id, [FromForm] bool? granted, [FromForm] string? note, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            (await dispatcher.Send(new DecideContactReveal(user.Actor(), number, id, granted, note), ct)).Refusal is { } refusal
                ? await Show(number, user, dispatcher, refusal, id.ToString(), note, ct)
                : new SeeOther(AddressOf(number)));

        // The answer to the form itself: what is shown in clear has no address that could be opened again.
        page.MapPost("/reading", async Task<IResult> (string number, HttpContext http, ClaimsPrincipal user, Dispatcher dispatcher, [FromForm] string? _, CancellationToken ct) =>
        {
            var opened = await dispatcher.Send(new ReadContact(user.Actor(), number), ct);
            if (opened.Refusal is { } refusal) return await Show(number, user, dispatcher, refusal, null, null, ct);
            var shown = await dispatcher.Send(new ShowContact(user.Actor(), number), ct);
            return shown.Match<IResult>(view => http.Private(new RazorComponentResult<ContactPage>(new { View = view, Revealed = opened.Value })), unknown => RefusedInside.Page(unknown));
        });
    }

    private static async Task<IResult> Show(string number, ClaimsPrincipal user, Dispatcher dispatcher, Refusal? refusal, string? sent, string? typed, CancellationToken ct)
    {
        var shown = await dispatcher.Send(new ShowContact(user.Actor(), number), ct);
        return shown.Match<IResult>(
            view =>
            {
                var there = sent switch
                {
                    Writes => view.MayWrite,
                    Asks => view.MayAsk,
                    _ => view.Requests.Any(r => r.Request.Id.ToString() == sent && r.MayDecide),
                };
                return new RazorComponentResult<ContactPage>(new { View = view, Refusal = refusal, Sent = there ? sent : null, Typed = typed }) { StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind) };
            },
            unknown => RefusedInside.Page(unknown));
    }

    private static string AddressOf(string number) => $"{Place.Cases.Address}/{Uri.EscapeDataString(number)}/contact";
}

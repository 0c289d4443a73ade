using System.Security.Claims;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Features.Cases;
using Feedback.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console;

/// <summary>One case. Its forms are sent to its own address: after a refusal the page stands there again, with the text kept.</summary>
public partial class CasePage : IEndpoint
{
    [Parameter, EditorRequired]
    public required ShowCase.View Case { get; set; }

    /// <summary>Why what was just asked was not done.</summary>
    [Parameter]
    public Refusal? Refusal { get; set; }

    /// <summary>The answer as typed, after a refusal.</summary>
    [Parameter]
    public string? Text { get; set; }

    private Lane Lane => Routing.LaneOf(Case.About, Case.Receiver);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var cases = routes.MapGroup(Place.Cases.Address).RequireAuthorization(Policies.Cases);
        cases.MapGet("/{number}", (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) => Show(number, user, dispatcher, null, null, ct));

        cases.MapPost("/{number}", async Task<IResult> (
            string number, [FromForm] CaseCommand command, [FromForm] string? text, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var refusal = command switch
            {
                CaseCommand.Accept => (await dispatcher.Send(new AcceptCase(user.Actor(), number), ct)).Refusal,
                _ => (await dispatcher.Send(new AnswerCase(user.Actor(), number, text), ct)).Refusal,
            };
            return refusal is null ? new SeeOther($"{Place.Cases.Address}/{Uri.EscapeDataString(number)}") : await Show(number, user, dispatcher, refusal, text, ct);
        });
    }

    private static async Task<IResult> Show(string number, ClaimsPrincipal user, Dispatcher dispatcher, Refusal? refusal, string? text, CancellationToken ct)
    {
        var found = await dispatcher.Send(new ShowCase(user.Actor(), number), ct);
        return found.Match<IResult>(
            view => new RazorComponentResult<CasePage>(new { Case = view, Refusal = refusal, Text = text }) { StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind) },
            unknown => RefusedInside.Page(unknown));
    }

    private string Standing(CaseClocks.Row clock) => clock.StoppedAt switch
    {
        null when Case.OpenMinutesLeft is { } left => L($"计时中,{Lengths.Left(left).Zh}", $"Running, {Lengths.Left(left).En}"),
        null => "—",
        { } at when at <= clock.DueAt => L($"按时,止于 {Dates.Table(at).Zh}", $"Met on {Dates.Table(at).En}"),
        { } at => L($"超期,止于 {Dates.Table(at).Zh}", $"Missed; ended on {Dates.Table(at).En}"),
    };

    private string Sentence(ShowCase.Happening happening) => happening.Kind switch
    {
        CaseEventKind.Filed => L("市民提交了投诉。", "The citizen filed the complaint."),
        CaseEventKind.Accepted when happening.Detail.DueAt is { } due => Promise(happening.Actor, due.ToOffset(happening.At.Offset)),
        CaseEventKind.Answered => L($"{happening.Actor} 答复了市民。", $"{happening.Actor} answered the citizen."),
        _ when InquirySentences.Of(happening) is { } told => told.ToString(),
        _ => Enum.Parse<EscalationStep>(happening.Detail.Step!).Sentence(Enum.Parse<ClockKind>(happening.Detail.Clock!), Lane).ToString(),
    };

    private static string Promise(string? who, DateTimeOffset due) =>
        L($"{who} 受理,承诺在 {Dates.Sentence(due).Zh}前答复。", $"{who} accepted the case and promised an answer by {Dates.Sentence(due).En}.");

    private static string Fired(DateTimeOffset at, DateTimeOffset due)
    {
        var late = Lengths.Late(at - due);
        return L($"应于 {Dates.Sentence(due).Zh}触发,{late.Zh}", $"Due {Dates.Sentence(due).En}; {late.En}");
    }
}

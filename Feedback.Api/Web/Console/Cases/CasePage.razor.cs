using System.Security.Claims;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Features.Cases;
using Feedback.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Cases;

/// <summary>One case. Its forms are sent to its own address: after a refusal the page stands there again, with what was typed.</summary>
public partial class CasePage : IEndpoint
{
    [Parameter, EditorRequired]
    public required ShowCase.View Case { get; set; }

    /// <summary>The form that was just sent and refused.</summary>
    [Parameter]
    public CaseForm? Sent { get; set; }

    private Lane Lane => Case.Lane;

    private Bilingual? Left => Case.OpenMinutesLeft is { } minutes ? Lengths.Left(minutes, Case.DueAt <= Local.Now) : null;

    /// <summary>The unit that is responsible now; above the units there is none.</summary>
    private string Unit => Lane == Lane.Hall && Case.Units.First(u => u.Code == Case.Unit) is var unit ? L(unit.Name, unit.NameEn) : "—";

    /// <summary>What was written into a form that the page offers no more.</summary>
    private string? Lost => Sent?.Command is { } command && Case.Commands.Contains(command) ? null : Sent?.Written;

    /// <summary>The promises with their last cycle; clocks that only wait for somebody are shown while they run.</summary>
    private IEnumerable<CaseClocks.Row> Clocks => Case.Clocks.GroupBy(c => c.Clock).Select(g => g.Last())
        .Where(c => c.Clock is not (ClockKind.Pause or ClockKind.HandOver or ClockKind.Arbitration) || c.StoppedAt is null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var cases = routes.MapGroup(Place.Cases.Address).RequireAuthorization(Access.Cases);
        cases.MapGet("/{number}", (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) => Show(number, user, dispatcher, null, ct));

        cases.MapPost("/{number}", async Task<IResult> (string number, IFormCollection posted, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var form = CaseForm.Read(user.Actor(), number, posted);
            if (await form.Send(dispatcher, ct) is { } refusal) return await Show(number, user, dispatcher, form with { Refusal = refusal }, ct);

            // A unit that refused a hand-over may not know of the case any more.
            var seen = await dispatcher.Send(new ShowCase(user.Actor(), number), ct);
            return new SeeOther(seen.Refusal is null ? $"{Place.Cases.Address}/{Uri.EscapeDataString(number)}" : Place.Cases.Address);
        });
    }

    private static async Task<IResult> Show(string number, ClaimsPrincipal user, Dispatcher dispatcher, CaseForm? sent, CancellationToken ct)
    {
        var found = await dispatcher.Open(user.Actor(), number, ct);
        return found.Match<IResult>(
            view => new RazorComponentResult<CasePage>(new { Case = view, Sent = sent }) { StatusCode = sent?.Refusal is { } refusal ? Problems.Status(refusal.Kind) : StatusCodes.Status200OK },
            unknown => RefusedInside.Page(unknown));
    }

    private string Standing(CaseClocks.Row clock) => clock.StoppedAt switch
    {
        null when Left is { } left && clock.DueAt == Case.DueAt => L($"计时中,{left.Zh}", $"Running, {left.En}"),
        null => L("计时中", "Running"),
        { } at when Case.State == CaseState.Paused && clock.Clock == ClockKind.Answer => L($"自 {Dates.Table(at).Zh} 暂停", $"Paused since {Dates.Table(at).En}"),
        { } at when Case.State == CaseState.Withdrawn && clock == Clocks.Last() => L($"随撤回停止,{Dates.Table(at).Zh}", $"Ended by the withdrawal on {Dates.Table(at).En}"),
        { } at when at <= clock.DueAt => L($"按时,止于 {Dates.Table(at).Zh}", $"Met on {Dates.Table(at).En}"),
        { } at => L($"超期,止于 {Dates.Table(at).Zh}", $"Missed; ended on {Dates.Table(at).En}"),
    };

    private static string Fired(DateTimeOffset at, DateTimeOffset due)
    {
        var late = Lengths.Late(at - due);
        return L($"应于 {Dates.Sentence(due).Zh}触发,{late.Zh}", $"Due {Dates.Sentence(due).En}; {late.En}");
    }
}

using System.Security.Claims;
using Feedback.Casework;
using Feedback.Casework.Inquiries;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Inquiries;
using Feedback.Domain.Staff;
using Feedback.Features.Cases;
using Feedback.Features.Inquiries;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Web.Citizen;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Inquiries;

/// <summary>Where a notice is ticked together, and a second demand approved.</summary>
public partial class NoticePage : IEndpoint
{
    [Parameter, EditorRequired]
    public required ShowCase.View Case { get; set; }

    /// <summary>The item's guide while a notice can be issued by this reader; null otherwise.</summary>
    [Parameter]
    public ServiceGuide? Guide { get; set; }

    /// <summary>Whether this reader decides on a second demand.</summary>
    [Parameter]
    public bool Decides { get; set; }

    [Parameter]
    public NoticeForm Form { get; set; } = new();

    [Parameter]
    public FormErrors Errors { get; set; } = FormErrors.None;

    private Inquiry Inquiry => Case.Inquiry!;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var cases = routes.MapGroup(Place.Register.Address).RequireAuthorization(Access.Cases);
        cases.MapGet("/{number}/notice", (string number, ClaimsPrincipal user, IAuthorizationService authorization, Dispatcher dispatcher, CancellationToken ct) =>
            Show(number, new NoticeForm(), null, user, authorization, dispatcher, ct));

        cases.MapPost("/{number}/notice", async Task<IResult> (string number, IFormCollection posted, ClaimsPrincipal user, IAuthorizationService authorization, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var form = NoticeForm.Read(posted);
            var issued = await dispatcher.Send(form.Command(user.Actor(), number), ct);
            return issued.Refusal is { } refusal
                ? await Show(number, form, refusal, user, authorization, dispatcher, ct)
                : new SeeOther(issued.Value.Address ?? $"{Place.Register.Address}/{Uri.EscapeDataString(number)}/notice");
        }).RequireAuthorization(Access.Register);

        cases.MapPost("/{number}/notice/{notice}/approval", async (string number, string notice, [FromForm] bool approved, [FromForm] string? reason, ClaimsPrincipal user, IAuthorizationService authorization, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var refusal = (await dispatcher.Send(new DecideDemand(user.Actor(), notice, approved, TextRules.OrNull(reason)), ct)).Refusal;
            return refusal is null ? new SeeOther($"{Place.Cases.Address}/{Uri.EscapeDataString(number)}") : await Show(number, new NoticeForm(), refusal, user, authorization, dispatcher, ct);
        });

        cases.MapPost("/{number}/deemed-acceptance", async (string number, [FromForm] bool confirmed, [FromForm] string? reason, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            (await dispatcher.Send(new DecideDeemedAcceptance(user.Actor(), number, confirmed, TextRules.OrNull(reason)), ct)).Match<IResult>(
                _ => new SeeOther($"{Place.Cases.Address}/{Uri.EscapeDataString(number)}"), refusal => RefusedInside.Page(refusal)));
    }

    private static async Task<IResult> Show(
        string number, NoticeForm form, Refusal? refusal, ClaimsPrincipal user, IAuthorizationService authorization, Dispatcher dispatcher, CancellationToken ct)
    {
        var actor = user.Actor();
        var found = await dispatcher.Send(new ShowCase(actor, number), ct);
        if (found.Refusal is { } unknown) return RefusedInside.Page(unknown);
        if (found.Value is not { Inquiry: { } inquiry } view) return RefusedInside.Page(CaseRefusals.CaseUnknown);
        var mayTell = view.Commands.Contains(CaseCommand.IssueNotice) && await Place.Register.IsOpenTo(user, authorization);
        var items = mayTell ? (await dispatcher.Send(new ShowRegister(actor), ct)).Value : null;
        var guide = items?.Own.Concat(items.Others).FirstOrDefault(i => i.Code == inquiry.ItemCode)?.Guide;
        var decides = actor.Role is Role.HallSupervisor or Role.BureauLeader && inquiry.Waiting?.AskedByLogin != actor.Login;
        return new RazorComponentResult<NoticePage>(new { Case = view, Guide = guide, Decides = decides, Form = form, Errors = FormErrors.Of(refusal) })
        {
            StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind),
        };
    }

    /// <summary>At first what was not handed over; after a refusal what was ticked.</summary>
    private bool IsMissing(GuideMaterial material) =>
        Form.Missing?.Contains(material.Name) ?? (Inquiry.Notices.Count == 0 && Inquiry.Materials.All(m => m.Name != material.Name));
}

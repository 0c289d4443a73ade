using System.Security.Claims;
using Feedback.Domain.Inquiries;
using Feedback.Features.Inquiries;
using Feedback.Http;
using Feedback.Web.Citizen;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Inquiries;

/// <summary>A one-time notice for printing, with the hash of the archived text at its foot.</summary>
public partial class NoticeSheet : IEndpoint
{
    [Parameter, EditorRequired]
    public required ShowNotice.Sheet Sheet { get; set; }

    private NoticeBody Content => Sheet.Content;

    private string Heading => Content.Refusal is null ? L("一次性告知单", "One-time notice") : L("不予受理告知单", "Notice of refusal");

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Place.Register.Address + "/{number}/notice/{notice}", async Task<IResult> (string number, string notice, ClaimsPrincipal user, HttpContext http, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var found = await dispatcher.Send(new ShowNotice(user.Actor(), notice), ct);
            return found.Refusal is null && found.Value.Content.CaseNumber == number
                ? http.Private(new RazorComponentResult<NoticeSheet>(new { Sheet = found.Value }))
                : RefusedInside.Page(InquiriesRefusals.NoticeUnknown);
        }).RequireAuthorization(Access.Cases);
}

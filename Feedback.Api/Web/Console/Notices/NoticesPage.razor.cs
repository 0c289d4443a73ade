using System.Security.Claims;
using Feedback.Features.Notices;
using Feedback.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Notices;

/// <summary>The bell's list.</summary>
public partial class NoticesPage : IEndpoint
{
    [Parameter, EditorRequired]
    public required ListNotices.Bell Bell { get; set; }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var notices = routes.MapGroup(Place.Notices.Address).RequireAuthorization(Access.Cases);
        notices.MapGet("", async (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            new RazorComponentResult<NoticesPage>(new { Bell = (await dispatcher.Send(new ListNotices(user.Actor()), ct)).Value }));

        // The form is bound for its token alone.
        notices.MapPost("", async (IFormCollection _, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            (await dispatcher.Send(new MarkNoticesRead(user.Actor()), ct)).Match<IResult>(_ => new SeeOther(Place.Notices.Address), refusal => RefusedInside.Page(refusal)));
    }
}

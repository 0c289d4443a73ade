using System.Security.Claims;
using Feedback.Domain;
using Feedback.Features.Halls;
using Feedback.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Halls;

/// <summary>The windows with what hangs at them: page, poster, code; a new code for roles that may issue one.</summary>
public partial class WindowsPage : IEndpoint
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<ListWindows.Row> Windows { get; set; }

    [Parameter]
    public bool MayReissue { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    private int Halls => Windows.Select(w => w.Hall).Distinct().Count();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Place.Windows.Address, (ClaimsPrincipal user, IAuthorizationService authorization, Dispatcher dispatcher, CancellationToken ct) =>
            Show(user, authorization, dispatcher, null, ct)).RequireAuthorization(Access.Staff);

        routes.MapPost(Place.Windows.Address, async Task<IResult> (
            [FromForm] string window, ClaimsPrincipal user, IAuthorizationService authorization, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var issued = await dispatcher.Send(new ReissueWindowToken(user.Actor(), window), ct);
            return issued.Refusal is { } refusal
                ? await Show(user, authorization, dispatcher, refusal, ct)
                : new SeeOther($"{Place.Windows.Address}#{issued.Value.Window}");
        }).RequireAuthorization(Access.Windows);
    }

    private static async Task<RazorComponentResult<WindowsPage>> Show(
        ClaimsPrincipal user, IAuthorizationService authorization, Dispatcher dispatcher, Refusal? refusal, CancellationToken ct)
    {
        var windows = await dispatcher.Send(new ListWindows(user.Actor()), ct);
        var mayReissue = (await authorization.AuthorizeAsync(user, Access.Windows)).Succeeded;
        return new(new { Windows = windows.Value, MayReissue = mayReissue, Refusal = refusal }) { StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind) };
    }

    private static string Consequence(ListWindows.Row window) => window.Token is null
        ? L("生成后即可打印海报。", "Its poster can be printed afterwards.")
        : L($"重新生成后,{window.Code} 窗口现在挂的二维码立即失效,须马上打印并更换海报;窗口有屏幕的,也要重新打开。", $"The code that hangs at {window.NameEn} stops working at once. Print and hang the new poster right away, and open its screen anew where it has one.");
}

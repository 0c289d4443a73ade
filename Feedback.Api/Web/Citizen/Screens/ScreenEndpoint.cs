using System.Security.Claims;
using Feedback.Features.Halls;
using Feedback.Http;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Feedback.Web.Citizen.Screens;

/// <summary>The screen at a window. Nobody is signed in on that device: the address is the key, and the console leads to it.</summary>
internal sealed class ScreenEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/screen/{key}", async (string key, HttpContext http, Site site, Dispatcher dispatcher, CancellationToken ct) =>
        {
            http.Response.OnStarting(TryAgain, http.Response);
            return http.Private((await dispatcher.Send(new ShowScreen(key, site.Address), ct)).Match<IResult>(
                screen => new RazorComponentResult<ScreenPage>(new { Screen = screen }),
                refusal => new RazorComponentResult<ScreenEndedPage>(new { Refusal = refusal }) { StatusCode = Problems.Status(refusal.Kind) }));
        }).AllowAnonymous();

        routes.MapGet("/windows/{code}/screen", async (string code, ClaimsPrincipal user, HttpContext http, Dispatcher dispatcher, CancellationToken ct) =>
            http.Private((await dispatcher.Send(new OpenScreen(user.Actor(), code), ct)).Match<IResult>(
                key => new SeeOther($"/screen/{key.Value}"),
                refusal => Answers.Page(refusal)))).RequireAuthorization(Access.Windows);
    }

    /// <summary>Nobody stands by to press a button: after a failure of ours the page opens itself again.</summary>
    private static Task TryAgain(object response)
    {
        if (response is HttpResponse { StatusCode: >= StatusCodes.Status500InternalServerError } failed) failed.Headers["Refresh"] = "10";
        return Task.CompletedTask;
    }
}

using System.Security.Claims;
using Feedback.Features.Halls;
using Feedback.Http;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Feedback.Web.Citizen.Posters;

/// <summary>The window's poster for printing.</summary>
internal sealed class PosterEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/windows/{code}/poster", async (string code, ClaimsPrincipal user, Site site, Dispatcher dispatcher, CancellationToken ct) =>
            (await dispatcher.Send(new WindowQrCode(user.Actor(), code, site.Address), ct)).Match(
                poster => new RazorComponentResult<PosterPage>(new { Poster = poster }),
                refusal => Answers.Page(refusal))).RequireAuthorization(Access.Staff);
}

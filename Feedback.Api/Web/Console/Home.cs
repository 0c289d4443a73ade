using System.Security.Claims;
using Feedback.Features.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace Feedback.Web.Console;

/// <summary>The console's endpoints that show no page of their own.</summary>
internal sealed class Home : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/console", async (ClaimsPrincipal user, IAuthorizationService authorization) =>
            Results.Redirect((await Place.Of(user, authorization))[0].Address)).RequireAuthorization(Access.Staff);

        routes.MapGet("/console/search", (string? number) =>
            Results.Redirect($"{Place.Cases.Address}/{Uri.EscapeDataString(number?.Trim() ?? "")}")).RequireAuthorization(Access.Cases);

        routes.MapPost("/console/language", ([FromForm] string lang, [FromForm] string? returnUrl, HttpContext context) =>
        {
            var cookie = CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(lang == "en-GB" ? lang : "zh-CN"));
            context.Response.Cookies.Append("lang", cookie, new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true });
            return SeeOther.Back(returnUrl, "/console");
        }).AllowAnonymous();

        // The form is bound for its token alone: without it another site could sign people out.
        routes.MapPost("/console/sign-out", async (IFormCollection _, HttpContext context, Dispatcher dispatcher) =>
        {
            if (context.User.Session() is { } session) await dispatcher.Send(new EndOwnSessions(context.User.Actor().Login, session, Others: false), context.RequestAborted);
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return new SeeOther("/console/sign-in");
        }).RequireAuthorization(Access.Staff);
    }
}

using Feedback.Domain;
using Feedback.Features.Staff;
using Feedback.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console;

/// <summary>Staff sign in by form. The form is sent to its own address, which carries where to go afterwards (<c>ReturnUrl</c>).</summary>
public partial class SignInPage : IEndpoint
{
    /// <summary>What was typed, after a refusal.</summary>
    [Parameter]
    public string? Login { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/console/sign-in", () => new RazorComponentResult<SignInPage>()).AllowAnonymous();

        routes.MapPost("/console/sign-in", async Task<IResult> (
            [FromForm] string? login, [FromForm] string? password, [FromQuery(Name = "ReturnUrl")] string? returnUrl, HttpContext context, Dispatcher dispatcher) =>
        {
            const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
            var who = await dispatcher.Send(new SignIn(login, password), context.RequestAborted);
            if (who.Refusal is { } refusal) return Page(login, refusal);
            await context.SignInAsync(scheme, who.Value.Principal(scheme));
            return SeeOther.Back(returnUrl, "/console");
        }).AllowAnonymous();
    }

    private static RazorComponentResult<SignInPage> Page(string? login, Refusal refusal) =>
        new(new { Login = login, Refusal = refusal }) { StatusCode = Problems.Status(refusal.Kind) };
}

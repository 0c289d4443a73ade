using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Features.Staff;
using Feedback.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Staff;

/// <summary>Staff sign in by form. The form is sent to its own address, which carries where to go afterwards (<c>ReturnUrl</c>).</summary>
public partial class SignInPage : IEndpoint
{
    private const string SignIn = "/console/sign-in";
    private const string OwnPassword = SignIn + "/password";
    private const string Code = SignIn + "/code";
    private const string Enrol = SignIn + "/second-factor";

    /// <summary>What was typed, after a refusal.</summary>
    [Parameter]
    public string? Login { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SignIn, () => new RazorComponentResult<SignInPage>()).AllowAnonymous();

        routes.MapPost(SignIn, async Task<IResult> (
            [FromForm] string? login, [FromForm] string? password, [FromQuery(Name = "ReturnUrl")] string? returnUrl, HttpContext context, Dispatcher dispatcher) =>
        {
            var check = await dispatcher.Send(new CheckPassword(login, password), context.RequestAborted);
            if (check.Refusal is { } refusal) return Page(login, refusal);
            var result = await dispatcher.Send(new EnterPassword(check.Value, VisitOf(context)), context.RequestAborted);
            if (result.Refusal is { } wrong) return Page(login, wrong);
            if (result.Value.Session is null) await context.SignInAsync(SignInSetup.HalfWay, new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, login!)], SignInSetup.HalfWay)));
            return await GoOn(result.Value, context, dispatcher, returnUrl);
        }).AllowAnonymous();

        routes.MapGet(OwnPassword, async Task<IResult> (HttpContext context) =>
            await HalfWay(context) is null ? new SeeOther(SignIn) : new RazorComponentResult<FirstPasswordPage>()).AllowAnonymous();

        routes.MapPost(OwnPassword, async Task<IResult> (
            [FromForm] string? newPassword, [FromForm] string? repeated, [FromQuery(Name = "ReturnUrl")] string? returnUrl, HttpContext context, Dispatcher dispatcher) =>
        {
            if (await HalfWay(context) is not { } login) return new SeeOther(SignIn);
            if (newPassword != repeated) return FirstPassword(WebRefusals.PasswordsDiffer);
            var replaced = await dispatcher.Send(new ReplaceFirstPassword(login, newPassword, VisitOf(context)), context.RequestAborted);
            if (replaced.Refusal == AccountRefusals.SignInFailed) return new SeeOther(SignIn);
            return replaced.Refusal is { } refusal ? FirstPassword(refusal) : await GoOn(replaced.Value, context, dispatcher, returnUrl);
        }).AllowAnonymous();

        routes.MapGet(Code, async Task<IResult> (HttpContext context) =>
            await HalfWay(context) is null ? new SeeOther(SignIn) : new RazorComponentResult<CodePage>()).AllowAnonymous();

        routes.MapPost(Code, async Task<IResult> ([FromForm] string? code, [FromQuery(Name = "ReturnUrl")] string? returnUrl, HttpContext context, Dispatcher dispatcher) =>
        {
            if (await HalfWay(context) is not { } login) return new SeeOther(SignIn);
            var result = await dispatcher.Send(new EnterCode(login, Typed.HalfWidth(code), VisitOf(context)), context.RequestAborted);
            return result.Refusal is { } refusal
                ? new RazorComponentResult<CodePage>(new { Refusal = refusal }) { StatusCode = Problems.Status(refusal.Kind) }
                : await Enter(context, dispatcher, result.Value.Session!, returnUrl);
        }).AllowAnonymous();

        routes.MapGet(Enrol, async Task<IResult> (HttpContext context, Dispatcher dispatcher) =>
            await HalfWay(context) is { } login ? await Propose(login, null, dispatcher, context) : new SeeOther(SignIn)).AllowAnonymous();

        routes.MapPost(Enrol, async Task<IResult> (
            [FromForm] string? code, [FromForm] string? proposal, [FromQuery(Name = "ReturnUrl")] string? returnUrl, HttpContext context, Dispatcher dispatcher) =>
        {
            if (await HalfWay(context) is not { } login) return new SeeOther(SignIn);
            var enrolled = await dispatcher.Send(new EnrolSecondFactor(login, proposal, Typed.HalfWidth(code), Visit: VisitOf(context)), context.RequestAborted);
            if (enrolled.Refusal is { } refusal) return await Propose(login, refusal, dispatcher, context);
            var next = await Enter(context, dispatcher, enrolled.Value.Session!, returnUrl);
            return new RazorComponentResult<CodePage>(new { enrolled.Value.RecoveryCodes, Next = next.Address });
        }).AllowAnonymous();
    }

    /// <summary>To the step that is missing, or inside.</summary>
    private static async Task<IResult> GoOn(SignInAnswer answer, HttpContext context, Dispatcher dispatcher, string? returnUrl) => answer.Step switch
    {
        SignInStep.SignedIn => await Enter(context, dispatcher, answer.Session!, returnUrl),
        SignInStep.NeedsPassword => At(OwnPassword, returnUrl),
        SignInStep.NeedsCode => At(Code, returnUrl),
        SignInStep.NeedsSecondFactor => At(Enrol, returnUrl),
        _ => new SeeOther(SignIn),
    };

    private static SeeOther At(string step, string? returnUrl) => new(step + QueryString.Create("ReturnUrl", returnUrl ?? ""));

    private static RazorComponentResult<FirstPasswordPage> FirstPassword(Refusal refusal) => new(new { Refusal = refusal }) { StatusCode = Problems.Status(refusal.Kind) };

    private static async Task<IResult> Propose(string login, Refusal? refusal, Dispatcher dispatcher, HttpContext context)
    {
        var proposed = await dispatcher.Send(new ProposeSecondFactor(login), context.RequestAborted);
        return proposed.Refusal is not null
            ? new SeeOther(SignIn)
            : new RazorComponentResult<CodePage>(new { Proposed = proposed.Value, Refusal = refusal }) { StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind) };
    }

    /// <summary>Whose password was right within the last minutes; null for nobody's.</summary>
    private static async Task<string?> HalfWay(HttpContext context) =>
        (await context.AuthenticateAsync(SignInSetup.HalfWay)).Principal?.FindFirstValue(ClaimTypes.NameIdentifier);

    private static async Task<SeeOther> Enter(HttpContext context, Dispatcher dispatcher, string session, string? returnUrl)
    {
        const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        var found = (await dispatcher.Send(new FindSession(session), context.RequestAborted)).Value;
        await context.SignOutAsync(SignInSetup.HalfWay);
        await context.SignInAsync(scheme, found.Actor.Principal(scheme, session));
        return SeeOther.Back(returnUrl, "/console");
    }

    private static Visit VisitOf(HttpContext context) => new(context.Request.Headers.UserAgent.ToString(), context.Connection.RemoteIpAddress?.ToString());

    private static RazorComponentResult<SignInPage> Page(string? login, Refusal refusal) =>
        new(new { Login = login, Refusal = refusal }) { StatusCode = Problems.Status(refusal.Kind) };
}

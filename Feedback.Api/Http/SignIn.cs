using System.Security.Claims;
using System.Text.Encodings.Web;
using Feedback.Domain.Staff;
using Feedback.Features.Staff;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Feedback.Http;

/// <summary>Who may come in; every endpoint names one of these or is public.</summary>
internal static class Policies
{
    public const string Staff = nameof(Staff);
    public const string Cases = nameof(Cases);
    public const string Statistics = nameof(Statistics);
    public const string Windows = nameof(Windows);
    public const string Audit = nameof(Audit);
    public const string Calendar = nameof(Calendar);
    public const string Rules = nameof(Rules);
    public const string Outbox = nameof(Outbox);
    public const string Register = nameof(Register);
    public const string Inspection = nameof(Inspection);

    /// <summary>One's own sign-in settings: by form only, never with a token.</summary>
    public const string Account = nameof(Account);

    /// <summary>Other people's accounts: the administrator, by form only.</summary>
    public const string Accounts = nameof(Accounts);

    /// <summary>What runs by the clock (<see cref="Dashboard"/>): the administrator, and the auditor who looks on; by form only.</summary>
    public const string Jobs = nameof(Jobs);
}

/// <summary>
/// Staff sign in by form (cookie), with an API token or with a token of the organisation's identity provider (both
/// <c>Authorization: Bearer</c>).
/// </summary>
internal static class SignInSetup
{
    public const string HalfWay = nameof(HalfWay);
    private const string ScopesClaim = "scopes";
    internal const string SessionClaim = "session";
    private const string CookieOrToken = nameof(CookieOrToken);

    /// <exception cref="Security.SetupException">The identity provider is set up by halves.</exception>
    public static void AddSignIn(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var openId = OpenIdSettings.Load(configuration, environment.IsDevelopment());
        var authentication = services.AddAuthentication(CookieOrToken);
        if (openId is not null)
        {
            services.AddSingleton(openId).AddSingleton<OpenIdKeys>();
            authentication.AddScheme<AuthenticationSchemeOptions, OpenIdTokens>(OpenIdTokens.Scheme, o => o.ForwardForbid = ApiTokens.Scheme);
        }

        authentication
            .AddPolicyScheme(CookieOrToken, null, o => o.ForwardDefaultSelector = context =>
            {
                var header = context.Request.Headers.Authorization.ToString();
                if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return CookieAuthenticationDefaults.AuthenticationScheme;
                return openId is not null && OpenIdTokens.Resembles(header) ? OpenIdTokens.Scheme : ApiTokens.Scheme;
            })
            .AddScheme<AuthenticationSchemeOptions, ApiTokens>(ApiTokens.Scheme, null)
            .AddCookie(o =>
            {
                o.Cookie.Name = "feedback-staff";
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                // One working day, however long a page refreshes itself.
                o.ExpireTimeSpan = TimeSpan.FromHours(10);
                o.SlidingExpiration = false;
                o.LoginPath = "/console/sign-in";
                o.Events.OnValidatePrincipal = Validate;
                o.Events.OnRedirectToLogin = c => Challenge(c, StatusCodes.Status401Unauthorized, Problems.SignInRequired);
                o.Events.OnRedirectToAccessDenied = c => Challenge(c, StatusCodes.Status403Forbidden, Problems.NotAllowed);
            })
            .AddCookie(HalfWay, o =>
            {
                o.Cookie.Name = "feedback-half-way";
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                o.ExpireTimeSpan = TimeSpan.FromMinutes(5);
                o.SlidingExpiration = false;
            });
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.Staff, p => p.RequireAuthenticatedUser().RequireAssertion(c => HasScope(c.User, Policies.Staff)))
            .AddPolicy(Policies.Cases, p => p.RequireRole(Names(Role.Handler, Role.UnitHead, Role.HallSupervisor, Role.BureauLeader, Role.Inspector, Role.Auditor)).RequireAssertion(c => HasScope(c.User, Policies.Cases)))
            .AddPolicy(Policies.Statistics, p => p.RequireRole(Names(Role.UnitHead, Role.HallSupervisor, Role.BureauLeader, Role.Inspector, Role.Auditor)).RequireAssertion(c => HasScope(c.User, Policies.Statistics)))
            .AddPolicy(Policies.Audit, p => p.RequireRole(Names(Role.Inspector, Role.Auditor)).RequireAssertion(c => HasScope(c.User, Policies.Audit)))
            .AddPolicy(Policies.Inspection, p => p.RequireRole(Names(Role.Inspector)).RequireAssertion(c => HasScope(c.User, Policies.Inspection)))
            .AddPolicy(Policies.Register, p => p.RequireRole(Names(Role.Handler, Role.UnitHead, Role.HallSupervisor)).RequireAssertion(c => HasScope(c.User, Policies.Register)))
            .AddPolicy(Policies.Rules, p => p.RequireRole(Names(Role.BureauLeader, Role.Inspector)).RequireAssertion(c => HasScope(c.User, Policies.Rules)))
            .AddPolicy(Policies.Calendar, p => p.RequireRole(Names(Role.BureauLeader)).RequireAssertion(c => HasScope(c.User, Policies.Calendar)))
            .AddPolicy(Policies.Windows, p => p.RequireRole(Names(Role.HallSupervisor, Role.Admin)).RequireAssertion(c => HasScope(c.User, Policies.Windows)))
            .AddPolicy(Policies.Outbox, p => p.RequireRole(Names(Role.Admin)).RequireAssertion(c => HasScope(c.User, Policies.Outbox)))
            .AddPolicy(Policies.Account, p => p.RequireClaim(SessionClaim))
            .AddPolicy(Policies.Accounts, p => p.RequireClaim(SessionClaim).RequireRole(Names(Role.Admin)));
        services.AddCascadingAuthenticationState();
    }

    public static ClaimsPrincipal Principal(this Actor actor, string scheme, string? session = null, IReadOnlyList<string>? scopes = null)
    {
        var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, actor.Login), new(ClaimTypes.Name, actor.Name), new(ClaimTypes.Role, actor.Role.ToString()) };
        if (actor.HallCode is { } hall) claims.Add(new Claim("hall", hall));
        if (actor.DepartmentCode is { } department) claims.Add(new Claim("department", department));
        if (actor.WindowCode is { } window) claims.Add(new Claim("window", window));
        if (scopes is not null) claims.Add(new Claim(ScopesClaim, string.Join(' ', scopes)));
        if (session is not null) claims.Add(new Claim(SessionClaim, session));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>The session's id; null for who comes with a token.</summary>
    public static string? Session(this ClaimsPrincipal user) => user.FindFirstValue(SessionClaim);

    private static bool HasScope(ClaimsPrincipal user, string policy) => user.FindFirstValue(ScopesClaim) is not { } scopes || scopes.Split(' ').Contains(policy);

    /// <summary>The account is read anew at every request: what ended or was changed holds at once.</summary>
    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        var (dispatcher, ct) = (context.HttpContext.RequestServices.GetRequiredService<Dispatcher>(), context.HttpContext.RequestAborted);
        if (context.Principal?.Session() is not { } id || await dispatcher.Send(new FindSession(id), ct) is not { Refusal: null, Value: var found })
        {
            context.RejectPrincipal();
            return;
        }

        if (found.Unseen) await dispatcher.Send(new NoteSession(id), ct);
        context.ReplacePrincipal(found.Actor.Principal(context.Scheme.Name, id));
    }

    /// <summary>Only behind a policy: a caller who is not signed in has no actor.</summary>
    public static Actor Actor(this ClaimsPrincipal user) => new(
        user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("This endpoint is not behind a policy."),
        user.FindFirstValue(ClaimTypes.Name)!,
        Enum.Parse<Role>(user.FindFirstValue(ClaimTypes.Role)!),
        user.FindFirstValue("hall"),
        user.FindFirstValue("department"),
        user.FindFirstValue("window"));

    private static string[] Names(params Role[] roles) => [.. roles.Select(r => r.ToString())];

    private static Task Challenge(RedirectContext<CookieAuthenticationOptions> context, int status, Domain.Refusal refusal)
    {
        if (Answers.IsApi(context.Request) || status == StatusCodes.Status403Forbidden)
        {
            return Answers.Write(context.HttpContext, refusal, status);
        }

        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}

/// <summary>API tokens: compared by their keyed hash, refused when expired, revoked or when their owner has left.</summary>
internal sealed class ApiTokens(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Dispatcher dispatcher)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "ApiToken";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = Request.Headers.Authorization.ToString()["Bearer ".Length..].Trim();
        var owner = await dispatcher.Send(new FindTokenOwner(token), Context.RequestAborted);
        if (owner.Refusal is null && owner.Value.UnusedToday) await dispatcher.Send(new NoteTokenUse(token), Context.RequestAborted);
        return owner.Match(
            found => AuthenticateResult.Success(new AuthenticationTicket(found.Owner.Principal(Scheme, null, found.Scopes), Scheme)),
            refusal => AuthenticateResult.Fail(refusal.Code));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Answers.Write(Context, Problems.SignInRequired, StatusCodes.Status401Unauthorized);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Answers.Write(Context, Problems.NotAllowed, StatusCodes.Status403Forbidden);
}

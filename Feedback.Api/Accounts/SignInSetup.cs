using System.Security.Claims;
using System.Text.Encodings.Web;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Feedback.Accounts;

/// <summary>
/// Staff sign in by form (cookie), with an API token or with a token of the organisation's identity provider (both
/// <c>Authorization: Bearer</c>).
/// </summary>
internal static class SignInSetup
{
    public const string HalfWay = nameof(HalfWay);
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
                o.Events.OnRedirectToLogin = c => Challenge(c, HttpRefusals.SignInRequired);
                o.Events.OnRedirectToAccessDenied = c => Answers.Write(c.HttpContext, DomainRefusals.NotAllowed);
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
            .AddPolicy(Access.Staff, p => p.RequireAuthenticatedUser().RequireAssertion(c => HasScope(c.User, Access.Staff)))
            .AddPolicy(Access.Cases, p => p.RequireRole(Names(Role.Handler, Role.UnitHead, Role.HallSupervisor, Role.BureauLeader, Role.Inspector, Role.Auditor)).RequireAssertion(c => HasScope(c.User, Access.Cases)))
            .AddPolicy(Access.Statistics, p => p.RequireRole(Names(Role.UnitHead, Role.HallSupervisor, Role.BureauLeader, Role.Inspector, Role.Auditor)).RequireAssertion(c => HasScope(c.User, Access.Statistics)))
            .AddPolicy(Access.Audit, p => p.RequireRole(Names(Role.Inspector, Role.Auditor)).RequireAssertion(c => HasScope(c.User, Access.Audit)))
            .AddPolicy(Access.Inspection, p => p.RequireRole(Names(Role.Inspector)).RequireAssertion(c => HasScope(c.User, Access.Inspection)))
            .AddPolicy(Access.Register, p => p.RequireRole(Names(Role.Handler, Role.UnitHead, Role.HallSupervisor)).RequireAssertion(c => HasScope(c.User, Access.Register)))
            .AddPolicy(Access.Rules, p => p.RequireRole(Names(Role.BureauLeader, Role.Inspector)).RequireAssertion(c => HasScope(c.User, Access.Rules)))
            .AddPolicy(Access.Calendar, p => p.RequireRole(Names(Role.BureauLeader)).RequireAssertion(c => HasScope(c.User, Access.Calendar)))
            .AddPolicy(Access.Windows, p => p.RequireRole(Names(Role.HallSupervisor, Role.Admin)).RequireAssertion(c => HasScope(c.User, Access.Windows)))
            .AddPolicy(Access.Outbox, p => p.RequireRole(Names(Role.Admin)).RequireAssertion(c => HasScope(c.User, Access.Outbox)))
            .AddPolicy(Access.Account, p => p.RequireClaim(Callers.SessionClaim))
            .AddPolicy(Access.Accounts, p => p.RequireClaim(Callers.SessionClaim).RequireRole(Names(Role.Admin)));
        services.AddCascadingAuthenticationState();
    }

    private static bool HasScope(ClaimsPrincipal user, string policy) => user.FindFirstValue(Callers.ScopesClaim) is not { } scopes || scopes.Split(' ').Contains(policy);

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

    private static string[] Names(params Role[] roles) => [.. roles.Select(r => r.ToString())];

    private static Task Challenge(RedirectContext<CookieAuthenticationOptions> context, Domain.Refusal refusal)
    {
        if (Answers.IsApi(context.Request)) return Answers.Write(context.HttpContext, refusal);
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
        return Answers.Write(Context, HttpRefusals.SignInRequired);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Answers.Write(Context, DomainRefusals.NotAllowed);
}

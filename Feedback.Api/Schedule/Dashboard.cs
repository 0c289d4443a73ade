using Feedback.Domain.Staff;
using Feedback.Http;
using Hangfire;
using Hangfire.Dashboard;

namespace Feedback.Schedule;

/// <summary>
/// Hangfire's dashboard, behind the console's sign-in (<see cref="Access.Jobs"/>): the administrator may start jobs, the
/// auditor looks on. Never "requests of this machine", as Hangfire has it by default: a proxy on the same machine would be one.
/// </summary>
internal static class Dashboard
{
    public const string Address = "/hangfire";

    /// <summary>The one style that a script of the dashboard's writes into the page, for its graph; it is let through by its hash.</summary>
    private const string GraphStyle = "'sha256-z7zcnw/4WalZqx+PrNaRnoeLz/G9WXuFqV1WCJ129sg='";

    /// <summary>Its own files bring a font of symbols and a picture inside a style sheet.</summary>
    public static readonly string ContentPolicy = SecurityHeaders.ContentPolicy
        .Replace("img-src 'self'", "img-src 'self' data:; font-src 'self'", StringComparison.Ordinal)
        .Replace("style-src 'self'", "style-src 'self' " + GraphStyle, StringComparison.Ordinal);

    /// <param name="services">After the sign-in.</param>
    /// <param name="isHere">False where this process has nothing to show: then nobody is let in, and no link is shown.</param>
    public static void AddDashboardPolicy(this IServiceCollection services, bool isHere) => services.AddAuthorizationBuilder().AddPolicy(Access.Jobs, policy =>
    {
        if (isHere) policy.RequireClaim(Callers.SessionClaim).RequireRole(nameof(Role.Admin), nameof(Role.Auditor));
        else policy.RequireAssertion(_ => false);
    });

    /// <param name="routes">Of an application with Hangfire's services; without them there is nothing to show and no such endpoint.</param>
    /// <param name="back">Where its link back leads; null for none.</param>
    public static void MapDashboard(this IEndpointRouteBuilder routes, string? back)
    {
        if (routes.ServiceProvider.GetService<JobStorage>() is null) return;
        routes.MapHangfireDashboard(Address, new DashboardOptions
        {
            Authorization = [new ChangesByHand(routes.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Dashboard).FullName!))],
            IsReadOnlyFunc = dashboard => !dashboard.GetHttpContext().User.IsInRole(nameof(Role.Admin)),
            AppPath = back,
            DashboardTitle = "Feedback · Hangfire",
            // What it asks for by itself counts among the caller's requests.
            StatsPollingInterval = 5000,
            DisplayStorageConnectionString = false,
        }).RequireAuthorization(Access.Jobs);
    }

    /// <summary>
    /// What is changed by hand is in the log with the account. Nobody takes a recurring job out of the registry: nothing would be
    /// escalated any more until the next start.
    /// </summary>
    private sealed class ChangesByHand(ILogger log) : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context)
        {
            var http = context.GetHttpContext();
            if (!HttpMethods.IsPost(http.Request.Method) || http.Request.Path.StartsWithSegments("/stats")) return true;
            var (login, path, refused) = (http.User.Actor().Login, http.Request.Path.ToUriComponent(), http.Request.Path.StartsWithSegments("/recurring/remove"));
            log.LogInformation("{Login} asked Hangfire's dashboard for {Path}, refused: {Refused}.", login, path, refused);
            return !refused;
        }
    }
}

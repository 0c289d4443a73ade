using Feedback.Domain.Policies;
using Feedback.Schedule;

namespace Feedback.Http;

/// <summary>
/// What every answer tells the browser: run nothing and load nothing but our own files, be framed nowhere, guess no types, hand no
/// address on, and keep nothing unless the answer says otherwise itself (files and fresh forms do).
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>No inline script or style anywhere, and no foreign host.</summary>
    public const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private const string OneYear = "max-age=31536000";

    /// <summary>Ahead of everything that answers. Set as the answer starts: a failure clears what was set before it.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Set, context);
        return next(context);
    });

    private static Task Set(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = IsDashboard(context.Request) ? Dashboard.ContentPolicy : ContentPolicy;
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = OneYear;
        return Task.CompletedTask;
    }

    /// <summary>Inside the dashboard its own part of the path is the base.</summary>
    private static bool IsDashboard(HttpRequest request) => request.PathBase.Add(request.Path).StartsWithSegments(Dashboard.Address);
}

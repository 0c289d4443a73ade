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
    /// <param name="others">Where pages that are not ours need another content policy, and which.</param>
    public static void UseSecurityHeaders(this IApplicationBuilder app, params (PathString Below, string Policy)[] others) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() => Set(context, others));
        return next(context);
    });

    private static Task Set(HttpContext context, (PathString Below, string Policy)[] others)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = PolicyOf(context.Request, others);
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = OneYear;
        return Task.CompletedTask;
    }

    /// <summary>Where such pages are mapped as a branch, their own part of the path is the base.</summary>
    private static string PolicyOf(HttpRequest request, (PathString Below, string Policy)[] others) =>
        others.FirstOrDefault(o => request.PathBase.Add(request.Path).StartsWithSegments(o.Below)).Policy ?? ContentPolicy;
}

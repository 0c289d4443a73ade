using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Http;

/// <summary>
/// A browser's request that changes something and that another site made is refused, whatever it carries: the citizen's forms
/// have no antiforgery token, and some calls have no body whose type could be refused. Programs say nothing about a site and pass.
/// </summary>
internal static class CrossSite
{
    public static void UseCrossSiteRefusal(this IApplicationBuilder app) => app.Use((context, next) =>
        IsSafe(context.Request.Method) || IsOurs(context.Request) ? next(context) : Answers.Write(context, HttpRefusals.CrossSite));

    /// <summary>A form of staff without its token is refused before its endpoint is reached, whether the endpoint reads the form or not.</summary>
    public static void UseForgeryRefusal(this IApplicationBuilder app) => app.Use((context, next) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false, Error: var forged }
            ? throw new BadHttpRequestException("The form has no valid token.", StatusCodes.Status400BadRequest, forged!)
            : next(context));

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>Browsers say it in one header over HTTPS; older ones, and all of them over plain HTTP, name the origin.</summary>
    private static bool IsOurs(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site is "same-origin" or "none";
        if (request.Headers.Origin.ToString() is not { Length: > 0 } origin) return true;
        return Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && (Is(from, request.Host) || Is(from, HostString.FromUriComponent(request.HttpContext.RequestServices.GetRequiredService<Site>().Address)));
    }

    private static bool Is(Uri origin, HostString host) => HostString.FromUriComponent(origin).Equals(host);
}

using Feedback.Domain;
using Microsoft.AspNetCore.Diagnostics;

namespace Feedback.Http;

/// <summary>A refusal in the form its reader understands: problem details under /api, a friendly page elsewhere.</summary>
internal static class Answers
{
    public static Task Write(HttpContext context, Refusal refusal)
    {
        if (IsApi(context.Request)) return Problems.Refused(refusal).ExecuteAsync(context);
        var pages = context.RequestServices.GetRequiredService<IRefusalPages>();
        var page = IsInsideConsole(context) && !IsOurFault(refusal) ? pages.InsideConsole(refusal) : pages.ForCitizen(refusal);
        return page.ExecuteAsync(context);
    }

    /// <summary>What the framework refused with a bare status gets the body of a refusal.</summary>
    public static Task Bare(StatusCodeContext context) => context.HttpContext.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest => Write(context.HttpContext, HttpRefusals.BodyMalformed),
        StatusCodes.Status404NotFound => Write(context.HttpContext, HttpRefusals.NotFound),
        StatusCodes.Status405MethodNotAllowed => Write(context.HttpContext, HttpRefusals.MethodNotAllowed),
        StatusCodes.Status413PayloadTooLarge => Write(context.HttpContext, HttpRefusals.BodyTooLarge),
        StatusCodes.Status415UnsupportedMediaType => Write(context.HttpContext, HttpRefusals.ContentTypeUnsupported),
        _ => Task.CompletedTask,
    };

    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api");

    /// <summary>After a failure of ours the console's frame could fail again.</summary>
    private static bool IsOurFault(Refusal refusal) => Problems.Status(refusal.Kind) >= StatusCodes.Status500InternalServerError;

    /// <summary>Whoever is signed in stays inside.</summary>
    private static bool IsInsideConsole(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/console") && context.User.Identity is { IsAuthenticated: true };

    /// <summary>The friendly page, as an endpoint's result.</summary>
    public static IResult Page(Refusal refusal) => new RefusalPage(refusal);

    /// <summary>It tells its status, by which the doors that a code opens count a guess.</summary>
    private sealed class RefusalPage(Refusal refusal) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => Problems.Status(refusal.Kind);

        public Task ExecuteAsync(HttpContext httpContext) =>
            httpContext.RequestServices.GetRequiredService<IRefusalPages>().ForCitizen(refusal).ExecuteAsync(httpContext);
    }
}

/// <summary>The pages that tell a person of a refusal; the pages' own folder makes them.</summary>
internal interface IRefusalPages
{
    /// <summary>For whoever is not signed in, in plain words with what to do next.</summary>
    IResult ForCitizen(Refusal refusal);

    /// <summary>For staff, in the console's frame.</summary>
    IResult InsideConsole(Refusal refusal);
}

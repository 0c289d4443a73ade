using Microsoft.AspNetCore.Http.Features;

namespace Feedback.Http;

/// <summary>The largest body of a request. The server counts what comes in pieces; what says its length is refused before it is read.</summary>
internal static class BodyLimit
{
    public const long Bytes = 64 * 1024;

    public static void UseBodyLimit(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.ContentLength is not > Bytes) return next(context);

        // The server cuts the connection of a body over its limit, and the answer can be lost with it. Without the limit it
        // reads on for a few seconds and throws away what it reads.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        return Answers.Write(context, Problems.TooLarge, StatusCodes.Status413PayloadTooLarge);
    });
}

using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Feedback.Http;

/// <summary>The largest body of a request, unless its endpoint takes larger ones. The server counts what comes in pieces; what says its length is refused before it is read.</summary>
internal static class BodyLimit
{
    public const long Bytes = 64 * 1024;

    public static void UseBodyLimit(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var largest = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? Bytes;
        if (Uploads.IsBeside(context)) context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = largest = Bytes;
        if (context.Request.ContentLength is not { } length || length <= largest) return next(context);

        // The server cuts the connection of a body over its limit, and the answer can be lost with it. Without the limit it
        // reads on for a few seconds and throws away what it reads.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        return Answers.Write(context, HttpRefusals.BodyTooLarge);
    });
}

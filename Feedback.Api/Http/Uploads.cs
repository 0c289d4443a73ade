using Feedback.Domain.Cases;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Feedback.Http;

/// <summary>
/// The endpoints that take pictures. Their multipart forms may be large; they are read into memory, never into a temporary file, where
/// what somebody sent in confidence would lie open. So only a few are taken at once, and none that drips.
/// </summary>
internal static class Uploads
{
    /// <summary>Five pictures and the words beside them.</summary>
    private const long Bytes = 26 * 1024 * 1024;

    private const int AtOnce = 16;

    private static readonly MinDataRate Slowest = new(bytesPerSecond: 8 * 1024, gracePeriod: TimeSpan.FromSeconds(20));

    public static RouteHandlerBuilder TakesPictures(this RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new RequestSizeLimitAttribute(Bytes), new Marker())
        .WithFormOptions(memoryBufferThreshold: (int)Bytes, valueCountLimit: 64, valueLengthLimit: (int)BodyLimit.Bytes, multipartBodyLengthLimit: Bytes);

    /// <summary>The files of the form; a field where none was chosen is sent as an empty one without a name.</summary>
    public static IReadOnlyList<Stream> Pictures(this IFormFileCollection files) => [.. files.Chosen().Select(f => f.OpenReadStream())];

    /// <summary>Whether files came with the form.</summary>
    public static bool HasPictures(this IFormCollection posted) => posted.Files.Chosen().Any();

    /// <summary>Whether what comes to an endpoint that takes pictures cannot hold any, and so has no reason to be large.</summary>
    public static bool IsBeside(HttpContext context) => IsDoor(context) && !IsMultipart(context.Request);

    /// <summary>After the rate limits and the refusal of what is too large.</summary>
    /// <exception cref="BusyException">As many as can be taken are on their way.</exception>
    public static void UseUploads(this IApplicationBuilder app)
    {
        var places = new SemaphoreSlim(AtOnce);
        app.Use((context, next) => !IsDoor(context) || context.Request.ContentLength <= BodyLimit.Bytes ? next(context) : InOneOf(places, context, next));
    }

    private static async Task InOneOf(SemaphoreSlim places, HttpContext context, RequestDelegate next)
    {
        if (!await places.WaitAsync(TimeSpan.Zero, context.RequestAborted)) throw new BusyException();
        try
        {
            if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = Slowest;
            await next(context);
        }
        finally
        {
            places.Release();
        }
    }

    private static bool IsDoor(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<Marker>() is not null;

    private static bool IsMultipart(HttpRequest request) => request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;

    private static IEnumerable<IFormFile> Chosen(this IFormFileCollection files) =>
        files.GetFiles(PictureRules.Field).Where(f => f.Length > 0 || f.FileName.Length > 0);

    private sealed class Marker;
}

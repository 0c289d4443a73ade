namespace Feedback.Http;

/// <summary>
/// A picture that somebody sent, as a browser may show it: a JPEG and never anything else, in a sandbox where nothing runs or loads,
/// kept nowhere.
/// </summary>
/// <param name="name">The file's name: ASCII without quotes.</param>
/// <param name="jpeg">The file.</param>
internal sealed class PictureAnswer(string name, byte[] jpeg) : IResult
{
    private const string ContentPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "image/jpeg";
        response.ContentLength = jpeg.Length;
        response.Headers.ContentDisposition = $"inline; filename=\"{name}\"";
        response.Headers.ContentSecurityPolicy = ContentPolicy;
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(jpeg, httpContext.RequestAborted);
    }
}

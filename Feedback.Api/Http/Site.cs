namespace Feedback.Http;

/// <summary>
/// The address that citizens reach: configuration <c>PublicAddress</c>, else the one this request came to. Printed codes carry it,
/// so a production site sets it.
/// </summary>
internal sealed class Site(IConfiguration configuration, IHttpContextAccessor context)
{
    public Uri Address =>
        configuration["PublicAddress"] is { Length: > 0 } configured
            ? new Uri(configured)
            : context.HttpContext is { Request: var request }
                ? new Uri($"{request.Scheme}://{request.Host}")
                : throw new InvalidOperationException("Outside a request the public address must be configured.");
}

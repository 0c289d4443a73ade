namespace Feedback.Pipeline;

/// <summary>Where a request came from, as the request told it; only keyed hashes of it are ever stored.</summary>
/// <param name="Device">What the device calls itself: the page's cookie, the X-Device header or the caller's token; null when it has no name.</param>
/// <param name="Network">The network address; null when there is none.</param>
public sealed record RequestSource(string? Device, string? Network);

namespace Feedback.Accounts;

/// <summary>What a sign-in says of the device it comes from.</summary>
/// <param name="UserAgent">As the browser names itself.</param>
/// <param name="Network">The network address; only its keyed hash is stored.</param>
internal sealed record Visit(string? UserAgent, string? Network);

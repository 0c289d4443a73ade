namespace Feedback.Domain.Staff;

/// <summary>
/// What an API token may be limited to: the names of the endpoints' policies. A token opens an endpoint when its owner's role does and its
/// scopes hold the endpoint's policy. Sign-in settings and accounts are no scope: no token reaches them.
/// </summary>
public static class TokenScopes
{
    public static readonly IReadOnlyList<string> All = ["Staff", "Cases", "Register", "Statistics", "Windows", "Audit", "Calendar", "Rules", "Outbox", "Inspection"];

    /// <summary>As they are stored; null stands for all.</summary>
    public static string? Write(IReadOnlyList<string>? scopes) => scopes is null ? null : string.Join(' ', All.Intersect(scopes));

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static IReadOnlyList<string>? Read(string? stored) => stored?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

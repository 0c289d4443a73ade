using System.Security.Claims;
using Feedback.Domain.Staff;

namespace Feedback.Http;

/// <summary>A member of staff as the claims of a request, and back.</summary>
internal static class Callers
{
    public const string ScopesClaim = "scopes";
    public const string SessionClaim = "session";

    public static ClaimsPrincipal Principal(this Actor actor, string scheme, string? session = null, IReadOnlyList<string>? scopes = null)
    {
        var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, actor.Login), new(ClaimTypes.Name, actor.Name), new(ClaimTypes.Role, actor.Role.ToString()) };
        if (actor.HallCode is { } hall) claims.Add(new Claim("hall", hall));
        if (actor.DepartmentCode is { } department) claims.Add(new Claim("department", department));
        if (actor.WindowCode is { } window) claims.Add(new Claim("window", window));
        if (scopes is not null) claims.Add(new Claim(ScopesClaim, string.Join(' ', scopes)));
        if (session is not null) claims.Add(new Claim(SessionClaim, session));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>The session's id; null for who comes with a token.</summary>
    public static string? Session(this ClaimsPrincipal user) => user.FindFirstValue(SessionClaim);

    /// <summary>Only behind a policy: a caller who is not signed in has no actor.</summary>
    public static Actor Actor(this ClaimsPrincipal user) => new(
        user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("This endpoint is not behind a policy."),
        user.FindFirstValue(ClaimTypes.Name)!,
        Enum.Parse<Role>(user.FindFirstValue(ClaimTypes.Role)!),
        user.FindFirstValue("hall"),
        user.FindFirstValue("department"),
        user.FindFirstValue("window"));
}

using System.Security.Cryptography;
using Feedback.Pipeline;

namespace Feedback.Http;

/// <summary>
/// How a device is told from another: by a random first-party cookie on the page, else by the X-Device header, else by the token
/// that the caller signs in with. Nothing about the device itself is read.
/// </summary>
internal static class Devices
{
    private const string Cookie = "feedback-device";
    private const int CookieLength = 32;
    private const int LongestCounted = 128;

    /// <summary>Gives a device without a name one, for a day: the limits it serves are counted by the day or less.</summary>
    public static void NameDevice(this HttpContext http)
    {
        if (http.Request.Cookies.ContainsKey(Cookie)) return;
        http.Response.Cookies.Append(Cookie, RandomNumberGenerator.GetHexString(CookieLength, lowercase: true), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(1),
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        });
    }

    public static RequestSource Source(this HttpRequest request)
    {
        var device = request.Cookies[Cookie] ?? Header(request, "X-Device") ?? Header(request, "Authorization");
        return new RequestSource(device, request.HttpContext.Connection.RemoteIpAddress?.ToString());
    }

    /// <summary>The device for counting in memory: whoever makes up a long name counts as nameless.</summary>
    public static string? CountedDevice(this HttpRequest request) => request.Source().Device is { Length: <= LongestCounted } name ? name : null;

    private static string? Header(HttpRequest request, string name) => request.Headers[name].ToString() is { Length: > 0 } value ? value : null;
}

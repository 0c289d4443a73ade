using System.Text.RegularExpressions;
using Feedback.Domain.Ratings;

namespace Feedback.Web.Citizen.Ratings;

/// <summary>What the page after a rating shows. It travels in a cookie of minutes: a receipt is its holder's and stays out of addresses and logs.</summary>
/// <param name="Grade">The grade given.</param>
/// <param name="Code">In groups of four.</param>
public sealed partial record RatingReceipt(Grade Grade, string Code)
{
    private const string Cookie = "rated";

    /// <summary>Null when the cookie is gone or was never accepted; the page then thanks without it.</summary>
    internal static RatingReceipt? Read(HttpContext http) =>
        Shape().Match(http.Request.Cookies[Cookie] ?? "") is { Success: true } found
            ? new RatingReceipt((Grade)(found.Groups[1].Value[0] - '0'), found.Groups[2].Value)
            : null;

    internal void Keep(HttpContext http) => http.Response.Cookies.Append(
        Cookie,
        $"{(int)Grade}.{Code}",
        new CookieOptions { MaxAge = TimeSpan.FromMinutes(10), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/w", IsEssential = true });

    [GeneratedRegex("^([1-5])\\.([0-9A-Z]{4}-[0-9A-Z]{4})$")]
    private static partial Regex Shape();
}

using Microsoft.AspNetCore.Localization;

namespace Feedback.Web;

/// <summary>
/// How a visitor reads: the language (<c>?lang=</c>) and the size of type (<c>?type=large</c>, <c>?type=standard</c>). What the
/// address asks for holds at once and, by cookie, from then on.
/// </summary>
internal static class Reading
{
    private const string TypeCookie = "type";
    private const string Large = "large";
    private const string Standard = "standard";

    /// <summary>Behind the localisation, which has read the language by then.</summary>
    public static void UseReading(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IRequestCultureFeature>() is { Provider: QueryStringRequestCultureProvider, RequestCulture: var asked })
        {
            Keep(context, "lang", CookieRequestCultureProvider.MakeCookieValue(asked));
        }

        if (context.Request.Query[TypeCookie].ToString() is Large or Standard) Keep(context, TypeCookie, context.Request.Query[TypeCookie].ToString());
        return next(context);
    });

    public static bool IsLarge(HttpContext context) => (context.Request.Query[TypeCookie].ToString(), context.Request.Cookies[TypeCookie]) switch
    {
        (Large, _) => true,
        (Standard, _) => false,
        (_, var kept) => kept == Large,
    };

    private static void Keep(HttpContext context, string name, string value) => context.Response.Cookies.Append(
        name, value, new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true });
}

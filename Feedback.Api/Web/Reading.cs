using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;

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

    /// <summary>For a page that holds what its address does not: with these parts of the query another language or type opens it as it is.</summary>
    public static void OpenWith(HttpContext context, params IEnumerable<(string Name, string Value)> query) => context.Items[typeof(Reading)] = query;

    /// <summary>The query that opens this page as it is, in another language or type.</summary>
    public static IEnumerable<KeyValuePair<string, StringValues>> Query(HttpContext context, string name, string value)
    {
        var changed = ((context.Items[typeof(Reading)] as IEnumerable<(string Name, string Value)>) ?? []).Append((name, value)).ToDictionary(c => c.Item1, c => new StringValues(c.Item2));
        return context.Request.Query.Where(q => !changed.ContainsKey(q.Key)).Concat(changed);
    }

    private static void Keep(HttpContext context, string name, string value) => context.Response.Cookies.Append(
        name, value, new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true });
}

namespace Feedback.Web.Citizen;

/// <summary>How pages answer over HTTP.</summary>
internal static class PageAnswers
{
    /// <summary>A form holds a key of its own, so a stored copy is not handed to the next visitor; going back may show it again, with its key.</summary>
    public static void KeepFresh(this HttpContext http) => http.Response.Headers.CacheControl = "private, no-cache";

    /// <summary>A page about one person's case stays in no cache.</summary>
    public static IResult Private(this HttpContext http, IResult page)
    {
        http.Response.Headers.CacheControl = "no-store";
        return page;
    }
}

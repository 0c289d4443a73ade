using Feedback.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Feedback.Web;

/// <summary>
/// The citizen's form that this page answers, so that the page can be asked for again: in another language, in larger type, or
/// after an outage. Asking again is safe, the form's key stores it once.
/// </summary>
internal static class SentForm
{
    /// <summary>Says that files were chosen, which cannot be repeated: what goes without them must not be done as if it were whole.</summary>
    public const string WithoutPictures = "withoutPictures";

    /// <summary>Null for a page that answers no form, and for staff's forms, which can hold a password.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Of(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method)
        && (http.Request.Path.StartsWithSegments("/w") || http.Request.Path.StartsWithSegments("/track") || http.Request.Path.StartsWithSegments("/r"))
        && http.Features.Get<IFormFeature>()?.Form is { } form
            ? [.. Fields(form).Where(field => IsRepeated(http, field.Key))]
            : null;

    /// <summary>For a page that shows more than the form's answer: these fields ask for it again, the others did their part.</summary>
    public static void RepeatOnly(HttpContext http, IReadOnlyList<string> fields) => http.Items[typeof(SentForm)] = fields;

    private static IEnumerable<KeyValuePair<string, string>> Fields(IFormCollection form)
    {
        var typed = form.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")));
        return form.HasPictures() ? typed.Append(KeyValuePair.Create(WithoutPictures, "true")) : typed;
    }

    private static bool IsRepeated(HttpContext http, string field) => http.Items[typeof(SentForm)] is not IReadOnlyList<string> only || only.Contains(field);
}

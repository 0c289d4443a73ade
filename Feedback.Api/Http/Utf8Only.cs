using Microsoft.Net.Http.Headers;

namespace Feedback.Http;

/// <summary>
/// What is sent is UTF-8 (RFC 8259, 8.1). A body that says it is anything else is refused: the framework fails on names that it does
/// not know, and on the right one in quotes, which is therefore unquoted.
/// </summary>
internal static class Utf8Only
{
    private const string Utf8 = "utf-8";

    public static void UseUtf8Only(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (Charset(context.Request.ContentType) is not { } type) return next(context);
        if (!HeaderUtilities.RemoveQuotes(type.Charset).Equals(Utf8, StringComparison.OrdinalIgnoreCase))
        {
            return Answers.Write(context, HttpRefusals.ContentTypeUnsupported);
        }

        type.Charset = Utf8;
        context.Request.ContentType = type.ToString();
        return next(context);
    });

    /// <summary>The type of a body that names its character set, unless it names the usual one in the usual way.</summary>
    private static MediaTypeHeaderValue? Charset(string? contentType) =>
        contentType?.Contains("charset", StringComparison.OrdinalIgnoreCase) == true
        && !contentType.EndsWith("charset=" + Utf8, StringComparison.Ordinal)
        && MediaTypeHeaderValue.TryParse(contentType, out var type) && type.Charset.HasValue
            ? type
            : null;
}

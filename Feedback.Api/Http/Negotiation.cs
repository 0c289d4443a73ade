using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Feedback.Http;

/// <summary>The media types that are offered beside pages.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Csv = "text/csv";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

/// <summary>Content negotiation by <c>Accept</c> (RFC 9110, 12.5.1).</summary>
internal static class Negotiation
{
    /// <summary>
    /// The offered type that the caller likes best, the earlier one when it likes two the same; the first when it says nothing;
    /// null when it takes none of them.
    /// </summary>
    public static string? Choose(StringValues accept, IReadOnlyList<string> offered)
    {
        if (StringValues.IsNullOrEmpty(accept)) return offered[0];
        var ranges = MediaTypeHeaderValue.TryParseList(accept, out var parsed) ? parsed : [];
        return offered
            .Select(type => (Type: type, Quality: Quality(new MediaTypeHeaderValue(type), ranges)))
            .Where(o => o.Quality > 0)
            .OrderByDescending(o => o.Quality)
            .Select(o => o.Type)
            .FirstOrDefault();
    }

    /// <summary>Of the ranges that match, the most specific one decides: <c>text/*, text/csv;q=0</c> takes no CSV.</summary>
    private static double Quality(MediaTypeHeaderValue type, IEnumerable<MediaTypeHeaderValue> ranges) => ranges
        .Where(r => r.MatchesAllTypes || (r.Type == type.Type && (r.MatchesAllSubTypes || r.SubType == type.SubType)))
        .OrderBy(r => r.MatchesAllTypes).ThenBy(r => r.MatchesAllSubTypes)
        .Select(r => r.Quality ?? 1)
        .FirstOrDefault();
}

using System.Text.RegularExpressions;

namespace Feedback.Tests.Harness;

/// <summary>Each refusal bears the id of its own request. Taken out, two refusals can be compared.</summary>
internal static partial class TraceIds
{
    public static string WithoutTrace(this string body) => Own().Replace(body, "");

    [GeneratedRegex(",\\s*\"traceId\":\\s*\"[0-9a-f]{32}\"")]
    private static partial Regex Own();
}

using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Feedback.Tests.Security.Injection;

/// <summary>
/// Texts that would run, load or become an element where a page forgets to escape them. Each is sent once and bears a mark by which
/// it is known on whatever page it stands later.
/// </summary>
internal sealed partial class HostileTexts
{
    /// <summary>All there is, for fields that take 500 characters; as much as 150 take; and what fits into a name.</summary>
    private static readonly string[] Shapes =
    [
        "javascript:hit=1//MARK</textarea></title></script></style><q-hit></q-hit>\"><img src=\"//evil.example/i\" onerror=\"hit=1\"><script>hit=1;alert(1)</script><script src=//evil.example/s></script>"
            + "<svg onload=hit=1>'onfocus='hit=1' autofocus style='color:red;background:url(//evil.example/c)'{{7*7}}${7*7}@(7*7)[x](javascript:hit=1)<a href=javascript:hit=1>x</a>"
            + "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>a\u2028b\u2029c\u202Ed\u202Ce<!--",
        "javascript:hit=1//MARK</textarea></title><q-hit style=color:red>\"><img src=//evil.example/i onerror=hit=1><svg onload=hit=1>{{7*7}}a\u2028b\u202Ec",
        "javascript:hit=1//MARK\"><q-hit onload=hit>\u202E\u2028",
    ];

    private readonly Dictionary<string, (string Field, string Text)> _sent = [];

    /// <summary>Longest first.</summary>
    public static int Sizes => Shapes.Length;

    /// <summary>What ran, what was loaded, what is not as it was sent.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Fields whose text stood, as it was sent, on a page other than the answer to it.</summary>
    public HashSet<string> Shown { get; } = [];

    /// <summary>A text for a field.</summary>
    /// <param name="field">Where it is sent; what <see cref="Shown"/> will call it.</param>
    /// <param name="size">0 for the longest.</param>
    public string For(string field, int size = 0)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"q-{_sent.Count}-z");
        return (_sent[mark] = (field, Shapes[size].Replace("MARK", mark, StringComparison.Ordinal))).Text;
    }

    /// <summary>Looks at a text of a page: each mark in it stands in the whole of what was sent with it.</summary>
    /// <param name="where">The page.</param>
    /// <param name="text">What a reader, or an attribute, has there.</param>
    /// <param name="isAnswer">Whether the page answers a form: what was refused stands there too.</param>
    /// <returns>The fields whose texts it has.</returns>
    public IReadOnlyList<string> Read(string where, string text, bool isAnswer)
    {
        var fields = new List<string>();
        foreach (Match found in Mark().Matches(text))
        {
            if (!_sent.TryGetValue(found.Value, out var sent)) continue;
            fields.Add(sent.Field);
            var from = found.Index - sent.Text.IndexOf(found.Value, StringComparison.Ordinal);
            if (from >= 0 && text.AsSpan(from).StartsWith(sent.Text, StringComparison.Ordinal))
            {
                if (!isAnswer) Shown.Add(sent.Field);
            }
            else if (!IsEncoded(text, sent.Text))
            {
                Faults.Add($"{where}: {sent.Field} is shown changed: {text[Math.Max(0, from)..Math.Min(text.Length, found.Index + 100)]}");
            }
        }

        return fields;
    }

    /// <summary>As part of an address a text is percent-encoded.</summary>
    private static bool IsEncoded(string text, string sent) => text.Contains('%', StringComparison.Ordinal) && WebUtility.UrlDecode(text).Contains(sent, StringComparison.Ordinal);

    [GeneratedRegex("q-[0-9]+-z")]
    private static partial Regex Mark();
}

using System.Diagnostics;

namespace Feedback.Tests.Web;

/// <summary>All pages that a person finds a link to, from a first one on; of one endpoint at most so many.</summary>
/// <param name="endpoints">Tell kinds of pages apart.</param>
/// <param name="who">For the progress.</param>
/// <param name="within">Where this person's pages begin; links to others are left to the others.</param>
internal sealed class LinkCrawler(PageEndpoints endpoints, string who, params string[] within)
{
    /// <summary>Every page has switches; where they lead to differs in words and size.</summary>
    private static readonly string[] Switches = ["lang=", "type="];

    private const string Case = "GET /console/cases/{number}";

    private readonly HashSet<string> _seen = [];
    private readonly Dictionary<string, int> _kinds = [];

    /// <param name="cases">How many cases.</param>
    /// <param name="others">How many pages of any other endpoint.</param>
    /// <param name="open">Opens a page and says where it leads to.</param>
    /// <param name="from">The first pages.</param>
    public async Task Crawl(int cases, int others, Func<string, Task<IReadOnlyList<string>>> open, params IEnumerable<string> from)
    {
        var waiting = new Queue<string>();
        void Find(IEnumerable<string> paths)
        {
            foreach (var path in paths.Where(p => IsMine(p) && _seen.Add(p)))
            {
                var endpoint = endpoints.NameOf("GET", path.Split('?')[0]) ?? path;
                var times = _kinds[endpoint] = _kinds.GetValueOrDefault(endpoint) + 1;
                if (times <= (endpoint == Case ? cases : others)) waiting.Enqueue(path);
            }
        }

        var clock = Stopwatch.StartNew();
        Find(from);
        for (var n = 1; waiting.TryDequeue(out var path); n++)
        {
            await TestContext.Progress.WriteLineAsync($"{clock.Elapsed.TotalSeconds,5:0.0} s {who}: page {n} of {n + waiting.Count}: {path}");
            Find(await open(path));
        }
    }

    private bool IsMine(string path) => (within.Length == 0 || within.Any(w => path.StartsWith(w, StringComparison.Ordinal))) && !Switches.Any(path.Contains);
}

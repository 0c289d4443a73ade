using System.Diagnostics;

namespace Feedback.Tests.Web;

/// <summary>All pages that a person finds a link to, from a first one on; of those of one door at most so many.</summary>
/// <param name="doors">Tell kinds of pages apart.</param>
/// <param name="who">For the progress.</param>
/// <param name="within">Where this person's pages begin; links to others are left to the others.</param>
internal sealed class Walk(PageDoors doors, string who, params string[] within)
{
    /// <summary>Every page has switches; where they lead to differs in words and size.</summary>
    private static readonly string[] Switches = ["lang=", "type="];

    private const string Case = "GET /console/cases/{number}";

    private readonly HashSet<string> _seen = [];
    private readonly Dictionary<string, int> _kinds = [];

    /// <param name="cases">How many cases.</param>
    /// <param name="others">How many pages of any other door.</param>
    /// <param name="open">Opens a page and says where it leads to.</param>
    /// <param name="from">The first pages.</param>
    public async Task Through(int cases, int others, Func<string, Task<IReadOnlyList<string>>> open, params IEnumerable<string> from)
    {
        var waiting = new Queue<string>();
        void Find(IEnumerable<string> paths)
        {
            foreach (var path in paths.Where(p => IsMine(p) && _seen.Add(p)))
            {
                var door = doors.NameOf("GET", path.Split('?')[0]) ?? path;
                var times = _kinds[door] = _kinds.GetValueOrDefault(door) + 1;
                if (times <= (door == Case ? cases : others)) waiting.Enqueue(path);
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

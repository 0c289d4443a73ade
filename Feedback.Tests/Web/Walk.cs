namespace Feedback.Tests.Web;

/// <summary>All pages that a person finds a link to, from a first one on; of those of one door at most so many.</summary>
internal sealed class Walk(PageDoors doors, string who)
{
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
            foreach (var path in paths.Where(p => _seen.Add(p)))
            {
                var door = doors.NameOf("GET", path.Split('?')[0]) ?? path;
                var times = _kinds[door] = _kinds.GetValueOrDefault(door) + 1;
                if (times <= (door == Case ? cases : others)) waiting.Enqueue(path);
            }
        }

        Find(from);
        for (var n = 1; waiting.TryDequeue(out var path); n++)
        {
            await TestContext.Progress.WriteLineAsync($"{who}: page {n} of {n + waiting.Count}: {path}");
            Find(await open(path));
        }
    }
}

using System.Text.Json;

namespace Feedback.Tests.Domain.Time;

/// <summary>
/// The rules of docs/domain.md "Time limits" a second time, in the plainest way there is: days are counted one by one, and opening
/// time is counted from one open minute to the next. It reads the notices as plain JSON and uses nothing of the product. Instants
/// are milliseconds of the hall's local time since <see cref="First"/>.
/// </summary>
/// <param name="spans">Opening hours in minutes of the day, from (inclusive) to (exclusive).</param>
internal sealed class MinuteByMinute(IReadOnlyList<(int From, int To)> spans)
{
    /// <summary>Instant 0 is the beginning of this day.</summary>
    public static readonly DateTime First = new(2024, 1, 1);

    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    private static readonly bool[] Works = WorkingDays();

    /// <summary>The open minutes of a working day, by the instant within the day at which each begins.</summary>
    private readonly long[] _minutes = [.. spans.SelectMany(s => Enumerable.Range(s.From, s.To - s.From)).Select(m => m * Minute)];

    /// <summary>
    /// The ladder of each cycle: the first one, and one more for each change. Steps are numbered from the warning (0) to discipline
    /// inspection (4).
    /// </summary>
    public IEnumerable<Cycle> Cycles(long start, int amount, string unit, bool ladder, IEnumerable<Change> changes)
    {
        var (due, spent, warned) = (Due(start, amount, unit), 0L, false);
        var cycle = Steps(start, due, spent, warned, amount, unit, ladder);
        yield return cycle;
        foreach (var change in changes)
        {
            var stopped = Math.Max(start, (start + ((due - start) / 1000 * change.Share)) / 1000 * 1000);
            warned = cycle.Warning is { } warning ? warning <= stopped : warned;
            spent += Own(start, stopped, unit);
            if (change.Extra is { } extra)
            {
                (start, due) = (stopped, After(due, extra, unit));
            }
            else
            {
                var left = Own(stopped, due, unit);
                start = stopped + change.Pause;
                due = Spend(start, left, unit);
            }

            cycle = Steps(start, due, spent, warned, amount, unit, ladder);
            yield return cycle;
        }
    }

    private Cycle Steps(long start, long due, long spent, bool warned, int amount, string unit, bool ladder)
    {
        var rungs = (ladder, unit) switch
        {
            (false, _) => [due],
            (true, "h") => [due, due + (2 * Hour), due + (6 * Hour), due + (24 * Hour)],
            _ => new[] { due, After(due, 1, "wd"), After(due, 3, "wd"), After(due, 5, "wd") },
        };
        if (!ladder) return new Cycle(start, due, null, rungs);

        // At 90 % of the clock's own time, or one working day before it is due if that is earlier; what lies behind is told at once,
        // unless it has been told.
        var warning = Spend(start, Math.Max(0, ((spent + Own(start, due, unit)) * 9 / 10) - spent), unit);
        if (unit != "h" && amount > 1) warning = Math.Min(warning, Closing(WorkingDay(due / Day, -1)));
        return new Cycle(start, due, warning <= start && warned ? null : Math.Max(warning, start), rungs);
    }

    private long Due(long start, int amount, string unit) => unit switch
    {
        "h" => start + (amount * Hour),
        "wh" => Spend(start, amount * Hour, unit),
        "d" => Closing(EventDay(start) + amount),
        _ => Closing(WorkingDay(EventDay(start), amount)),
    };

    private long After(long due, int amount, string unit) => unit switch
    {
        "h" => due + (amount * Hour),
        "wh" => Spend(due, amount * Hour, unit),
        "d" => Closing((due / Day) + amount),
        _ => Closing(WorkingDay(due / Day, amount)),
    };

    /// <summary>Outside opening hours an event counts from the next opening; the closing instant still belongs to its day.</summary>
    private long EventDay(long start)
    {
        for (var day = start / Day; ; day++)
        {
            if (Works[day] && _minutes.Any(minute => (day * Day) + minute + Minute >= start)) return day;
        }
    }

    /// <summary>The working day so many after a day, which itself is not counted; before it when negative.</summary>
    private static long WorkingDay(long day, int count)
    {
        while (count != 0)
        {
            day += Math.Sign(count);
            if (Works[day]) count -= Math.Sign(count);
        }

        return day;
    }

    /// <summary>The end of opening hours on a day, worked or not.</summary>
    private long Closing(long day) => (day * Day) + _minutes[^1] + Minute;

    /// <summary>The clock's own time between two instants: open time for limits in working time, plain time for the others.</summary>
    private long Own(long from, long to, string unit)
    {
        if (unit is "d" or "h") return to - from;
        var sum = 0L;
        for (var day = from / Day * Day; day < to; day += Day)
        {
            if (!Works[day / Day]) continue;
            foreach (var minute in _minutes)
            {
                var (begin, end) = (day + minute, day + minute + Minute);
                if (begin >= from && end <= to) sum += Minute;
                else if (end > from && begin < to) sum += Math.Min(end, to) - Math.Max(begin, from);
            }
        }

        return sum;
    }

    /// <summary>The first instant by which so much of the clock's own time has gone by.</summary>
    private long Spend(long from, long left, string unit)
    {
        if (unit is "d" or "h" || left == 0) return from + left;
        for (var day = from / Day * Day; ; day += Day)
        {
            if (!Works[day / Day]) continue;
            foreach (var minute in _minutes)
            {
                var begin = Math.Max(from, day + minute);
                var here = Math.Max(0, day + minute + Minute - begin);
                if (left <= here) return begin + left;
                left -= here;
            }
        }
    }

    private static bool[] WorkingDays()
    {
        var works = Enumerable.Range(0, 6 * 366).Select(d => First.AddDays(d).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ToArray();
        foreach (var file in Directory.GetFiles(Path.Combine(Harness.Command.Root, "db", "reference", "calendar")))
        {
            using var notice = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var (list, work) in new[] { ("off", false), ("working", true) })
            {
                foreach (var day in notice.RootElement.GetProperty(list).EnumerateArray()) works[(day.GetDateTime() - First).Days] = work;
            }
        }

        return works;
    }

    /// <summary>What happens to a running clock: it stands still for a while, or its due instant moves.</summary>
    /// <param name="Share">When: thousandths of the plain time that is left until the due instant, to the second.</param>
    /// <param name="Pause">How long, in milliseconds.</param>
    /// <param name="Extra">By how much instead, in the limit's unit.</param>
    internal sealed record Change(int Share, long Pause, int? Extra);

    /// <param name="Start">From when it runs.</param>
    /// <param name="Due">The promise.</param>
    /// <param name="Warning">The warning; null when there is none.</param>
    /// <param name="Rungs">The other steps.</param>
    internal sealed record Cycle(long Start, long Due, long? Warning, IReadOnlyList<long> Rungs);
}

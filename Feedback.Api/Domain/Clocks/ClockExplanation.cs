using Feedback.Domain.Time;

namespace Feedback.Domain.Clocks;

/// <summary>Why a due instant is what it is, day by day, for a person to check with a paper calendar (限时办结).</summary>
/// <param name="Began">Why this cycle of the clock began.</param>
/// <param name="ExtendedBy">What the extension added, if one began it.</param>
/// <param name="StartedAt">When the event was; for an extension the due instant that it moved.</param>
/// <param name="CountsFrom">The event itself, or the next opening when it was outside opening hours.</param>
/// <param name="StoppedAt">When the cycle ended; null while it runs.</param>
/// <param name="DueAt">What it leads to.</param>
/// <param name="Days">From the day of the event to the day it is due; empty for plain hours.</param>
public sealed record ClockExplanation(
    CycleStart Began, Limit? ExtendedBy, DateTimeOffset StartedAt, DateTimeOffset CountsFrom, DateTimeOffset? StoppedAt, DateTimeOffset DueAt, IReadOnlyList<ClockExplanation.CountedDay> Days)
{
    /// <param name="Day">The local day.</param>
    /// <param name="Kind">Why it counts or does not.</param>
    /// <param name="Number">Which day of the limit it is; null when it is not counted.</param>
    /// <param name="OpenMinutes">Opening minutes used on it, for what is counted in opening time; else null.</param>
    /// <param name="Provisional">The year's notice is not known yet; the day may still change.</param>
    /// <param name="Reason">Why the hall differs on this day, if it does.</param>
    public sealed record CountedDay(DateOnly Day, DayKind Kind, int? Number, int? OpenMinutes, bool Provisional, string? Reason);

    /// <summary>One explanation a cycle, in their order.</summary>
    /// <param name="cycles">All cycles of one clock, oldest first.</param>
    /// <param name="stops">When each of them ended, in the same order.</param>
    /// <param name="calendar">As it is known today.</param>
    public static IReadOnlyList<ClockExplanation> Of(IReadOnlyList<Clock> cycles, IReadOnlyList<DateTimeOffset?> stops, WorkCalendar calendar)
    {
        var explained = new List<ClockExplanation>();
        var origin = cycles[0];
        DateTimeOffset? extended = null;
        foreach (var (i, cycle) in cycles.Index())
        {
            // A recomputed cycle counts from where the one before counted, by the calendar of today.
            if (cycle.Began != CycleStart.Recomputed) origin = cycle;
            if (cycle.Began == CycleStart.Extended) extended = explained[^1].DueAt;
            var days = origin.Began switch
            {
                CycleStart.Extended => Counted(extended!.Value, extended.Value, cycle.DueAt, origin.ExtendedBy!.Value.Unit, calendar),
                CycleStart.Resumed => origin.Limit.IsWorkingTime ? Opening(origin.StartedAt, cycle.DueAt, calendar) : [],
                _ => Counted(origin.StartedAt, calendar.EventInstant(origin.StartedAt), cycle.DueAt, origin.Limit.Unit, calendar),
            };
            var (startedAt, countsFrom) = origin.Began switch
            {
                CycleStart.Extended => (extended!.Value, extended.Value),
                CycleStart.Started when origin.Limit.Unit != LimitUnit.Hours => (origin.StartedAt, calendar.EventInstant(origin.StartedAt)),
                _ => (origin.StartedAt, origin.StartedAt),
            };
            explained.Add(new ClockExplanation(cycle.Began, origin.ExtendedBy, calendar.Local(startedAt), calendar.Local(countsFrom), stops[i] is { } at ? calendar.Local(at) : null, calendar.Local(cycle.DueAt), days));
        }

        return explained;
    }

    private static List<CountedDay> Counted(DateTimeOffset from, DateTimeOffset countsFrom, DateTimeOffset due, LimitUnit unit, WorkCalendar calendar)
    {
        if (unit == LimitUnit.Hours) return [];
        if (unit == LimitUnit.WorkingHours) return Opening(from, due, calendar);
        var (start, number) = (calendar.LocalDay(countsFrom), 0);
        return [.. Through(from, due, calendar).Select(day =>
            day > start && (unit == LimitUnit.CalendarDays || calendar.IsWorkingDay(day)) ? Day(day, ++number, null, calendar) : Day(day, null, null, calendar))];
    }

    private static List<CountedDay> Opening(DateTimeOffset from, DateTimeOffset due, WorkCalendar calendar) =>
    [
        .. Through(from, due, calendar).Select(day =>
        {
            var (start, end) = calendar.Span(day);
            var open = calendar.OpenBetween(from > start ? from : start, due < end ? due : end);
            return Day(day, null, (int)open.TotalMinutes, calendar);
        }),
    ];

    private static IEnumerable<DateOnly> Through(DateTimeOffset from, DateTimeOffset due, WorkCalendar calendar)
    {
        for (var (day, last) = (calendar.LocalDay(from), calendar.LocalDay(due)); day <= last; day = day.AddDays(1)) yield return day;
    }

    private static CountedDay Day(DateOnly day, int? number, int? minutes, WorkCalendar calendar) =>
        new(day, calendar.KindOf(day), number, minutes, calendar.IsProvisional(day.Year), calendar.ReasonOf(day));
}

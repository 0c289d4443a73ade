using Feedback.Domain.Policies;
using Feedback.Domain.Time;

namespace Feedback.Domain.Clocks;

/// <summary>
/// One cycle of a clock with every step computed at its start; nothing is computed when a step fires. A pause or an extension
/// ends a cycle and begins the next.
/// </summary>
/// <param name="Kind">What it measures.</param>
/// <param name="Limit">How long, as the rule says.</param>
/// <param name="StartedAt">The instant this cycle runs from.</param>
/// <param name="DueAt">The promised instant.</param>
/// <param name="Spent">The clock's own time that earlier cycles used up: opening time for limits in working time, plain time for others.</param>
/// <param name="Steps">In the order in which they fall due.</param>
/// <param name="Began">Why this cycle began.</param>
/// <param name="ExtendedBy">What the extension added; null unless one began this cycle.</param>
public sealed record Clock(
    ClockKind Kind, Limit Limit, DateTimeOffset StartedAt, DateTimeOffset DueAt, TimeSpan Spent, IReadOnlyList<Clock.Step> Steps, CycleStart Began = CycleStart.Started, Limit? ExtendedBy = null)
{
    /// <summary>A step of the ladder and the instant at which it fires.</summary>
    public sealed record Step(EscalationStep What, DateTimeOffset DueAt);

    /// <summary>The first cycle.</summary>
    public static Clock Start(ClockKind kind, Limit limit, DateTimeOffset start, WorkCalendar calendar, Policy policy) =>
        Cycle(kind, limit, start, calendar.Due(start, limit), TimeSpan.Zero, warned: false, calendar, policy);

    /// <summary>The cycle after a pause: what was left of the clock's own time when it stopped runs on from now, to the second.</summary>
    public Clock Resume(DateTimeOffset pausedAt, DateTimeOffset now, WorkCalendar calendar, Policy policy)
    {
        var due = Limit.IsWorkingTime ? calendar.AddOpen(now, calendar.OpenBetween(pausedAt, DueAt)) : calendar.Local(now) + (DueAt - pausedAt);
        return Next(pausedAt, now, due, calendar, policy) with { Began = CycleStart.Resumed };
    }

    /// <summary>The cycle after an extension: the due instant moves, the time spent stays spent.</summary>
    public Clock Extend(Limit by, DateTimeOffset now, WorkCalendar calendar, Policy policy) =>
        Next(now, now, calendar.After(DueAt, by), calendar, policy) with { Began = CycleStart.Extended, ExtendedBy = by };

    /// <summary>The last cycle as a calendar tells it: everything that began, paused and extended the clock is gone through again.</summary>
    /// <param name="cycles">All cycles of one clock, oldest first.</param>
    /// <param name="stops">When each of them ended, in the same order; null for one that runs.</param>
    /// <param name="calendar">As it is known today.</param>
    /// <param name="policy">The version the case keeps.</param>
    public static Clock Replay(IReadOnlyList<Clock> cycles, IReadOnlyList<DateTimeOffset?> stops, WorkCalendar calendar, Policy policy)
    {
        Clock? known = null;
        foreach (var (i, cycle) in cycles.Index())
        {
            known = cycle.Began switch
            {
                CycleStart.Resumed => known!.Resume(stops[i - 1]!.Value, cycle.StartedAt, calendar, policy),
                CycleStart.Extended => known!.Extend(cycle.ExtendedBy!.Value, cycle.StartedAt, calendar, policy),
                // It moved the due instant of the cycle before and nothing else.
                CycleStart.Recomputed => known! with { Began = CycleStart.Recomputed, ExtendedBy = null },
                _ => Start(cycle.Kind, cycle.Limit, cycle.StartedAt, calendar, policy),
            };
        }

        return known ?? throw new ArgumentException("A clock has at least one cycle.", nameof(cycles));
    }

    /// <summary>Whether this cycle, whose steps are those that have not fired, stands as a calendar tells it.</summary>
    public bool Agrees(Clock replayed) => DueAt == replayed.DueAt && Steps.All(replayed.Steps.Contains);

    private Clock Next(DateTimeOffset stoppedAt, DateTimeOffset now, DateTimeOffset due, WorkCalendar calendar, Policy policy) =>
        Cycle(Kind, Limit, now, due, Spent + Own(StartedAt, stoppedAt, calendar), Warning(calendar, policy.Warning) <= stoppedAt, calendar, policy);

    private static Clock Cycle(ClockKind kind, Limit limit, DateTimeOffset start, DateTimeOffset due, TimeSpan spent, bool warned, WorkCalendar calendar, Policy policy)
    {
        var clock = new Clock(kind, limit, calendar.Local(start), due, spent, []);
        if (!kind.HasLadder()) return clock with { Steps = [new Step(Ladder.Due, due)] };
        var ladder = policy.Ladder.For(limit.Unit).Select(rung => new Step(rung.Step, calendar.After(due, rung.Wait)));
        var warning = clock.Warning(calendar, policy.Warning);

        // A warning that lies behind is given at once, unless it came in the cycle before.
        if (warning > clock.StartedAt) return clock with { Steps = [new Step(Ladder.Warning, warning), .. ladder] };
        return clock with { Steps = warned ? [.. ladder] : [new Step(Ladder.Warning, clock.StartedAt), .. ladder] };
    }

    private DateTimeOffset Warning(WorkCalendar calendar, WarningPolicy warning)
    {
        // Percentages are of the clock's own time, pauses left out: opening minutes for working days, plain time for the others.
        var untilWarning = ((Spent + Own(StartedAt, DueAt, calendar)) * warning.Share) - Spent;
        var share = untilWarning <= TimeSpan.Zero ? StartedAt
            : Limit.IsWorkingTime ? calendar.AddOpen(StartedAt, untilWarning)
            : calendar.Local(StartedAt) + untilWarning;
        if (Limit.Unit is LimitUnit.Hours or LimitUnit.WorkingHours || Limit.Amount <= warning.Before.Amount) return share;
        var before = calendar.Closing(calendar.AddWorkingDays(calendar.LocalDay(DueAt), -warning.Before.Amount));
        return before < share ? before : share;
    }

    private TimeSpan Own(DateTimeOffset from, DateTimeOffset to, WorkCalendar calendar) =>
        Limit.IsWorkingTime ? calendar.OpenBetween(from, to) : to - from;
}

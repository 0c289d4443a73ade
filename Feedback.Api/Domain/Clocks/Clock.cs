using Feedback.Domain.Policies;
using Feedback.Domain.Time;

namespace Feedback.Domain.Clocks;

/// <summary>One cycle of a clock with every step computed at its start; nothing is computed when a step fires.</summary>
/// <param name="Kind">What it measures.</param>
/// <param name="Limit">How long.</param>
/// <param name="StartedAt">The instant it counts from.</param>
/// <param name="DueAt">The promised instant.</param>
/// <param name="Steps">In the order in which they fall due.</param>
public sealed record Clock(ClockKind Kind, Limit Limit, DateTimeOffset StartedAt, DateTimeOffset DueAt, IReadOnlyList<Clock.Step> Steps)
{
    /// <summary>A step of the ladder and the instant at which it fires.</summary>
    public sealed record Step(EscalationStep What, DateTimeOffset DueAt);

    public static Clock Start(ClockKind kind, Limit limit, DateTimeOffset start, WorkCalendar calendar, Policy policy)
    {
        var due = calendar.Due(start, limit);
        var rungs = limit.Unit == LimitUnit.Hours ? policy.Ladder.Hours : policy.Ladder.Days;
        Step[] ladder =
        [
            new(EscalationStep.Yellow, Warning(limit, start, due, calendar, policy.Warning)),
            .. Rungs.Zip(rungs, (step, wait) => new Step(step, calendar.After(due, wait))),
        ];
        return new Clock(kind, limit, calendar.Local(start), due, ladder);
    }

    private static readonly EscalationStep[] Rungs =
        [EscalationStep.UnitHead, EscalationStep.HallSupervisor, EscalationStep.BureauLeader, EscalationStep.DisciplineInspection];

    private static DateTimeOffset Warning(Limit limit, DateTimeOffset start, DateTimeOffset due, WorkCalendar calendar, WarningPolicy warning)
    {
        // Percentages are of the clock's own time: opening minutes for working days, plain time for the others.
        var share = limit.Unit == LimitUnit.WorkingDays
            ? calendar.AddOpen(start, calendar.OpenBetween(start, due) * warning.Share)
            : calendar.Local(start) + ((due - start) * warning.Share);
        if (limit.Unit == LimitUnit.Hours || (limit.Unit == warning.Before.Unit && limit.Amount <= warning.Before.Amount)) return share;
        var before = calendar.Closing(calendar.AddWorkingDays(calendar.LocalDay(due), -warning.Before.Amount));
        return before < share ? before : share;
    }
}

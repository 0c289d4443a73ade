using Feedback.Domain.Staff;

namespace Feedback.Domain.Clocks;

/// <summary>What a clock measures.</summary>
public enum ClockKind
{
    /// <summary>Time to decide whether the case is accepted (受理).</summary>
    Acceptance,

    /// <summary>Time to answer the citizen (办结).</summary>
    Answer,

    /// <summary>How long the answer clock may stand still; when it runs out the pause ends by itself.</summary>
    Pause,

    /// <summary>Time to answer a hand-over; silence sends the case back (移交).</summary>
    HandOver,

    /// <summary>Time for the hall to name the responsible unit (协调裁定).</summary>
    Arbitration,

    /// <summary>Time to decide the citizen's appeal (复核).</summary>
    Appeal,

    /// <summary>Time to contact the citizen and verify a bad rating (差评核实).</summary>
    RatingVerification,

    /// <summary>Time to set right what a bad rating was about (差评整改).</summary>
    RatingRemedy,

    /// <summary>Time to call back afterwards (差评回访).</summary>
    RatingCallBack,

    /// <summary>Time to decide the unit's appeal against a rating (差评申诉).</summary>
    RatingAppeal,
}

/// <summary>Why a cycle of a clock began.</summary>
public enum CycleStart
{
    /// <summary>The clock began, or began anew.</summary>
    Started,

    /// <summary>A pause ended (恢复计时).</summary>
    Resumed,

    /// <summary>An extension was granted (延期).</summary>
    Extended,

    /// <summary>The calendar changed and the due instant with it (重新计算).</summary>
    Recomputed,
}

/// <summary>What happens when a clock runs out.</summary>
internal enum ClockEnd
{
    /// <summary>The case climbs its ladder.</summary>
    Escalates,

    /// <summary>The pause ends and the answer clock runs on.</summary>
    EndsPause,

    /// <summary>The offer to another unit lapses and the case goes back.</summary>
    SendsBack,
}

/// <summary>What is known of one kind of clock.</summary>
/// <param name="End">What happens when it runs out.</param>
/// <param name="Name">What people call it.</param>
internal sealed record ClockRule(ClockEnd End, Bilingual Name);

/// <summary>The table of the kinds of clock; whoever must tell them apart asks it.</summary>
internal static class ClockKinds
{
    /// <summary>The stored names of the clocks that have a ladder, for statements.</summary>
    public static readonly IReadOnlyList<string> WithLadder = [.. Enum.GetValues<ClockKind>().Where(HasLadder).Select(k => k.ToString())];

    /// <summary>A clock with a ladder escalates; one without makes something happen by itself at its due instant.</summary>
    public static bool HasLadder(this ClockKind kind) => kind.Rule().End == ClockEnd.Escalates;

    // Without a default: a kind that is not in the table does not compile (CS8509). CS8524 speaks of numbers that no kind has.
#pragma warning disable CS8524
    public static ClockRule Rule(this ClockKind kind) => kind switch
    {
        ClockKind.Acceptance => new(ClockEnd.Escalates, new("受理时限", "Time to accept")),
        ClockKind.Answer => new(ClockEnd.Escalates, new("办结时限", "Time to answer")),
        ClockKind.Pause => new(ClockEnd.EndsPause, new("暂停期限", "Longest pause")),
        ClockKind.HandOver => new(ClockEnd.SendsBack, new("移交答复时限", "Time to answer the hand-over")),
        ClockKind.Arbitration => new(ClockEnd.Escalates, new("裁定时限", "Time to arbitrate")),
        ClockKind.Appeal => new(ClockEnd.Escalates, new("复核时限", "Time to decide the appeal")),
        ClockKind.RatingVerification => new(ClockEnd.Escalates, new("差评核实时限", "Time to verify the bad rating")),
        ClockKind.RatingRemedy => new(ClockEnd.Escalates, new("差评整改时限", "Time to set it right")),
        ClockKind.RatingCallBack => new(ClockEnd.Escalates, new("差评回访时限", "Time to call back")),
        ClockKind.RatingAppeal => new(ClockEnd.Escalates, new("差评申诉决定时限", "Time to decide the unit's appeal")),
    };
#pragma warning restore CS8524
}

/// <summary>
/// The steps of the ladder (升级督办), lowest first; <see cref="Ladder"/> says what each of them is. Numbers and names are stored: a
/// number is never given to another step, and a higher step has a higher number.
/// </summary>
public enum EscalationStep
{
    Yellow = 0,
    UnitHead = 1,
    HallSupervisor = 2,
    BureauLeader = 3,
    DisciplineInspection = 4,
}

/// <summary>Where a step stands to the due instant.</summary>
internal enum StepTime
{
    Before,
    AtDue,
    After,
}

/// <summary>One step of the ladder.</summary>
/// <param name="Step">Its name and number, as stored.</param>
/// <param name="When">Where it stands to the due instant; what comes at it or after it is named by the policy's ladder.</param>
/// <param name="Code">In the codes of figures, such as <c>escalations_unit_head</c>.</param>
/// <param name="Told">The role that hears of it beside the person responsible.</param>
/// <param name="Name">What people call it.</param>
internal sealed record LadderStep(EscalationStep Step, StepTime When, string Code, Role Told, Bilingual Name)
{
    /// <summary>The light of a case that has reached it and no higher one.</summary>
    public Light Light => When == StepTime.Before ? Light.Yellow : Light.Red;
}

/// <summary>
/// The table of the steps: a warning before the due instant, then at it the person responsible and the unit head, then hall
/// supervisor, bureau leader, discipline inspection. A new step is a member of <see cref="EscalationStep"/>, a line here, and a
/// version of the policy whose ladder names it.
/// </summary>
internal static class Ladder
{
    /// <summary>Lowest first.</summary>
    public static readonly IReadOnlyList<LadderStep> Steps = [.. Enum.GetValues<EscalationStep>().Select(Entry)];

    /// <summary>The step before the due instant.</summary>
    public static readonly EscalationStep Warning = Steps.Single(s => s.When == StepTime.Before).Step;

    /// <summary>The step at the due instant.</summary>
    public static readonly EscalationStep Due = Steps.Single(s => s.When == StepTime.AtDue).Step;

    /// <summary>What a policy's ladder stands for that names no steps, as those from before there were others do not.</summary>
    public static readonly IReadOnlyList<EscalationStep> First =
        [EscalationStep.UnitHead, EscalationStep.HallSupervisor, EscalationStep.BureauLeader, EscalationStep.DisciplineInspection];

    /// <exception cref="ArgumentOutOfRangeException">No step has this number: a newer version of the product stored it.</exception>
    public static LadderStep Of(EscalationStep step) => Steps.FirstOrDefault(s => s.Step == step) ?? throw new ArgumentOutOfRangeException(nameof(step), step, "No step of the ladder has this number.");

    // Without a default: a step that is not in the table does not compile (CS8509). CS8524 speaks of numbers that no step has.
#pragma warning disable CS8524
    private static LadderStep Entry(EscalationStep step) => step switch
    {
        EscalationStep.Yellow => new(step, StepTime.Before, "yellow", Role.UnitHead, new("临期预警", "Warning before due")),
        EscalationStep.UnitHead => new(step, StepTime.AtDue, "unit_head", Role.UnitHead, new("到期,督办至单位负责人", "Overdue, raised to the unit head")),
        EscalationStep.HallSupervisor => new(step, StepTime.After, "hall_supervisor", Role.HallSupervisor, new("升级至大厅值班长", "Raised to the hall supervisor")),
        EscalationStep.BureauLeader => new(step, StepTime.After, "bureau_leader", Role.BureauLeader, new("升级至分管领导", "Raised to the bureau leader")),
        EscalationStep.DisciplineInspection => new(step, StepTime.After, "discipline_inspection", Role.Inspector, new("升级至纪检监察", "Raised to discipline inspection")),
    };
#pragma warning restore CS8524
}

/// <summary>The light a case shows (红黄绿灯).</summary>
public enum Light
{
    Green,
    Yellow,
    Red,
}

public static class Lights
{
    /// <summary>The light of the highest step reached; green when none was.</summary>
    public static Light Of(EscalationStep? reached) => reached is { } step ? Ladder.Of(step).Light : Light.Green;
}

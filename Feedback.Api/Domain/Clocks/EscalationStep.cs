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

public static class ClockKinds
{
    /// <summary>A clock with a ladder escalates; one without makes something happen by itself at its due instant.</summary>
    public static bool HasLadder(this ClockKind kind) => kind is not (ClockKind.Pause or ClockKind.HandOver);
}

/// <summary>
/// The steps of the ladder (升级督办), lowest first: a warning before the due instant, then at it the person responsible and the
/// unit head, then hall supervisor, bureau leader, discipline inspection.
/// </summary>
public enum EscalationStep
{
    Yellow,
    UnitHead,
    HallSupervisor,
    BureauLeader,
    DisciplineInspection,
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
    public static Light Of(EscalationStep? reached) => reached switch
    {
        null => Light.Green,
        EscalationStep.Yellow => Light.Yellow,
        _ => Light.Red,
    };
}

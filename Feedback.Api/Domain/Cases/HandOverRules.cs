namespace Feedback.Domain.Cases;

/// <summary>How an offer to take over a case ended; silence within the policy's hours counts as its own answer.</summary>
public enum HandOverOutcome
{
    Accepted,
    Refused,
    Silent,
}

/// <summary>One offer so far; the outcome is null while it is open.</summary>
public sealed record HandOver(string FromUnit, string ToUnit, HandOverOutcome? Outcome);

/// <summary>
/// First-inquiry responsibility (首问负责制): whoever is responsible stays so until somebody else accepts. One return per unit, a limited
/// number of hand-overs, then the hall arbitrates; a unit that arbitration named keeps the case.
/// </summary>
public static class HandOverRules
{
    private static readonly Refusal Pending = No("hand_over_pending", "已有移交正在等待对方答复。", "A hand-over is waiting for its answer.");
    private static readonly Refusal Named = No("named_by_arbitration", "该件由大厅裁定由本单位负责,不能再移交。", "The hall named this unit responsible; the case cannot be handed over.");
    private static readonly Refusal Arbitrating = No("arbitration_pending", "该件正在等待大厅裁定。", "The hall is arbitrating this case.");
    private static readonly Refusal SecondReturn = No("second_return", "每个单位只能退回一次。", "A unit can return a case once.");

    /// <summary>Why a unit cannot offer the case to others, or have the hall arbitrate; null when it can.</summary>
    /// <param name="earlier">All offers so far, oldest first.</param>
    /// <param name="from">The unit that has the case.</param>
    /// <param name="limit">Accepted hand-overs before the hall arbitrates.</param>
    /// <param name="arbitrated">The unit that arbitration named, if it did.</param>
    /// <param name="arbitrating">Whether arbitration is under way.</param>
    public static Refusal? Refuse(IReadOnlyList<HandOver> earlier, string from, int limit, string? arbitrated, bool arbitrating)
    {
        if (arbitrated == from) return Named;
        if (arbitrating) return Arbitrating;
        if (earlier.Any(h => h.Outcome is null)) return Pending;
        if (NeedArbitration(earlier, limit)) return null;

        // A unit that was handed the case and offers it to others returns it, to whomever it goes.
        var received = earlier.Any(h => h.ToUnit == from && h.Outcome == HandOverOutcome.Accepted);
        return received && earlier.Any(h => h.FromUnit == from) ? SecondReturn : null;
    }

    /// <summary>Handed over as often as it may be: the hall has to name the unit.</summary>
    public static bool NeedArbitration(IReadOnlyList<HandOver> earlier, int limit) => earlier.Count(h => h.Outcome == HandOverOutcome.Accepted) >= limit;

    private static Refusal No(string code, string zh, string en) => new(RefusalKind.Conflict, code, zh, en);
}

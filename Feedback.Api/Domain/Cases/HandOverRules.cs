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
    /// <summary>Why a unit cannot offer the case to others, or have the hall arbitrate; null when it can.</summary>
    /// <param name="earlier">All offers so far, oldest first.</param>
    /// <param name="from">The unit that has the case.</param>
    /// <param name="limit">Accepted hand-overs before the hall arbitrates.</param>
    /// <param name="arbitrated">The unit that arbitration named, if it did.</param>
    /// <param name="arbitrating">Whether arbitration is under way.</param>
    public static Refusal? Refuse(IReadOnlyList<HandOver> earlier, string from, int limit, string? arbitrated, bool arbitrating)
    {
        if (arbitrated == from) return DomainRefusals.NamedByArbitration;
        if (arbitrating) return DomainRefusals.ArbitrationPending;
        if (earlier.Any(h => h.Outcome is null)) return DomainRefusals.HandOverPending;
        if (NeedArbitration(earlier, limit)) return null;

        // A unit that was handed the case and offers it to others returns it, to whomever it goes.
        var received = earlier.Any(h => h.ToUnit == from && h.Outcome == HandOverOutcome.Accepted);
        return received && earlier.Any(h => h.FromUnit == from) ? DomainRefusals.SecondReturn : null;
    }

    /// <summary>Handed over as often as it may be: the hall has to name the unit.</summary>
    public static bool NeedArbitration(IReadOnlyList<HandOver> earlier, int limit) => earlier.Count(h => h.Outcome == HandOverOutcome.Accepted) >= limit;
}

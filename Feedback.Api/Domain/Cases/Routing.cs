using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;

namespace Feedback.Domain.Cases;

/// <summary>
/// Where a complaint goes and who hears of its lateness. Whoever is complained about never handles it: a complaint names a
/// window, so nobody who sits at a window is ever a recipient; the unit head is the first who can be.
/// </summary>
public static class Routing
{
    /// <summary>Gifts and law breaches go straight to discipline inspection, whomever the citizen chose (docs/domain.md "Complaints").</summary>
    public static Lane LaneOf(Prohibition about, Receiver receiver) => (about, receiver) switch
    {
        (Prohibition.Gifts or Prohibition.LawAndDiscipline, _) => Lane.Sealed,
        (_, Receiver.Discipline) => Lane.Sealed,
        (_, Receiver.Director) => Lane.Director,
        _ => Lane.Hall,
    };

    /// <summary>The role that is responsible for a new case of this lane.</summary>
    public static Role ResponsibleRole(Lane lane) => lane switch
    {
        Lane.Hall => Role.UnitHead,
        Lane.Director => Role.BureauLeader,
        _ => Role.Inspector,
    };

    /// <summary>
    /// The role that hears of a step beside the person responsible. A lane that the hall may not see climbs past the hall's
    /// roles to the first that may.
    /// </summary>
    public static Role RecipientRole(EscalationStep step, Lane lane)
    {
        var role = step switch
        {
            EscalationStep.Yellow or EscalationStep.UnitHead => Role.UnitHead,
            EscalationStep.HallSupervisor => Role.HallSupervisor,
            EscalationStep.BureauLeader => Role.BureauLeader,
            _ => Role.Inspector,
        };
        var lowest = ResponsibleRole(lane);
        return role < lowest ? lowest : role;
    }
}

using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;

namespace Feedback.Domain.Cases;

/// <summary>
/// Where a complaint goes and who hears of its lateness. Whoever is complained about never handles it (回避): a complaint names a
/// window, so nobody who sits at it is ever a recipient; the unit head is the first who can be, and where the head is complained
/// about, the next one up.
/// </summary>
public static class Routing
{
    /// <summary>Gifts and law breaches go straight to discipline inspection, whomever the citizen chose (docs/domain.md "Complaints").</summary>
    public static Lane LaneOf(Prohibition about, Receiver receiver, Against against) => (about, receiver, against) switch
    {
        (Prohibition.Gifts or Prohibition.LawAndDiscipline, _, _) => Lane.Sealed,
        (_, Receiver.Discipline, _) => Lane.Sealed,
        (_, Receiver.Director, _) or (_, _, Against.HallSupervisor) => Lane.Director,
        (_, _, Against.UnitHead) => Lane.Supervisor,
        _ => Lane.Hall,
    };

    /// <summary>The role that is responsible for a new case of this lane.</summary>
    public static Role ResponsibleRole(Lane lane) => lane switch
    {
        Lane.Hall => Role.UnitHead,
        Lane.Supervisor => Role.HallSupervisor,
        Lane.Director => Role.BureauLeader,
        _ => Role.Inspector,
    };

    /// <summary>The role of those who decide an appeal: one level above whoever is responsible.</summary>
    public static Role AppealRole(Lane lane) => lane == Lane.Sealed ? Role.Inspector : ResponsibleRole(lane) + 1;

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

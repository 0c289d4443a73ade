using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;

namespace Feedback.Domain.Cases;

/// <summary>What is known of one lane.</summary>
/// <param name="Responsible">The role that is responsible for a new case of it.</param>
/// <param name="DecidesAppeals">The role of those who decide an appeal: one level above, where there is one.</param>
internal sealed record LaneRule(Role Responsible, Role DecidesAppeals);

/// <summary>
/// Where a complaint goes and who hears of its lateness. Whoever is complained about never handles it (回避): a complaint names a
/// window, so nobody who sits at it is ever a recipient; the unit head is the first who can be, and where the head is complained
/// about, the next one up.
/// </summary>
public static class Routing
{
    /// <summary>The narrowest of what the subject, the receiver and whoever is complained about ask for.</summary>
    public static Lane LaneOf(Prohibition about, Receiver receiver, Against against) =>
        new[] { LaneOf(about), LaneOf(receiver), LaneOf(against) }.Max();

    /// <summary>The role that is responsible for a new case of this lane.</summary>
    public static Role ResponsibleRole(Lane lane) => Rule(lane).Responsible;

    /// <summary>The role of those who decide an appeal: one level above whoever is responsible.</summary>
    public static Role AppealRole(Lane lane) => Rule(lane).DecidesAppeals;

    /// <summary>
    /// The role that hears of a step beside the person responsible. A lane that the hall may not see climbs past the hall's
    /// roles to the first that may.
    /// </summary>
    public static Role RecipientRole(EscalationStep step, Lane lane) => Posts.Higher(Ladder.Of(step).Told, ResponsibleRole(lane));

    /// <summary>Of two who are complained about, the one whose case fewer people may know of.</summary>
    internal static Against Higher(Against one, Against other) => LaneOf(one) >= LaneOf(other) ? one : other;

    /// <summary>Who is complained about when somebody with this role sits at the window.</summary>
    internal static Against Accused(Role atWindow) => atWindow switch
    {
        Role.Handler => Against.Window,
        Role.UnitHead => Against.UnitHead,
        _ => Against.HallSupervisor,
    };

    // Without a default: what is not in a table does not compile (CS8509). CS8524 speaks of numbers that no member has.
#pragma warning disable CS8524
    private static LaneRule Rule(Lane lane) => lane switch
    {
        Lane.Hall => new(Responsible: Role.UnitHead, DecidesAppeals: Role.HallSupervisor),
        Lane.Supervisor => new(Responsible: Role.HallSupervisor, DecidesAppeals: Role.BureauLeader),
        Lane.Director => new(Responsible: Role.BureauLeader, DecidesAppeals: Role.Inspector),
        Lane.Sealed => new(Responsible: Role.Inspector, DecidesAppeals: Role.Inspector),
    };

    private static Lane LaneOf(Against against) => against switch
    {
        Against.Window => Lane.Hall,
        Against.UnitHead => Lane.Supervisor,
        Against.HallSupervisor => Lane.Director,
    };

    private static Lane LaneOf(Receiver receiver) => receiver switch
    {
        Receiver.Hall => Lane.Hall,
        Receiver.Director => Lane.Director,
        Receiver.Discipline => Lane.Sealed,
    };
#pragma warning restore CS8524

    /// <summary>Gifts and law breaches go straight to discipline inspection, whomever the citizen chose (docs/domain.md "Complaints").</summary>
    private static Lane LaneOf(Prohibition about) => about is Prohibition.Gifts or Prohibition.LawAndDiscipline ? Lane.Sealed : Lane.Hall;
}

using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;

namespace Feedback.Tests.Domain.Cases;

internal sealed class RoutingTests
{
    [TestCase(Prohibition.Delay, Receiver.Hall, Lane.Hall)]
    [TestCase(Prohibition.Delay, Receiver.Director, Lane.Director)]
    [TestCase(Prohibition.Delay, Receiver.Discipline, Lane.Sealed)]
    [TestCase(Prohibition.Gifts, Receiver.Hall, Lane.Sealed)]
    [TestCase(Prohibition.LawAndDiscipline, Receiver.Director, Lane.Sealed)]
    public void Gifts_and_law_breaches_are_sealed_whomever_the_citizen_chose(Prohibition about, Receiver receiver, Lane lane)
    {
        Assert.That(Routing.LaneOf(about, receiver), Is.EqualTo(lane));
    }

    [Test]
    public void Nobody_at_a_window_ever_hears_of_a_complaint()
    {
        var told = from step in Enum.GetValues<EscalationStep>() from lane in Enum.GetValues<Lane>() select Routing.RecipientRole(step, lane);
        Assert.That(told, Has.None.EqualTo(Role.Handler));
        Assert.That(Enum.GetValues<Lane>().Select(Routing.ResponsibleRole), Has.None.EqualTo(Role.Handler));
    }

    [TestCase(EscalationStep.UnitHead, Lane.Hall, Role.UnitHead)]
    [TestCase(EscalationStep.HallSupervisor, Lane.Hall, Role.HallSupervisor)]
    [TestCase(EscalationStep.BureauLeader, Lane.Hall, Role.BureauLeader)]
    [TestCase(EscalationStep.DisciplineInspection, Lane.Hall, Role.Inspector)]
    [TestCase(EscalationStep.HallSupervisor, Lane.Director, Role.BureauLeader)]
    [TestCase(EscalationStep.HallSupervisor, Lane.Sealed, Role.Inspector)]
    [TestCase(EscalationStep.BureauLeader, Lane.Sealed, Role.Inspector)]
    public void A_lane_climbs_past_those_who_may_not_see_it(EscalationStep step, Lane lane, Role role)
    {
        Assert.That(Routing.RecipientRole(step, lane), Is.EqualTo(role));
    }
}

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
        Assert.That(Enum.GetValues<Against>().Select(against => Routing.LaneOf(about, receiver, against)), lane == Lane.Hall ? Is.Not.All.EqualTo(lane) : Is.All.EqualTo(lane));
        Assert.That(Routing.LaneOf(about, receiver, Against.Window), Is.EqualTo(lane));
    }

    [TestCase(Against.Window, Role.UnitHead, Role.HallSupervisor)]
    [TestCase(Against.UnitHead, Role.HallSupervisor, Role.BureauLeader)]
    [TestCase(Against.HallSupervisor, Role.BureauLeader, Role.Inspector)]
    public void Whoever_is_complained_about_is_passed_one_level_up(Against against, Role responsible, Role decidesAppeals)
    {
        var lane = Routing.LaneOf(Prohibition.Rudeness, Receiver.Hall, against);
        Assert.That((Routing.ResponsibleRole(lane), Routing.AppealRole(lane)), Is.EqualTo((responsible, decidesAppeals)));
        Assert.That(Routing.AppealRole(Lane.Sealed), Is.EqualTo(Role.Inspector));
    }

    [TestCase(Against.UnitHead, Role.UnitHead)]
    [TestCase(Against.HallSupervisor, Role.HallSupervisor)]
    public void Nobody_up_to_whoever_is_complained_about_sees_or_hears_of_it(Against against, Role complainedAbout)
    {
        var lane = Routing.LaneOf(Prohibition.Rudeness, Receiver.Hall, against);
        foreach (var role in Enum.GetValues<Role>().Where(r => r <= complainedAbout))
        {
            Assert.That(new Actor("x", "x", role, "H1", "SI", null).Scope.Allows("H1", "SI", "SI", "x", lane), Is.False, role.ToString());
        }

        Assert.That(Enum.GetValues<EscalationStep>().Select(step => Routing.RecipientRole(step, lane)), Is.All.GreaterThan(complainedAbout));
        Assert.That(new Actor("x", "x", complainedAbout + 1, "H1", null, null).Scope.Allows("H1", "SI", null, "y", lane), Is.True);
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
    [TestCase(EscalationStep.UnitHead, Lane.Supervisor, Role.HallSupervisor)]
    [TestCase(EscalationStep.HallSupervisor, Lane.Director, Role.BureauLeader)]
    [TestCase(EscalationStep.HallSupervisor, Lane.Sealed, Role.Inspector)]
    [TestCase(EscalationStep.BureauLeader, Lane.Sealed, Role.Inspector)]
    public void A_lane_climbs_past_those_who_may_not_see_it(EscalationStep step, Lane lane, Role role)
    {
        Assert.That(Routing.RecipientRole(step, lane), Is.EqualTo(role));
    }
}

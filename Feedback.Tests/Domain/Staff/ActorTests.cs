using Feedback.Domain.Cases;
using Feedback.Domain.Staff;

namespace Feedback.Tests.Domain.Staff;

internal sealed class ActorTests
{
    [TestCase(Role.Handler, false, false, false, false)]
    [TestCase(Role.UnitHead, true, false, false, false)]
    [TestCase(Role.HallSupervisor, true, true, false, false)]
    [TestCase(Role.BureauLeader, true, true, true, false)]
    [TestCase(Role.Inspector, true, true, true, true)]
    [TestCase(Role.Auditor, true, true, true, false)]
    [TestCase(Role.Admin, false, false, false, false)]
    public void Who_may_know_of_a_case_in_their_own_unit(Role role, bool hall, bool supervisor, bool director, bool sealedLane)
    {
        var scope = new Actor("x", "x", role, "H1", "SI", null).Scope;
        Assert.That(Enum.GetValues<Lane>().Select(l => scope.Allows("H1", "SI", null, "other", l)), Is.EqualTo(new[] { hall, supervisor, director, sealedLane }));
    }

    [TestCase(Role.UnitHead, "H1", "EM", false)]
    [TestCase(Role.HallSupervisor, "H1", "EM", true)]
    [TestCase(Role.HallSupervisor, "H2", "EM", false)]
    [TestCase(Role.BureauLeader, "H2", "EM", false)]
    [TestCase(Role.Inspector, "H2", "EM", true)]
    public void Who_may_know_of_a_case_elsewhere(Role role, string hall, string department, bool allowed)
    {
        Assert.That(new Actor("x", "x", role, "H1", "SI", null).Scope.Allows(hall, department, null, "other", Lane.Hall), Is.EqualTo(allowed));
    }

    [Test]
    public void A_handler_knows_only_of_what_they_are_responsible_for()
    {
        var scope = new Actor("h", "h", Role.Handler, "H1", "SI", "A01").Scope;
        Assert.That(scope.Allows("H1", "SI", null, "h", Lane.Hall), Is.True);
        Assert.That(scope.Allows("H1", "SI", null, "h", Lane.Sealed), Is.False);
        Assert.That(scope.Allows("H1", "SI", null, null, Lane.Hall), Is.False);
    }
}

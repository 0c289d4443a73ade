using Feedback.Domain.Clocks;
using Feedback.Domain.Policies;
using Feedback.Domain.Time;

namespace Feedback.Tests.Domain.Clocks;

/// <summary>The table of the steps and of the kinds of clock, and the policy's ladder beside it.</summary>
internal sealed class LadderTests
{
    private static readonly Limit[] Days = [.. new[] { 0, 1, 3, 5 }.Select(Limit.WorkingDays)];

    private static readonly Limit[] Hours = [.. new[] { 0, 2, 6, 24 }.Select(Limit.Hours)];

    [Test]
    public void Numbers_and_names_are_those_that_databases_hold() =>
        Assert.That(Enum.GetValues<EscalationStep>().Select(s => $"{(int)s} {s} {Ladder.Of(s).Code}"), Is.EqualTo(new[]
        {
            "0 Yellow yellow", "1 UnitHead unit_head", "2 HallSupervisor hall_supervisor", "3 BureauLeader bureau_leader", "4 DisciplineInspection discipline_inspection",
        }));

    [Test]
    public void A_warning_comes_first_and_then_the_due_instant()
    {
        Assert.That(Ladder.Steps.Select(s => s.When), Is.Ordered.Using<StepTime>((a, b) => a.CompareTo(b)));
        Assert.That((Ladder.Warning, Ladder.Due), Is.EqualTo((EscalationStep.Yellow, EscalationStep.UnitHead)));
        Assert.That(Ladder.Steps.Select(s => s.Code), Is.Unique);
    }

    [Test]
    public void A_number_that_no_step_has_is_an_error() => Assert.That(() => Ladder.Of((EscalationStep)9), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Only_a_pause_and_an_offer_have_no_ladder() =>
        Assert.That(Enum.GetValues<ClockKind>().Where(k => !k.HasLadder()).Select(k => (k, k.Rule().End)), Is.EqualTo(new[] { (ClockKind.Pause, ClockEnd.EndsPause), (ClockKind.HandOver, ClockEnd.SendsBack) }));

    [Test]
    public void A_wait_too_few_or_too_many_is_an_error_that_counts_them()
    {
        Assert.That(new LadderPolicy(Days, Hours).Mismatch, Is.Null);
        var few = new LadderPolicy(Days, Hours[..3]);
        Assert.That(few.Mismatch?.Field, Is.EqualTo("hours"));
        Assert.That(() => few.For(LimitUnit.WorkingDays), Throws.InvalidOperationException.With.Message.EqualTo(
            "ladder.hours: The ladder has 4 steps (UnitHead, HallSupervisor, BureauLeader, DisciplineInspection), this list 3 waits."));
        Assert.That(new LadderPolicy([.. Days, Days[^1]], Hours).Mismatch?.Field, Is.EqualTo("days"));
    }

    [Test]
    public void A_ladder_that_names_its_steps_has_those()
    {
        var two = new LadderPolicy(Days[..2], Hours[..2], [EscalationStep.UnitHead, EscalationStep.DisciplineInspection]);
        Assert.That(two.Mismatch, Is.Null);
        Assert.That(two.For(LimitUnit.Hours), Is.EqualTo(new[] { (EscalationStep.UnitHead, Hours[0]), (EscalationStep.DisciplineInspection, Hours[1]) }));
    }
}

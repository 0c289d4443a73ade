using Feedback.Domain.Clocks;
using Feedback.Domain.Policies;
using Feedback.Domain.Time;
using static Feedback.Tests.Domain.Time.WorkCalendarTests;

namespace Feedback.Tests.Domain.Clocks;

internal sealed class ClockTests
{
    internal static readonly Policy Rules = new(
        1,
        new DateOnly(2024, 1, 1),
        new Dictionary<Feedback.Domain.Cases.CaseType, CaseLimits>(),
        new LadderPolicy([.. new[] { 0, 1, 3, 5 }.Select(Limit.WorkingDays)], [.. new[] { 0, 2, 6, 24 }.Select(Limit.Hours)]),
        new PausePolicy(Limit.WorkingDays(15)),
        new HandOverPolicy(Limit.Parse("4wh"), 2, Limit.WorkingDays(1)),
        new AppealPolicy(Limit.CalendarDays(30), Limit.CalendarDays(30)),
        new WarningPolicy(0.9, Limit.WorkingDays(1)),
        new TextPolicy(150, 2000),
        7);

    [Test]
    public void A_general_complaint_climbs_in_working_days()
    {
        var clock = Clock.Start(ClockKind.Answer, Limit.Parse("5wd"), At("2026-11-16T10:00"), Calendar, Rules);

        Assert.That(clock.DueAt, Is.EqualTo(At("2026-11-23T17:30")));
        Assert.That(clock.Steps.Select(s => (s.What, s.DueAt)), Is.EqualTo(new[]
        {
            (EscalationStep.Yellow, At("2026-11-20T17:30")), // one working day before, earlier than 90 %
            (EscalationStep.UnitHead, At("2026-11-23T17:30")),
            (EscalationStep.HallSupervisor, At("2026-11-24T17:30")),
            (EscalationStep.BureauLeader, At("2026-11-26T17:30")),
            (EscalationStep.DisciplineInspection, At("2026-11-30T17:30")),
        }));
    }

    [Test]
    public void A_limit_of_one_working_day_warns_at_nine_tenths_of_its_opening_time()
    {
        var clock = Clock.Start(ClockKind.Acceptance, Limit.Parse("1wd"), At("2026-11-16T10:30"), Calendar, Rules);

        // Open until due: 5.5 h on Monday and 7 h on Tuesday, 750 minutes; nine tenths are 675, which is 75 before the end.
        Assert.That(clock.Steps[0].DueAt, Is.EqualTo(At("2026-11-17T16:15")));
    }

    [Test]
    public void A_long_limit_warns_at_nine_tenths_when_that_is_earlier()
    {
        var clock = Clock.Start(ClockKind.Answer, Limit.Parse("15wd"), At("2026-11-16T09:00"), Calendar, Rules);

        // 16 days of 420 minutes; nine tenths are 6048 = 14 days and 168 minutes into the fifteenth day.
        Assert.That(clock.DueAt, Is.EqualTo(At("2026-12-07T17:30")));
        Assert.That(clock.Steps[0].DueAt, Is.EqualTo(At("2026-12-04T11:48")));
    }

    [Test]
    public void A_clock_in_hours_climbs_in_hours()
    {
        var clock = Clock.Start(ClockKind.Answer, Limit.Parse("24h"), At("2026-11-20T20:00"), Calendar, Rules);

        Assert.That(clock.Steps.Select(s => s.DueAt), Is.EqualTo(new[]
        {
            At("2026-11-21T17:36"), At("2026-11-21T20:00"), At("2026-11-21T22:00"), At("2026-11-22T02:00"), At("2026-11-22T20:00"),
        }));
    }

    [Test]
    public void A_clock_in_calendar_days_warns_one_working_day_before_at_the_latest()
    {
        var clock = Clock.Start(ClockKind.Acceptance, Limit.Parse("15d"), At("2026-11-16T10:00"), Calendar, Rules);

        Assert.That(clock.DueAt, Is.EqualTo(At("2026-12-01T17:30")));
        Assert.That(clock.Steps[0].DueAt, Is.LessThanOrEqualTo(At("2026-11-30T17:30")));
        Assert.That(clock.Steps[0].DueAt, Is.EqualTo(At("2026-11-16T10:00") + ((clock.DueAt - At("2026-11-16T10:00")) * 0.9)));
    }

    [TestCase("1d", "2026-11-17T14:24", Description = "nine tenths of 31 hours")]
    [TestCase("2d", "2026-11-17T17:30", Description = "one working day before")]
    public void A_limit_of_one_calendar_day_warns_by_its_share_alone(string limit, string warning)
    {
        var clock = Clock.Start(ClockKind.Answer, Limit.Parse(limit), At("2026-11-16T10:30"), Calendar, Rules);
        Assert.That(clock.Steps[0].DueAt, Is.EqualTo(At(warning)));
    }

    [TestCase("2026-11-23T17:00", "2026-11-23T18:00", "2026-11-23T18:00", Description = "it fell into the pause: at once")]
    [TestCase("2026-11-23T17:30", "2026-11-23T18:30", null, Description = "it came before the pause: not twice")]
    [TestCase("2026-11-23T10:00", "2026-11-23T11:00", "2026-11-23T17:30", Description = "it is still to come")]
    public void A_pause_swallows_no_warning(string pausedAt, string resumedAt, string? warning)
    {
        var clock = Clock.Start(ClockKind.Answer, Limit.Parse("8d"), At("2026-11-16T10:00"), Calendar, Rules);
        Assert.That(clock.Steps[0].DueAt, Is.EqualTo(At("2026-11-23T17:30")));

        var warned = clock.Resume(At(pausedAt), At(resumedAt), Calendar, Rules).Steps.Where(s => s.What == EscalationStep.Yellow).Select(s => s.DueAt);
        Assert.That(warned, Is.EqualTo(warning is null ? [] : new[] { At(warning) }));
    }

    [TestCase(null, Light.Green)]
    [TestCase(EscalationStep.Yellow, Light.Yellow)]
    [TestCase(EscalationStep.UnitHead, Light.Red)]
    [TestCase(EscalationStep.DisciplineInspection, Light.Red)]
    public void The_light_is_that_of_the_highest_step(EscalationStep? reached, Light light)
    {
        Assert.That(Lights.Of(reached), Is.EqualTo(light));
    }
}

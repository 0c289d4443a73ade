using System.Globalization;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Policies;
using Feedback.Domain.Ratings;
using Feedback.Tests.Domain.Time;

namespace Feedback.Tests.Domain.Ratings;

/// <summary>Each signal by the numbers that are shipped, with what lies just beside it.</summary>
internal sealed class PraiseSignalsTests
{
    private static readonly Policy Shipped = EmbeddedScript.In("reference/policy").Select(s => ReferenceData.Parse<Policy>(s.Text)).MaxBy(p => p.Version)!;
    private static readonly PraisePolicy Rules = Shipped.Praise!;
    private static readonly DateTimeOffset Ten = At("2026-11-16T10:00");

    [Test]
    public void Nobody_but_the_best_two_grades_is_praise() =>
        Assert.That(Grades.All.Where(g => g.IsPraise()), Is.EqualTo(new[] { Grade.VerySatisfied, Grade.Satisfied }));

    [TestCase(4, 0)]
    [TestCase(5, 5)]
    public void One_device_gives_a_window_only_so_many(int ratings, int flagged)
    {
        var flags = PraiseSignals.SameDevice(Every(60, ratings), Rules.Device).ToList();
        Assert.That(flags, Has.Count.EqualTo(flagged));
        Assert.That(flags.Select(f => f.Reason.Zh).Distinct(), flagged == 0 ? Is.Empty : Is.EqualTo(new[] { "同一台设备 24 小时内给这个窗口 5 条好评。" }));
    }

    [TestCase(7, 0)]
    [TestCase(8, 8)]
    public void A_helper_with_one_phone_goes_to_many_windows(int ratings, int flagged) =>
        Assert.That(PraiseSignals.SameDevice([.. Every(30, ratings).Select((p, i) => p with { WindowCode = "A0" + (i % 3) })], Rules.Device).Count(), Is.EqualTo(flagged));

    [Test]
    public void What_lies_further_apart_is_no_group() => Assert.That(PraiseSignals.SameDevice(Every(6 * 60 + 1, 12), Rules.Device), Is.Empty, "five never lie within a day");

    [Test]
    public void Groups_that_overlap_are_one_and_the_peak_is_the_most_at_once()
    {
        Praise[] rows = [.. Every(1, 3), .. Every(1, 4, Ten.AddMinutes(3)), .. Every(1, 3, Ten.AddHours(2)), .. Every(1, 2, Ten.AddHours(5))];
        var groups = PraiseGroup.Among(rows.Reverse(), TimeSpan.FromMinutes(3), 3);
        Assert.That(groups.Select(g => (g.Members.Count, g.Peak, g.Start, g.End)), Is.EqualTo(new[] { (7, 4, Ten, Ten.AddMinutes(6)), (3, 3, Ten.AddHours(2), Ten.AddHours(2).AddMinutes(2)) }));
    }

    [Test]
    public void Who_has_a_ticket_is_no_part_of_a_crowd_without_one()
    {
        Praise[] rows = [.. Every(0.2, 10), .. Every(0.5, 5).Select(p => p with { HasTicket = true })];
        Assert.That(PraiseGroup.Crowds(rows, TimeSpan.FromMinutes(3), 10).Single().Members.Select(m => m.HasTicket), Is.All.False);
        Assert.That(PraiseGroup.Crowds(rows.Skip(1), TimeSpan.FromMinutes(3), 10), Is.Empty);
        Assert.That(PraiseGroup.Crowds(rows.Take(10).Select(p => p with { HasTicket = true }), TimeSpan.FromMinutes(3), 10), Has.Count.EqualTo(1), "numbers can be made up");
    }

    [TestCase(100, 33, 200, 10, TestName = "A network that gives less than one in five minutes and now ten is flagged")]
    [TestCase(100, 34, 200, 0, TestName = "A hall's Wi-Fi that usually gives a little more is not")]
    [TestCase(100, 0, 200, 10, TestName = "A network that was never there is flagged")]
    [TestCase(29, 0, 200, 0, TestName = "Where little is known a network is no signal")]
    public void A_network_is_measured_against_what_is_usual(int known, int ofNetwork, int minutes, int flagged)
    {
        var flags = PraiseSignals.SameNetwork(Group(Every(0.4, 10)), new UsualPraise(known, 0, ofNetwork, TimeSpan.FromMinutes(minutes)), Rules).ToList();
        Assert.That(flags, Has.Count.EqualTo(flagged));
        Assert.That(flags.Take(1).Select(f => f.Reason.En), Is.All.StartsWith("One network gave this window 10 good ratings within 5 minutes; about"));
    }

    [TestCase(100, 100, 10, TestName = "Ten where three are usual is a burst")]
    [TestCase(100, 89, 0, TestName = "A window that is always that quick has none")]
    [TestCase(29, 1, 10, TestName = "Where little is known the number alone decides")]
    public void A_burst_is_measured_against_what_is_usual(int known, int minutes, int flagged) =>
        Assert.That(PraiseSignals.Burst(Group(Every(0.3, 10)), new UsualPraise(known, 0, 0, TimeSpan.FromMinutes(minutes)), Rules).Count(), Is.EqualTo(flagged));

    [TestCase(100, 80, true)]
    [TestCase(100, 79, false)]
    [TestCase(29, 29, false)]
    public void A_missing_ticket_is_a_signal_where_tickets_are_used(int known, int withTicket, bool flagged)
    {
        var (group, usual) = (Group(Every(40, 3)), new UsualPraise(known, withTicket, 0, TimeSpan.FromHours(3)));
        Assert.That(PraiseSignals.NoTicketOfDevice(group, usual, Rules).Select(f => f.Reason.Zh).Distinct(), flagged ? Is.EqualTo(new[] { "这个窗口此前 100 条好评中 80 条有取号单,同一台设备 168 小时内却有 3 条没有。" }) : Is.Empty);
        Assert.That(PraiseSignals.NoTicketOfNetwork(group, usual, Rules).Count(), Is.EqualTo(flagged ? 3 : 0));
    }

    [TestCase("2026-11-16T08:44", false, true, TestName = "Before the hall opens")]
    [TestCase("2026-11-16T08:45", false, false, TestName = "While the doors open")]
    [TestCase("2026-11-16T12:30", false, false, TestName = "On the way to lunch")]
    [TestCase("2026-11-16T12:31", false, true, TestName = "In the midday break")]
    [TestCase("2026-11-16T13:15", false, false, TestName = "When the afternoon begins")]
    [TestCase("2026-11-16T18:00", false, false, TestName = "On the way home")]
    [TestCase("2026-11-16T18:01", false, true, TestName = "In the evening")]
    [TestCase("2026-11-16T22:00", true, false, TestName = "In the evening with the day's ticket")]
    [TestCase("2026-11-16T07:00", true, true, TestName = "With a ticket before any was given out")]
    [TestCase("2026-11-15T10:00", true, true, TestName = "On a Sunday")]
    [TestCase("2026-10-10T10:00", false, false, TestName = "On a Saturday that is worked")]
    public void Outside_opening_hours(string at, bool hasTicket, bool flagged)
    {
        var flag = PraiseSignals.Closed(new Praise(Guid.NewGuid(), "A01", hasTicket, At(at)), WorkCalendarTests.Calendar, Rules.Closed);
        Assert.That(flag is not null, Is.EqualTo(flagged));
        Assert.That(flag?.Reason.Zh ?? "不开放时间", Does.Match("不在开放时间|大厅当天不开放|不开放时间"));
    }

    [TestCase("很好", null)]
    [TestCase("服务态度很好,办事效率很高!", null)]
    [TestCase("The staff were very friendly and quick", null)]
    [TestCase("窗口同志耐心细致,一次性告知到位", null, TestName = "Fifteen characters are one too few")]
    [TestCase("窗口同志耐心细致,一次性告知到位了", "窗口同志耐心细致一次性告知到位了", TestName = "Sixteen characters are a text")]
    [TestCase(null, null)]
    public void Short_texts_prove_nothing(string? comment, string? key) => Assert.That(PraiseSignals.TextKey(comment, Rules.SameText), Is.EqualTo(key));

    [TestCase("窗口同志耐心细致,一次性告知到位,值得表扬。ABC")]
    [TestCase(" 窗口同志 耐心细致\n一次性告知到位!!值得表扬 abc~")]
    [TestCase("窗口同志耐心细致,一次性告知到位👍值得表扬abc")]
    public void Texts_are_the_same_in_any_width_and_punctuation(string comment) =>
        Assert.That(PraiseSignals.TextKey(comment, Rules.SameText), Is.EqualTo("窗口同志耐心细致一次性告知到位值得表扬abc"));

    [Test]
    public void The_same_text_says_how_often() =>
        Assert.That(PraiseSignals.SameText(Group(Every(60, 3)), Rules.SameText).Select(f => f.Reason), Is.EqualTo(Enumerable.Repeat(new Bilingual("168 小时内有 3 条好评的留言相同。", "3 good ratings within 168 hours have the same text."), 3)));

    [Test]
    public void The_shipped_numbers_hold() => Assert.That(PolicyCheck.Errors(Shipped), Is.Empty);

    [Test]
    public void Numbers_that_would_flag_everybody_are_refused()
    {
        var loose = Shipped with
        {
            Praise = Rules with { Device = new(1, 1, 0), Burst = new(2, 0, 0), NoTicket = Rules.NoTicket with { Share = 0.4 }, Usual = new(20, 10) },
        };
        Assert.That(PolicyCheck.Errors(loose).Select(e => e.Field), Is.EquivalentTo(new[]
        {
            "praise.device.atWindow", "praise.device.anywhere", "praise.device.hours", "praise.burst.ratings", "praise.burst.minutes", "praise.burst.timesUsual", "praise.noTicket.share", "praise.usual.most",
        }));
    }

    private static List<Praise> Every(double minutes, int count, DateTimeOffset? from = null) =>
        [.. Enumerable.Range(0, count).Select(n => new Praise(Guid.NewGuid(), "A01", false, (from ?? Ten).AddMinutes(minutes * n)))];

    private static PraiseGroup Group(List<Praise> members) => new(members, members.Count);

    private static DateTimeOffset At(string local) => new(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}

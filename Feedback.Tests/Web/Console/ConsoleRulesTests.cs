using Feedback.Tests.Harness;

namespace Feedback.Tests.Web.Console;

/// <summary>The places that rule the clocks: calendar, rules, duty, and why a due instant is what it is.</summary>
internal sealed class ConsoleRulesTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task Other_numbers_are_proposed_by_one_and_approved_by_another_through_the_page()
    {
        using var inspector = await ConsoleClient.SignedIn(App, "inspector");
        Assert.That((await inspector.Get("/console/rules")).Text, Does.Contain("期限 · 一般投诉 · 答复").And.Contain("value=\"5wd\""));
        var proposed = await inspector.Post("/console/rules", ("caseTypes.General.answer", "3wd"), ("effectiveFrom", "2026-11-20"), ("reason", "压缩时限"));
        Assert.That(proposed, Is.EqualTo(new ConsolePage(303, "", "/console/rules#v4")));
        await inspector.Get("/console/rules");
        Assert.That((await inspector.Post("/console/rules/4/decision", ("approved", "true"), ("note", "同意"))).Text, Does.Contain("不能批准自己提出的规则"));

        using var leader = await ConsoleClient.SignedIn(App, "leader");
        Assert.That((await leader.Get("/console/rules?lang=en")).Text, Does.Contain("Limits · General complaint · answer</th><td>5wd</td><td><strong>3wd</strong>").And.Contain("To be decided: version 4"));
        Assert.That((await leader.Post("/console/rules/4/decision", ("approved", "true"), ("note", "同意"))).Status, Is.EqualTo(303));
        Assert.That((await leader.Get("/console/rules")).Text, Does.Contain("approved (分管领导)"));
    }

    [Test]
    public async Task What_was_typed_stands_there_again_when_it_is_refused()
    {
        using var inspector = await ConsoleClient.SignedIn(App, "inspector");
        await inspector.Get("/console/rules");
        var refused = await inspector.Post("/console/rules", ("warning.share", "1.5"), ("caseTypes.General.answer", "9wd"), ("effectiveFrom", "2026-11-20"), ("reason", "试试"));
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain("预警 · 比例: 预警比例须在 0 与 1 之间。").And.Contain("value=\"1.5\" aria-invalid=\"true\"").And.Contain("value=\"9wd\"").And.Contain("value=\"试试\""));
        Assert.That(await App.Sql<int>("select count(*) from policy_proposal"), Is.Zero);
    }

    [TestCase("pause.longest", "fifteen")]
    [TestCase("handOver.limit", "two")]
    [TestCase("ladder.days.1", "")]
    public async Task A_number_that_is_none_is_refused(string field, string typed)
    {
        using var inspector = await ConsoleClient.SignedIn(App, "inspector");
        await inspector.Get("/console/rules");
        Assert.That((await inspector.Post("/console/rules", (field, typed), ("effectiveFrom", "2026-11-20"), ("reason", "试试"))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_day_of_the_halls_own_is_entered_on_the_calendar_by_the_leader_alone()
    {
        using var leader = await ConsoleClient.SignedIn(App, "leader");
        Assert.That((await leader.Get("/console/calendar")).Text, Does.Contain("国务院办公厅关于2026年部分节假日安排的通知").And.Contain("01-01…01-03").And.Contain("尚无放假安排"));
        Assert.That((await leader.Post("/console/calendar", ("hall", "H1"), ("day", "2026-11-16"), ("works", "false"), ("reason", "停电"))).Text, Does.Contain("只能调整明天以后的日期").And.Contain("value=\"停电\""));
        Assert.That((await leader.Post("/console/calendar", ("hall", "H1"), ("day", "2026-11-18"), ("works", "false"), ("reason", "停电"))).Status, Is.EqualTo(303));
        Assert.That((await leader.Get("/console/calendar?lang=en")).Text, Does.Contain("2026-11-18 Hall closed: 停电"));

        using var handler = await ConsoleClient.SignedIn(App, "handler");
        Assert.That((await handler.Get("/console/calendar")).Text, Does.Contain("大厅休息: 停电").And.Not.Contain("<select"));
        Assert.That((await handler.Post("/console/calendar", ("hall", "H1"), ("day", "2026-11-19"), ("works", "false"), ("reason", "停电"))).Status, Is.EqualTo(403));
    }

    [TestCase("2026-12-01T10:00", false)]
    [TestCase("2026-12-02T10:00", true)]
    public async Task From_thirty_days_before_a_year_without_data_every_page_says_so(string now, bool warned)
    {
        App.Clock.Now = TestApp.Local(now);
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        Assert.That((await head.Get("/console/cases")).Text.Contains("2027 年的放假安排尚未导入", StringComparison.Ordinal), Is.EqualTo(warned));
    }

    [Test]
    public async Task An_absence_is_entered_and_ended_through_the_page()
    {
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        Assert.That((await head.Get("/console/duty")).Text, Does.Contain("没有常设替岗人").And.Contain("1号窗口值岗人员").And.Not.Contain("就业服务中心负责人"));
        Assert.That((await head.Post("/console/duty/deputy", ("login", "head-si"), ("deputy", "handler"))).Status, Is.EqualTo(303));
        Assert.That((await head.Post("/console/duty/absence", ("login", "head-si"), ("firstDay", "2026-11-20"), ("lastDay", "2026-11-19"))).Text, Does.Contain("最后一天须在第一天之后").And.Contain("value=\"2026-11-20\""));
        Assert.That((await head.Post("/console/duty/absence", ("login", "head-si"), ("firstDay", "2026-11-16"), ("lastDay", "2026-11-20"))).Status, Is.EqualTo(303));

        var page = await head.Get("/console/duty?lang=en");
        Assert.That(page.Text, Does.Contain("Away from 2026-11-16 to 2026-11-20, deputy: 1号窗口值岗人员"));
        var id = System.Text.RegularExpressions.Regex.Match(page.Text, "name=\"id\" value=\"([^\"]+)\"").Groups[1].Value;
        Assert.That((await head.Post("/console/duty/end", ("login", "head-si"), ("id", id))).Status, Is.EqualTo(303));
        Assert.That((await head.Get("/console/duty")).Text, Does.Not.Contain("Away from"));
    }

    [Test]
    public async Task Why_this_time_is_said_day_by_day()
    {
        App.Clock.Now = TestApp.Local("2026-11-20T19:00");
        var number = await App.FileComplaint("A01");
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        Assert.That((await head.Get($"/console/cases/{number}")).Text, Does.Contain($"/console/cases/{number}/clock"));

        var page = (await head.Get($"/console/cases/{number}/clock")).Text;
        Assert.That(page, Does.Contain("11月20日(周五)19:00开始,不在开放时间内,从 11月23日(周一)09:00起算").And.Contain("第 1 天").And.Contain("双休日").And.Contain("期限为 11月24日(周二)17:30"));
        Assert.That((await head.Get($"/console/cases/{number}/clock?lang=en")).Text, Does.Contain("outside opening hours; counted from Mon 23 Nov, 09:00").And.Contain("day 1"));
        using var other = await ConsoleClient.SignedIn(App, "head-em");
        Assert.That((await other.Get($"/console/cases/{number}/clock")).Status, Is.EqualTo(404));
    }
}

using Feedback.Features.Ratings;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Web.Console;

/// <summary>The inspectors' page of suspected praise, and the statistics with and without it.</summary>
internal sealed class PraisePageTests(Engine engine) : SliceTest(engine)
{
    protected override string Now => "2026-11-16T22:00";

    [SetUp]
    public async Task PraiseAtNight()
    {
        await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 5, comment = "<b>特别</b>好", contact = new { phone = "13800000000" } });
        await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 2 });
        await App.Send(new JudgeRatings());
    }

    [Test]
    public async Task An_inspector_reads_why_and_decides()
    {
        using var inspector = await ConsoleClient.SignedIn(App, "inspector");
        var page = await inspector.Get("/console/praise");
        Assert.That(page.Text, Does.Contain("1号窗口 社保登记").And.Contain("<b>特别</b>好").And.Contain("非开放时间").And.Contain("22:00给出,不在开放时间").And.Not.Contain("13800000000"));
        Assert.That(page.Text, Does.Contain("href=\"/console/praise\" aria-current=\"page\""));

        var address = $"/console/praise/{await Id()}";
        var blank = await inspector.Post(address, ("confirmed", "false"), ("reason", " "));
        Assert.That(blank.Status, Is.EqualTo(400));
        Assert.That(blank.Text, Does.Contain("请说明理由").And.Contain("<b>特别</b>好"));
        Assert.That(await inspector.Post(address, ("confirmed", "false"), ("reason", "夜班<工人>")), Is.EqualTo(new ConsolePage(303, "", "/console/praise")));
        Assert.That((await inspector.Get("/console/praise")).Text, Does.Contain("没有待定的疑似评价"));
        Assert.That((await inspector.Get("/console/praise?state=Dismissed")).Text, Does.Contain("排除嫌疑").And.Contain("夜班<工人>").And.Not.Contain("name=\"reason\""));

        var again = await inspector.Post(address, ("confirmed", "true"), ("reason", "改主意了"));
        Assert.That(again.Status, Is.EqualTo(409));
        Assert.That(again.Text, Does.Contain("已有决定,不能再改"));
    }

    [Test]
    public async Task What_a_citizen_wrote_is_text_on_the_page()
    {
        using var inspector = await App.SignedIn("inspector");
        Assert.That(await inspector.GetStringAsync("/console/praise"), Does.Contain("&lt;b&gt;").And.Not.Contain("<b>特别"));
    }

    [TestCase("supervisor")]
    [TestCase("leader")]
    [TestCase("auditor")]
    public async Task Nobody_else_is_shown_the_place(string login)
    {
        using var other = await ConsoleClient.SignedIn(App, login);
        Assert.That((await other.Get("/console/praise")).Status, Is.EqualTo(403));
        Assert.That((await other.Get("/console/windows")).Text, Does.Not.Contain("/console/praise"));
        Assert.That((await other.Post($"/console/praise/{await Id()}", ("confirmed", "false"), ("reason", "不是"))).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task The_statistics_show_both()
    {
        using var inspector = await ConsoleClient.SignedIn(App, "inspector");
        var page = await inspector.Get("/console/statistics");
        Assert.That(page.Text, Does.Match("满意率</h2>\\s*<p class=\"value\">50.0%</p>\\s*<p>1 / 2</p>\\s*<p class=\"without\">不含疑似刷好评 <strong>0.0%</strong> 0 / 1</p>"));
        Assert.That(page.Text, Does.Contain("3 分及以上且不是疑似刷好评的评价数 ÷ 本月不含疑似刷好评的评价数"));
        var csv = await inspector.Get("/api/v1/statistics/monthly?month=2026-11&by=unit&format=csv");
        Assert.That(csv.Text, Does.Match("total,.*suspected_praise,疑似刷好评,1,").And.Match("SI,.*satisfaction_rate_without_suspected,[^,]*,0,1,"));
    }

    private async Task<Guid> Id() => new((await App.Sql<byte[]>("select rating_id from rating_flag"))!, bigEndian: true);
}

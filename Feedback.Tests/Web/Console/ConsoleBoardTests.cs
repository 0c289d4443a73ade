using Feedback.Tests.Harness;

namespace Feedback.Tests.Web.Console;

internal sealed class ConsoleBoardTests(Engine engine) : SliceTest(engine)
{
    [TestCase("head-si", new[] { "social" })]
    [TestCase("head-em", new[] { "employment" })]
    [TestCase("supervisor", new[] { "social", "employment" })]
    [TestCase("leader", new[] { "social", "employment", "director" })]
    [TestCase("auditor", new[] { "social", "employment", "director" })]
    [TestCase("inspector", new[] { "social", "employment", "director", "sealed" })]
    [TestCase("handler", new string[0])]
    public async Task Everyone_sees_the_cases_of_their_scope_and_no_other(string login, string[] expected)
    {
        var filed = new Dictionary<string, string>
        {
            ["social"] = await App.FileComplaint("A01"),
            ["employment"] = await App.FileComplaint("B01"),
            ["director"] = await App.FileComplaint("A01", receiver: "Director"),
            ["sealed"] = await App.FileComplaint("A01", about: "Gifts"),
        };
        using var visitor = await ConsoleClient.SignedIn(App, login);

        var board = await visitor.Get("/console/cases");

        Assert.That(filed.Where(f => board.Text.Contains(f.Value, StringComparison.Ordinal)).Select(f => f.Key), Is.EquivalentTo(expected));
        Assert.That(board.Text, Does.Match($"全部\\s*<span class=\"number\">{expected.Length}</span>"));
        foreach (var (name, number) in filed)
        {
            Assert.That((await visitor.Get($"/console/cases/{number}")).Status, Is.EqualTo(expected.Contains(name) ? 200 : 404));
        }
    }

    [Test]
    public async Task Rows_stand_under_their_light_with_what_they_need()
    {
        var late = await App.FileComplaint("A01");
        await App.MoveTo("2026-11-19T10:00");
        var fresh = await App.FileComplaint("B01", about: "Rudeness");
        using var visitor = await ConsoleClient.SignedIn(App, "supervisor");

        var board = (await visitor.Get("/console/cases")).Text;

        // Filed on Monday, to be accepted by Tuesday 17:30: two working days have seven hours each, and one hour is gone on Thursday.
        Assert.That(board, Does.Match($"超期 1[\\s\\S]+{late}[\\s\\S]+1号窗口 社保登记[\\s\\S]+一分钟\\(拖延\\)[\\s\\S]+社保经办中心负责人[\\s\\S]+2026-11-17 周二 17:30[\\s\\S]+已超 8 小时[\\s\\S]+升级至大厅值班长[\\s\\S]+正常 1[\\s\\S]+{fresh}[\\s\\S]+剩 13 小时"));
        Assert.That(board, Does.Not.Contain("临期 1"));
    }

    [TestCase("2026-11-17T17:29", "剩 1 分")]
    [TestCase("2026-11-17T19:00", "已超 0 分")]
    [TestCase("2026-11-18T09:01", "已超 1 分")]
    public async Task What_fell_due_at_closing_time_is_late_before_any_working_time_has_passed(string now, string left)
    {
        var number = await App.FileComplaint("A01");
        await App.MoveTo(now);
        using var visitor = await ConsoleClient.SignedIn(App, "supervisor");

        Assert.That((await visitor.Get("/console/cases")).Text, Does.Match($"{number}[\\s\\S]+2026-11-17 周二 17:30[\\s\\S]+{left}<"));
        Assert.That((await visitor.Get($"/console/cases/{number}")).Text, Does.Contain(left + "(工作时间)").And.Contain("计时中," + left));
    }

    [Test]
    public async Task Filters_live_in_the_address()
    {
        var late = await App.FileComplaint("A01");
        await App.MoveTo("2026-11-19T10:00");
        var fresh = await App.FileComplaint("B01");
        using var visitor = await ConsoleClient.SignedIn(App, "supervisor");

        Assert.That((await visitor.Get("/console/cases?light=Red")).Text, Does.Contain(late).And.Not.Contain(fresh));
        Assert.That((await visitor.Get("/console/cases?light=Green")).Text, Does.Contain(fresh).And.Not.Contain(late));
        Assert.That((await visitor.Get("/console/cases?state=Filed")).Text, Does.Contain(fresh).And.Contain(late));
        Assert.That((await visitor.Get("/console/cases?state=Accepted")).Text, Does.Contain("没有符合筛选条件的办件").And.Not.Contain(late));
        Assert.That((await visitor.Get("/console/cases?cursor=nonsense")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task An_empty_board_says_what_would_appear()
    {
        using var visitor = await ConsoleClient.SignedIn(App, "supervisor");

        Assert.That((await visitor.Get("/console/cases")).Text, Does.Contain("市民扫描窗口二维码提交投诉后"));
    }

    [Test]
    public async Task A_long_board_has_pages_and_its_groups_say_how_much_is_shown()
    {
        for (var i = 0; i < 51; i++) await App.FileComplaint("A01");
        using var visitor = await ConsoleClient.SignedIn(App, "supervisor");

        var first = (await visitor.Get("/console/cases")).Text;
        var next = System.Text.RegularExpressions.Regex.Match(first, "href=\"([^\"]+)\" rel=\"next\"").Groups[1].Value;
        var second = (await visitor.Get(next)).Text;

        Assert.That(first, Does.Contain("正常 51,本页 50"));
        Assert.That(second, Does.Contain("正常 51,本页 1").And.Contain("第一页").And.Not.Contain("rel=\"next\""));
    }

    [Test]
    public async Task A_case_is_found_by_its_number()
    {
        using var visitor = await ConsoleClient.SignedIn(App, "supervisor");
        var number = await App.FileComplaint("A01");

        Assert.That((await visitor.Get($"/console/search?number=%20{number}%20")).Location, Is.EqualTo($"/console/cases/{number}"));
        var unknown = await visitor.Get("/console/cases/20261116-000000");
        Assert.That(unknown.Status, Is.EqualTo(404));
        Assert.That(unknown.Text, Does.Contain("没有找到这个件。"));
    }
}

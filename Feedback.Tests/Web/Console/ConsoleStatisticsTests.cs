using Feedback.Tests.Harness;

namespace Feedback.Tests.Web.Console;

internal sealed class ConsoleStatisticsTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task Every_figure_shows_its_numerator_and_denominator_and_leads_to_the_same_figures_as_files()
    {
        foreach (var grade in new[] { 5, 4, 1 }) await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade });
        using var visitor = await ConsoleClient.SignedIn(App, "inspector");

        var page = await visitor.Get("/console/statistics");

        Assert.That(page.Text, Does.Contain("2026-11 月度统计").And.Contain("66.7%").And.Contain("2 / 3").And.Contain("3 分及以上的评价数 ÷ 本月评价数"));
        Assert.That(page.Text, Does.Match("按时办结率</h2>\\s*<p class=\"value\">—</p>\\s*<p>0 / 0</p>"));
        foreach (var format in new[] { "csv", "xlsx" })
        {
            var address = $"/api/v1/statistics/monthly?month=2026-11&by=unit&format={format}";
            Assert.That(page.Text, Does.Contain(address));
            Assert.That((await visitor.Get(address)).Status, Is.EqualTo(200));
        }
    }

    [TestCase("hall", "示范区人社服务大厅")]
    [TestCase("unit", "劳动关系科")]
    [TestCase("window", "6号窗口 劳动维权")]
    [TestCase("item", "养老待遇申领")]
    [TestCase("channel", "扫码")]
    [TestCase("tag", "服务态度生硬")]
    [TestCase("prohibition", "一趟路(多跑)")]
    public async Task The_rows_stand_for_what_the_address_says(string by, string row)
    {
        using var visitor = await ConsoleClient.SignedIn(App, "inspector");

        Assert.That((await visitor.Get($"/console/statistics?month=2026-10&by={by}")).Text, Does.Contain(row).And.Contain("2026-10 月度统计").And.Contain("这个月还没有评价和投诉"));
    }

    [TestCase("month=2026-13")]
    [TestCase("by=nonsense")]
    public async Task An_address_that_means_nothing_is_refused(string query)
    {
        using var visitor = await ConsoleClient.SignedIn(App, "inspector");

        Assert.That((await visitor.Get($"/console/statistics?{query}")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Figures_cover_the_scope_of_the_reader()
    {
        await App.FileComplaint("A01");
        await App.FileComplaint("B01");
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        using var leader = await ConsoleClient.SignedIn(App, "leader");
        using var handler = await ConsoleClient.SignedIn(App, "handler");

        const string filed = "登记件</h2>\\s*<p class=\"value\">{0}</p>";
        Assert.That((await head.Get("/console/statistics")).Text, Does.Match(filed.Replace("{0}", "1", StringComparison.Ordinal)).And.Not.Contain("就业服务中心</th>"));
        Assert.That((await leader.Get("/console/statistics")).Text, Does.Match(filed.Replace("{0}", "2", StringComparison.Ordinal)).And.Contain("就业服务中心</th>"));
        Assert.That((await handler.Get("/console/statistics")).Status, Is.EqualTo(403));
    }
}

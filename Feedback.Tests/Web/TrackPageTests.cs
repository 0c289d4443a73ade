using Feedback.Tests.Harness;

namespace Feedback.Tests.Web;

internal sealed class TrackPageTests(Engine engine) : SliceTest(engine)
{
    private async Task<(string Number, string Code)> File()
    {
        var receipt = await App.Client.PostForm($"/w/{await App.Token("A01")}/complaint", ("key", "k1"), ("about", "NeedlessTrips"), ("text", "跑了三趟。"), ("receiver", "Hall"));
        return (receipt.Fact("受理编号"), receipt.Fact("查询码"));
    }

    [Test]
    public async Task Number_and_code_open_the_progress_in_sentences()
    {
        var (number, code) = await File();
        var progress = await App.Client.PostForm("/track", ("number", number), ("code", code.ToLowerInvariant().Replace("-", " ")));

        Assert.That(progress.Status, Is.EqualTo(200));
        Assert.That(progress.Text, Does.Contain("已收到,等待受理").And.Contain("让我多跑了一趟").And.Contain("离承诺的答复时间还有 8 天。").And.Contain("我们收到了您的投诉。"));
        Assert.That(progress.Fact("承诺答复时间"), Is.EqualTo("11月24日(周二)17:30"));
        Assert.That(progress.Fact("现在由谁负责"), Does.Contain("社会保险经办中心"));
        Assert.That(progress.Response.Headers.CacheControl!.NoStore, Is.True);
    }

    [Test]
    public async Task What_happened_stands_newest_first_and_the_answer_on_top()
    {
        var (number, code) = await File();
        await App.MoveTo("2026-11-18T10:00");
        using var head = await App.SignedIn("head-si");
        await head.PostAsync($"/api/v1/cases/{number}/acceptance", null);
        await head.PostJson($"/api/v1/cases/{number}/answer", new { text = "已道歉,<b>并</b>补齐清单。" });
        var progress = await App.Client.PostForm("/track", ("number", number), ("code", code));

        Assert.That(progress.Text, Does.Contain("<h1>已经答复</h1>").And.Contain("已道歉,<b>并</b>补齐清单。").And.Not.Contain("离承诺的答复时间"));
        Assert.That(progress.Html, Does.Not.Contain("<b>"));
        var order = new[] { "已经答复。", "已受理,承诺在", "超过了承诺的时间,系统已自动上报", "我们收到了您的投诉。" }.Select(s => progress.Text.IndexOf(s, StringComparison.Ordinal)).ToList();
        Assert.That(order, Has.None.EqualTo(-1).And.Ordered);
    }

    [Test]
    public async Task A_wrong_code_and_an_unknown_number_look_alike()
    {
        var (number, _) = await File();
        var wrong = await App.Client.PostForm("/track", ("number", number), ("code", "AAAA-BBBB-CCCC"));
        var unknown = await App.Client.PostForm("/track", ("number", "20261116-000000"), ("code", "AAAA-BBBB-CCCC"));

        Assert.That((wrong.Status, unknown.Status), Is.EqualTo((404, 404)));
        Assert.That(wrong.Text, Does.Contain("没有找到。请核对受理编号和查询码。"));
        Assert.That(wrong.Html.Replace(number, "#"), Is.EqualTo(unknown.Html.Replace("20261116-000000", "#")));
    }

    [Test]
    public async Task Nothing_typed_finds_nothing()
    {
        Assert.That((await App.Client.PostForm("/track", ("number", ""), ("code", ""))).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task The_address_of_the_receipt_fills_in_the_number_and_never_a_code()
    {
        var page = await App.Client.GetPage("/track?number=20261116-483920&code=SECRET");

        Assert.That(page.Status, Is.EqualTo(200));
        Assert.That(page.Text, Does.Contain("name=\"number\" value=\"20261116-483920\"").And.Not.Contain("value=\"SECRET\""));
    }
}

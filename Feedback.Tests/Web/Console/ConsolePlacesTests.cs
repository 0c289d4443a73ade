using Feedback.Tests.Harness;

namespace Feedback.Tests.Web.Console;

internal sealed class ConsolePlacesTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task The_bell_counts_what_is_unread_until_it_is_marked_read()
    {
        var number = await App.FileComplaint("A01");
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        using var other = await ConsoleClient.SignedIn(App, "head-em");

        var bell = await head.Get("/console/notices");
        Assert.That(bell.Text, Does.Contain(">1<span class=\"unseen\"> 条未读").And.Contain(number).And.Contain("新投诉件,请决定是否受理"));
        Assert.That((await other.Get("/console/notices")).Text, Does.Contain("还没有通知。").And.Not.Contain(number));

        Assert.That((await other.Post("/console/notices")).Status, Is.EqualTo(303));
        Assert.That((await head.Get("/console/notices")).Text, Does.Contain("全部标为已读"));
        Assert.That((await head.Post("/console/notices")).Status, Is.EqualTo(303));
        Assert.That((await head.Get("/console/notices")).Text, Does.Contain(number).And.Not.Contain("全部标为已读").And.Contain(">0<span class=\"unseen\"> 条未读"));
    }

    [Test]
    public async Task Windows_show_page_poster_and_code()
    {
        using var visitor = await ConsoleClient.SignedIn(App, "handler");
        var token = await App.Token("A01");

        var page = await visitor.Get("/console/windows");

        Assert.That(page.Text, Does.Contain($"/w/{token}").And.Contain("/windows/A01/poster").And.Contain("/api/v1/windows/A01/qr.svg").And.Not.Contain("重新生成"));
        Assert.That((await visitor.Get("/api/v1/windows/A01/qr.svg")).Text, Does.StartWith("<svg"));
    }

    [Test]
    public async Task A_new_code_is_issued_by_who_may_and_the_old_one_ends()
    {
        var old = await App.Token("A01");
        using var supervisor = await ConsoleClient.SignedIn(App, "supervisor");
        Assert.That((await supervisor.Get("/console/windows")).Text, Does.Contain("A01 窗口现在挂的二维码立即失效"));

        Assert.That(await supervisor.Post("/console/windows", ("window", "A01")), Is.EqualTo(new ConsolePage(303, "", "/console/windows#A01")));

        Assert.That(await App.Token("A01"), Is.Not.EqualTo(old));
        Assert.That((await App.Client.PostJson("/api/v1/ratings", new { window = old, grade = 5 })).Status, Is.EqualTo(410));
        Assert.That((await supervisor.Post("/console/windows", ("window", "Z99"))).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_new_code_is_refused_to_who_may_not()
    {
        var old = await App.Token("A01");
        using var handler = await ConsoleClient.SignedIn(App, "handler");
        await handler.Get("/console/windows");

        Assert.That((await handler.Post("/console/windows", ("window", "A01"))).Status, Is.EqualTo(403));
        Assert.That(await App.Token("A01"), Is.EqualTo(old));
    }
}

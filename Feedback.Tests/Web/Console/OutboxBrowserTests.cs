using Deque.AxeCore.Playwright;
using Feedback.Tests.Harness;
using Microsoft.Playwright;

namespace Feedback.Tests.Web.Console;

/// <summary>The outbox in a real browser, on a desk's screen and on a phone's.</summary>
internal sealed class OutboxBrowserTests(Engine engine) : OutboxTest(engine)
{
    [Test]
    public async Task The_administrator_adds_a_webhook_and_sends_a_dead_letter_again()
    {
        await Address("head-si", "head@si.example.gov.cn");
        await App.FileComplaint("A01");
        Post.RecipientReply = "550 5.1.1 No such mailbox";
        await SendOutbox();
        await using var browser = await Browser.Start();
        await using var desk = await browser.Desk(App);
        var page = await desk.NewPageAsync();

        await page.SignIn(App, "admin", from: "/console/outbox");
        await Assertions.Expect(page.GetByText("邮件服务器返回 550")).ToBeVisibleAsync();
        await page.GetByLabel("用途").FillAsync("督办平台");
        await page.GetByLabel("接收地址").FillAsync(Receiver.Url());
        await page.GetByRole(AriaRole.Button, new() { Name = "新建 Webhook" }).ClickAsync();
        await Assertions.Expect(page.Locator(".secret code")).ToContainTextAsync("whsec_");
        await Fits(page);
        await page.GotoAsync("/console/outbox");
        await page.SetViewportSizeAsync(390, 844);
        await Fits(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "停用" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("不再发送");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "取消" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "重新发送" }).ClickAsync();
        await Assertions.Expect(page.GetByText("没有发送失败的消息。")).ToHaveCountAsync(0);
        Post.RecipientReply = "250 OK";
        await SendOutbox();
        await Assertions.Expect(page.GetByText("没有待发送的消息。")).ToBeVisibleAsync();
        Assert.That(Post.Mails, Has.Count.EqualTo(1));
    }

    /// <summary>Nothing that axe finds fault with, and nothing wider than the screen.</summary>
    private static async Task Fits(IPage page)
    {
        var found = await page.RunAxe();
        Assert.That(found.Violations.Select(v => $"{page.Url} {v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"), Is.Empty);
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"), Is.Zero, page.Url);
    }
}

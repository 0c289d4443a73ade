using System.Text.RegularExpressions;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Web.Console;

internal sealed partial class ConsoleOutboxTests(Engine engine) : OutboxTest(engine)
{
    [Test]
    public async Task A_webhook_is_made_tried_and_disabled()
    {
        using var admin = await ConsoleClient.SignedIn(App, "admin");
        Assert.That((await admin.Get("/console/windows")).Text, Does.Contain("href=\"/console/outbox\""));
        Assert.That((await admin.Get("/console/outbox")).Text, Does.Contain("没有发送失败的消息。").And.Not.Contain("还没有设置邮件服务器"));

        var made = await admin.Post("/console/outbox/webhooks", ("label", "督办平台"), ("url", Receiver.Url()));
        Assert.That(made.Status, Is.EqualTo(200), made.Text);
        Assert.That(made.Text, Does.Contain("督办平台").And.Contain(Receiver.Url()));
        var secret = Secret().Match(made.Text).Value;
        var page = (await admin.Get("/console/outbox")).Text;
        Assert.That(page, Does.Contain("督办平台").And.Not.Contain("whsec_"), "shown once");
        var id = WebhookId().Match(page).Groups[1].Value;

        Assert.That(await admin.Post($"/console/outbox/webhooks/{id}/test"), Is.EqualTo(new ConsolePage(303, "", "/console/outbox?state=Waiting")));
        Assert.That((await admin.Get("/console/outbox?state=Waiting")).Text, Does.Contain("试发").And.Contain("还没有发送过"));
        await SendOutbox();
        Assert.That(Receiver.Received.Single().IsSignedWith(secret));
        Assert.That((await admin.Get("/console/outbox?state=Sent")).Text, Does.Contain(Receiver.Url()).And.Contain("已发送 <span class=\"number\">1</span>"));

        Assert.That((await admin.Post($"/console/outbox/webhooks/{id}/disable")).Location, Is.EqualTo("/console/outbox#webhooks"));
        Assert.That((await admin.Get("/console/outbox")).Text, Does.Contain("停用").And.Not.Contain($"/webhooks/{id}/test"));
        Assert.That((await admin.Post($"/console/outbox/webhooks/{id}/test")).Text, Does.Contain("这个 Webhook 已停用。"));
    }

    [Test]
    public async Task A_dead_letter_is_shown_with_its_reason_and_sent_again()
    {
        await Address("head-si", "head@si.example.gov.cn");
        var number = await App.FileComplaint("A01");
        Post.RecipientReply = "550 5.1.1 No such mailbox";
        await SendOutbox();
        using var admin = await ConsoleClient.SignedIn(App, "admin");

        var page = (await admin.Get("/console/outbox")).Text;
        Assert.That(page, Does.Contain("head@si.example.gov.cn").And.Contain("邮件服务器返回 550").And.Contain("No such mailbox").And.Not.Contain(number));
        var replay = Replay().Match(page).Value;
        Assert.That((await admin.Post(replay)).Location, Is.EqualTo("/console/outbox?state=Waiting"));
        var again = await admin.Post(replay);
        Assert.That((again.Status, again.Text.Contains("只有发送失败的消息可以重新发送。", StringComparison.Ordinal)), Is.EqualTo((409, true)));

        Post.RecipientReply = "250 OK";
        await SendOutbox();
        Assert.That(Post.Mails, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_was_typed_stays_after_a_refusal()
    {
        using var admin = await ConsoleClient.SignedIn(App, "admin");
        await admin.Get("/console/outbox");
        var refused = await admin.Post("/console/outbox/webhooks", ("label", "督办平台"), ("url", "http://example.gov.cn/hook"));
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain("地址须为 https。").And.Contain("value=\"督办平台\"").And.Contain("value=\"http://example.gov.cn/hook\""));
    }

    [Test]
    public async Task Nobody_but_the_administrator_finds_the_place()
    {
        using var inspector = await ConsoleClient.SignedIn(App, "inspector");
        Assert.That((await inspector.Get("/console/windows")).Text, Does.Not.Contain("/console/outbox"));
        Assert.That((await inspector.Get("/console/outbox")).Status, Is.EqualTo(403));
        Assert.That((await inspector.Post("/console/outbox/webhooks", ("label", "x"), ("url", Receiver.Url()))).Status, Is.EqualTo(403));
        Assert.That(await App.Sql<int>("select count(*) from webhook"), Is.Zero);
    }

    [GeneratedRegex("whsec_[A-Za-z0-9+/=]+")]
    private static partial Regex Secret();

    [GeneratedRegex("/webhooks/([0-9a-f-]{36})/test")]
    private static partial Regex WebhookId();

    [GeneratedRegex("/console/outbox/messages/[0-9a-f-]{36}/replay")]
    private static partial Regex Replay();
}

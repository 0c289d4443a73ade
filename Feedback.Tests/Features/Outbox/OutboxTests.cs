using System.Net.Http.Json;
using Feedback.Features.Outbox;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Outbox;

/// <summary>What the administrator can see and do, and what nobody else can.</summary>
internal sealed class OutboxTests(Engine engine) : OutboxTest(engine)
{
    [Test]
    public async Task The_operator_sees_what_leaves_and_no_case()
    {
        await Address("head-si", "head@si.example.gov.cn");
        await Webhook();
        var number = await App.FileComplaint("A01");

        var seen = await Admin.GetJson("/api/v1/outbox?state=Waiting");
        Assert.That(((int)seen["waiting"]!, (int)seen["sent"]!, (int)seen["dead"]!, (bool)seen["mailConfigured"]!), Is.EqualTo((2, 0, 0, true)));
        Assert.That(seen["items"]!.AsArray().Select(m => ((string?)m!["channel"], (string?)m["target"], (string?)m["kind"])), Is.EquivalentTo(new[]
        {
            ("Webhook", Receiver.Url(), "case.filed"), ("Mail", "head@si.example.gov.cn", "case.filed"),
        }));
        Assert.That(seen.Json!.ToJsonString(), Does.Not.Contain(number));
        Assert.That((await Admin.GetJson("/api/v1/outbox?state=Sent"))["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Pages_follow_each_other()
    {
        var (id, _) = await Webhook();
        for (var i = 0; i < 5; i++) await Admin.PostJson($"/api/v1/webhooks/{id}/test", null);
        var seen = new List<string?>();
        for (var cursor = ""; ;)
        {
            var page = await Admin.GetJson($"/api/v1/outbox?size=2&cursor={cursor}");
            seen.AddRange(page["items"]!.AsArray().Select(m => (string?)m!["id"]));
            if ((string?)page["next"] is not { } next) break;
            cursor = next;
        }

        Assert.That(seen, Is.Unique.And.Count.EqualTo(5));
        Assert.That((await Admin.GetJson("/api/v1/outbox?cursor=nonsense")).Code, Is.EqualTo("cursor_malformed"));
        Assert.That((await Admin.GetJson("/api/v1/outbox?size=0")).Code, Is.EqualTo("size_out_of_range"));
    }

    [TestCase("GET", "/api/v1/outbox")]
    [TestCase("POST", "/api/v1/outbox/0197a2f0-0000-7000-8000-000000000000/replay")]
    [TestCase("GET", "/api/v1/webhooks")]
    [TestCase("POST", "/api/v1/webhooks")]
    [TestCase("DELETE", "/api/v1/webhooks/0197a2f0-0000-7000-8000-000000000000")]
    [TestCase("POST", "/api/v1/webhooks/0197a2f0-0000-7000-8000-000000000000/test")]
    [TestCase("PUT", "/api/v1/staff/head-si/address")]
    public async Task Only_the_administrator_comes_in(string method, string path)
    {
        using var inspector = await App.SignedIn("inspector");
        Assert.That(await Status(inspector), Is.EqualTo(403));
        Assert.That(await Status(App.Client), Is.EqualTo(401));
        Assert.That(await Status(Admin), Is.Not.EqualTo(401).And.Not.EqualTo(403));

        async Task<int> Status(HttpClient client)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method is "GET" or "DELETE" ? null : JsonContent.Create(new { }) };
            return (int)(await client.SendAsync(request)).StatusCode;
        }
    }

    [Test]
    public async Task A_secret_is_shown_once_and_stored_sealed()
    {
        var (_, secret) = await Webhook();
        var listed = (await Admin.GetJson("/api/v1/webhooks")).Json!.AsArray().Single()!;
        Assert.That(((string?)listed["label"], (string?)listed["createdBy"], (string?)listed["disabledAt"]), Is.EqualTo(("督办平台", "admin", (string?)null)));
        Assert.That(listed.ToJsonString(), Does.Not.Contain("whsec_").And.Not.Contain("secret"));
        var stored = (byte[])(await App.Query("select secret from webhook")).Single()["secret"]!;
        Assert.That(System.Text.Encoding.UTF8.GetString(stored), Does.Not.Contain(secret["whsec_".Length..]));
    }

    [TestCase("{\"url\":\"http://example.gov.cn/hook\",\"label\":\"x\"}", "url", "url_insecure")]
    [TestCase("{\"url\":\"ftp://example.gov.cn/hook\",\"label\":\"x\"}", "url", "url_malformed")]
    [TestCase("{\"url\":\"https://user:pass@example.gov.cn/\",\"label\":\"x\"}", "url", "url_malformed")]
    [TestCase("{\"url\":\"/hook\",\"label\":\"x\"}", "url", "url_malformed")]
    [TestCase("{\"label\":\"x\"}", "url", "url_malformed")]
    [TestCase("{\"url\":\"https://example.gov.cn/hook\",\"label\":\" \"}", "label", "label_missing")]
    public async Task A_webhook_that_cannot_be_is_refused_by_name(string body, string field, string code)
    {
        var refused = await Admin.PostRaw("/api/v1/webhooks", body);
        Assert.That((refused.Status, (string?)refused["codes"]?[field]?[0]), Is.EqualTo((400, code)));
    }

    [Test]
    public async Task There_are_twenty_webhooks_at_the_most_and_a_disabled_one_makes_room()
    {
        var (first, _) = await Webhook();
        for (var i = 1; i < 20; i++) await Webhook();
        var refused = await Admin.PostJson("/api/v1/webhooks", new { url = Receiver.Url(), label = "21" });
        Assert.That((refused.Status, refused.Code), Is.EqualTo((409, "webhooks_full")));

        Assert.That((int)(await Admin.DeleteAsync($"/api/v1/webhooks/{first}")).StatusCode, Is.EqualTo(204));
        Assert.That((int)(await Admin.DeleteAsync($"/api/v1/webhooks/{first}")).StatusCode, Is.EqualTo(204), "again changes nothing");
        await Webhook();
        Assert.That((int)(await Admin.DeleteAsync($"/api/v1/webhooks/{Guid.NewGuid()}")).StatusCode, Is.EqualTo(404));
        Assert.That((await Admin.PostJson($"/api/v1/webhooks/{Guid.NewGuid()}/test", null)).Code, Is.EqualTo("webhook_unknown"));
    }

    [TestCase("head-si", "nonsense", 400, "email_malformed")]
    [TestCase("head-si", "a@b\r\nBcc: c@d", 400, "email_malformed")]
    [TestCase("nobody", "a@example.gov.cn", 404, "staff_unknown")]
    public async Task An_address_that_cannot_be_is_refused(string login, string email, int status, string code)
    {
        var refused = await Admin.PutAsJsonAsync($"/api/v1/staff/{login}/address", new { email });
        Assert.That((int)refused.StatusCode, Is.EqualTo(status));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain(code));
    }

    [Test]
    public async Task What_was_sent_is_dropped_after_a_month_and_what_was_given_up_after_three()
    {
        var (id, _) = await Webhook();
        await Admin.PostJson($"/api/v1/webhooks/{id}/test", null);
        await SendOutbox();
        await Admin.PostJson($"/api/v1/webhooks/{id}/test", null);
        await Admin.DeleteAsync($"/api/v1/webhooks/{id}");

        Assert.That(await Kept(30), Is.EqualTo((1, 1)));
        Wait(TimeSpan.FromMilliseconds(1));
        Assert.That(await Kept(0), Is.EqualTo((0, 1)));
        Assert.That(await Kept(60), Is.EqualTo((0, 0)));

        async Task<(int Sent, int Dead)> Kept(int days)
        {
            Wait(TimeSpan.FromDays(days));
            await App.Send(new TidyOutbox());
            var page = await Admin.GetJson("/api/v1/outbox");
            return ((int)page["sent"]!, (int)page["dead"]!);
        }
    }
}

/// <summary>Without a mail server, in Production.</summary>
internal sealed class OutboxWithoutMailTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task E_mails_wait_are_shown_as_such_and_are_given_up_after_a_week()
    {
        using var admin = await App.SignedIn("admin");
        await admin.PutAsJsonAsync("/api/v1/staff/head-si/address", new { email = "head@si.example.gov.cn" });
        await App.FileComplaint("A01");
        await Feedback.Schedule.RecurringJobs.Get("SendOutbox").Run(App.Services, CancellationToken.None);

        App.Clock.Now += TimeSpan.FromDays(7);
        await App.Send(new TidyOutbox());
        var waits = await admin.GetJson("/api/v1/outbox");
        Assert.That(((bool)waits["mailConfigured"]!, (int)waits["waiting"]!, (int)waits["items"]![0]!["attempts"]!), Is.EqualTo((false, 1, 0)));

        App.Clock.Now += TimeSpan.FromMilliseconds(1);
        await App.Send(new TidyOutbox());
        var given = await admin.GetJson("/api/v1/outbox");
        Assert.That(((int)given["dead"]!, (string?)given["items"]![0]!["error"]), Is.EqualTo((1, "expired")));
    }

    [Test]
    public async Task Production_takes_no_receiver_without_TLS_even_on_this_machine()
    {
        using var admin = await App.SignedIn("admin");
        var refused = await admin.PostJson("/api/v1/webhooks", new { url = "http://127.0.0.1:9/hook", label = "x" });
        Assert.That((refused.Status, (string?)refused["codes"]?["url"]?[0]), Is.EqualTo((400, "url_insecure")));
        Assert.That((await admin.PostJson("/api/v1/webhooks", new { url = "https://127.0.0.1:9/hook", label = "x" })).Status, Is.EqualTo(201));
    }
}

using System.Globalization;
using Feedback.Features.Outbox;
using Feedback.Notifications;
using Feedback.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Feedback.Tests.Notifications;

/// <summary>Webhooks, seen from the program that gets them.</summary>
internal sealed class WebhookTests(Engine engine) : OutboxTest(engine)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Test]
    public async Task An_event_arrives_signed_and_says_nothing_of_the_citizen()
    {
        var (_, secret) = await Webhook();
        var (_, other) = await Webhook("/other");
        var number = await App.FileComplaint("A01");
        await SendOutbox();

        Assert.That(Receiver.Received.Select(r => r.Path), Is.EquivalentTo(new[] { "/hook", "/other" }));
        var got = Receiver.Received.Single(r => r.Path == "/hook");
        Assert.That((got.IsSignedWith(secret), got.IsSignedWith(other)), Is.EqualTo((true, false)));
        Assert.That((got with { Body = got.Body.Replace("A01", "A02", StringComparison.Ordinal) }).IsSignedWith(secret), Is.False);
        Assert.That((got.Id, got.Timestamp, got.ContentType), Is.EqualTo((got.Id, App.Clock.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), "application/json; charset=utf-8")));
        Assert.That(got.Id, Does.Match("^msg_[0-9a-f]{32}$"));
        Assert.That(Convert.FromBase64String(secret["whsec_".Length..]), Has.Length.InRange(24, 64));

        Assert.That(got.Body, Is.EqualTo(
            $$$"""{"type":"case.filed","timestamp":"2026-11-16T10:00:00+08:00","data":{"caseNumber":"{{{number}}}","hall":"H1","unit":"SI","window":"A01","state":"Filed","dueAt":"2026-11-17T17:30:00+08:00"}}"""));
    }

    [Test]
    public async Task An_escalation_names_its_step_and_when_it_was_due()
    {
        await Webhook();
        await App.FileComplaint("A01");
        await App.MoveTo("2026-11-18T17:30");
        await SendOutbox();

        var steps = Receiver.Received.Select(r => r.Json).Where(j => (string?)j["type"] == "case.escalated").Select(j => ((string?)j["data"]!["step"], (string?)j["data"]!["dueAt"]));
        Assert.That(steps, Is.EquivalentTo(new[] { ("UnitHead", "2026-11-17T17:30:00+08:00"), ("HallSupervisor", "2026-11-18T17:30:00+08:00") }));
    }

    [Test]
    public async Task A_failure_is_tried_again_after_growing_delays_and_is_dead_after_the_last()
    {
        var (id, secret) = await Webhook();
        await Admin.PostJson($"/api/v1/webhooks/{id}/test", null);
        Receiver.Status = 500;
        await SendOutbox();

        int[] delays = [5, 30, 120, 600, 3600, 21600, 86400];
        foreach (var (done, delay) in delays.Index())
        {
            Wait(TimeSpan.FromSeconds(delay) - Moment);
            await SendOutbox();
            Assert.That(Receiver.Received, Has.Count.EqualTo(done + 1), $"not before {delay} s");
            Wait(Moment);
            await SendOutbox();
            Assert.That(Receiver.Received, Has.Count.EqualTo(done + 2), $"after {delay} s");
        }

        var dead = await OnlyMessage();
        Assert.That(((string?)dead["state"], (int)dead["attempts"]!, (string?)dead["error"], (string?)dead["nextAt"]), Is.EqualTo(("Dead", 8, "http_500", (string?)null)));
        Wait(TimeSpan.FromDays(3));
        await SendOutbox();
        Assert.That(Receiver.Received, Has.Count.EqualTo(8));
        Assert.That(Receiver.Received.Select(r => r.Id).Distinct().ToList(), Has.Count.EqualTo(1), "the same id at every attempt");
        Assert.That(Receiver.Received.Select(r => r.Timestamp), Is.Unique.And.Ordered);
        Assert.That(Receiver.Received.All(r => r.IsSignedWith(secret)));
    }

    [Test]
    public async Task A_dead_message_is_sent_again_once_for_each_request()
    {
        await ADeadPing();
        var path = $"/api/v1/outbox/{(string)(await OnlyMessage())["id"]!}/replay";
        Receiver.Status = 200;

        Assert.That((await Admin.PostJson(path, null)).Status, Is.EqualTo(202));
        var second = await Admin.PostJson(path, null);
        Assert.That((second.Status, second.Code), Is.EqualTo((409, "message_not_dead")));
        await SendOutbox();

        Assert.That(Receiver.Received, Has.Count.EqualTo(9));
        Assert.That(Receiver.Received[8].Id, Is.EqualTo(Receiver.Received[0].Id));
        var sent = await OnlyMessage();
        Assert.That(((string?)sent["state"], (int)sent["attempts"]!, (string?)sent["error"]), Is.EqualTo(("Sent", 1, (string?)null)));
        Assert.That((await Admin.PostJson(path, null)).Code, Is.EqualTo("message_not_dead"));
        Assert.That((await Admin.PostJson($"/api/v1/outbox/{Guid.NewGuid()}/replay", null)).Code, Is.EqualTo("message_unknown"));
    }

    [TestCase(429, "120", 120)]
    [TestCase(503, "120", 120)]
    [TestCase(503, "1", 5, TestName = "A shorter wait than ours is not taken")]
    [TestCase(503, "9999999", 86400, TestName = "A wait without end is cut")]
    [TestCase(500, "120", 5, TestName = "Other failures have no say in it")]
    public async Task The_wait_that_a_busy_receiver_asks_for_is_kept(int status, string retryAfter, int seconds)
    {
        var (id, _) = await Webhook();
        await Admin.PostJson($"/api/v1/webhooks/{id}/test", null);
        (Receiver.Status, Receiver.RetryAfter) = (status, retryAfter);
        await SendOutbox();

        Wait(TimeSpan.FromSeconds(seconds) - Moment);
        await SendOutbox();
        Assert.That(Receiver.Received, Has.Count.EqualTo(1));
        Wait(Moment);
        await SendOutbox();
        Assert.That(Receiver.Received, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Gone_disables_the_webhook_and_gives_up_what_waits_for_it()
    {
        var (gone, _) = await Webhook();
        await Admin.PostJson($"/api/v1/webhooks/{gone}/test", null);
        Receiver.Status = 500;
        await SendOutbox();
        Receiver.Status = 410;
        await Admin.PostJson($"/api/v1/webhooks/{gone}/test", null);
        await SendOutbox();

        var left = (await Admin.GetJson("/api/v1/outbox?state=Dead"))["items"]!.AsArray();
        Assert.That(left.Select(m => (string?)m!["error"]), Is.EquivalentTo(new[] { "http_410", "webhook_disabled" }));
        Assert.That((await Admin.GetJson("/api/v1/webhooks")).Json![0]!["disabledAt"], Is.Not.Null);
        Assert.That((await Admin.PostJson($"/api/v1/outbox/{(string)left[0]!["id"]!}/replay", null)).Code, Is.EqualTo("webhook_disabled"));
        Assert.That((await Admin.PostJson($"/api/v1/webhooks/{gone}/test", null)).Code, Is.EqualTo("webhook_disabled"));
        await App.FileComplaint("A01");
        Assert.That((int)(await Admin.GetJson("/api/v1/outbox"))["waiting"]!, Is.Zero, "nothing is written for it any more");
    }

    [Test]
    public async Task No_redirect_is_followed()
    {
        var (id, _) = await Webhook();
        await Admin.PostJson($"/api/v1/webhooks/{id}/test", null);
        (Receiver.Status, Receiver.Location) = (307, Receiver.Url("/elsewhere"));
        await SendOutbox();

        Assert.That(Receiver.Received.Select(r => r.Path), Is.EqualTo(new[] { "/hook" }));
        Assert.That((string?)(await OnlyMessage())["error"], Is.EqualTo("http_307"));
    }

    [Test]
    public async Task A_receiver_that_never_answers_holds_up_nobody_else()
    {
        await Webhook("/slow");
        await Webhook("/quick");
        for (var i = 0; i < 6; i++) await App.FileComplaint("A01");

        var courier = PatientCourier();
        await courier.SendOutbox(TimeSpan.Zero, CancellationToken.None);
        Assert.That(() => Receiver.Received.Count(r => r.Path == "/quick"), Is.EqualTo(6).After(60).Seconds.PollEvery(50).MilliSeconds);
        Assert.That(Receiver.Received.Count(r => r.Path == "/slow"), Is.LessThanOrEqualTo(4), "no more at once");

        // Runs that come meanwhile leave the lane alone and carry what is new.
        await App.FileComplaint("B01");
        await courier.SendOutbox(TimeSpan.Zero, CancellationToken.None);
        Assert.That(() => Receiver.Received.Count(r => r.Path == "/quick"), Is.EqualTo(7).After(60).Seconds.PollEvery(50).MilliSeconds);
    }

    [Test]
    public async Task An_attempt_ends_after_ten_seconds()
    {
        var (id, _) = await Webhook("/slow");
        await Admin.PostJson($"/api/v1/webhooks/{id}/test", null);
        await SendOutbox();

        var waits = await OnlyMessage();
        Assert.That(((string?)waits["state"], (int)waits["attempts"]!, (string?)waits["error"]), Is.EqualTo(("Waiting", 1, "timeout")));
    }

    [Test]
    public async Task Four_senders_at_once_deliver_each_message_once()
    {
        await Webhook();
        await Webhook("/other");
        for (var i = 0; i < 30; i++) await App.FileComplaint("A01");
        var services = App.Services;
        var senders = Enumerable.Range(0, 4).Select(_ => ActivatorUtilities.CreateInstance<OutboxSender>(services, NullLogger<OutboxSender>.Instance));

        await Task.WhenAll(senders.Select(sender => Task.Run(() => sender.SendOutbox(TimeSpan.FromMinutes(1), CancellationToken.None))));

        Assert.That(Receiver.Received, Has.Count.EqualTo(60));
        Assert.That(Receiver.Received.Select(r => r.Id), Is.Unique);
        Assert.That((int)(await Admin.GetJson("/api/v1/outbox"))["sent"]!, Is.EqualTo(60));
    }

    [Test]
    public async Task What_a_sender_took_and_did_not_settle_is_sent_by_another_under_the_same_id_a_minute_later()
    {
        var (id, _) = await Webhook();
        await Admin.PostJson($"/api/v1/webhooks/{id}/test", null);
        var taken = (await App.Send(new ClaimOutbox(new OutboxGroup(Guid.Parse(id))))).Value.Single();

        Wait(TimeSpan.FromMinutes(1) - Moment);
        await SendOutbox();
        Assert.That(Receiver.Received, Is.Empty);
        Wait(Moment);
        await SendOutbox();
        Assert.That(Receiver.Received.Single().Id, Is.EqualTo($"msg_{taken.Id:N}"));

        // The one who took it first wakes up too late to have a say.
        await App.Send(new SettleMessage(taken.Id, taken.Until, DeliveryOutcome.Refused, "late"));
        Assert.That((string?)(await OnlyMessage())["state"], Is.EqualTo("Sent"));
    }

    [TestCase("Gifts", "Hall")]
    [TestCase("Delay", "Director")]
    public async Task A_case_that_the_hall_may_not_see_leaves_by_no_webhook(string about, string receiver)
    {
        await Webhook();
        await App.FileComplaint("A01", about, receiver);
        await App.MoveTo("2026-11-24T17:30");
        await SendOutbox();

        Assert.That(Receiver.Received, Is.Empty);
        Assert.That(await App.Sql<int>("select count(*) from outbox_message"), Is.Zero);
    }

    private async Task ADeadPing()
    {
        var (id, _) = await Webhook();
        await Admin.PostJson($"/api/v1/webhooks/{id}/test", null);
        Receiver.Status = 500;
        for (var attempt = 0; attempt < 8; attempt++)
        {
            await SendOutbox();
            Wait(TimeSpan.FromDays(1));
        }
    }
}

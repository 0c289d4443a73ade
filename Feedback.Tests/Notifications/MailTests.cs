using Feedback.Features.Escalation;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Notifications;

/// <summary>E-mails, seen from the mail server.</summary>
internal sealed class MailTests(Engine engine) : OutboxTest(engine)
{
    [Test]
    public async Task Who_is_told_in_the_console_and_has_an_address_gets_an_e_mail_in_both_languages()
    {
        await Address("head-si", "head@si.example.gov.cn");
        await Address("supervisor", "hall@example.gov.cn");
        var number = await App.FileComplaint("A01");
        await App.FileComplaint("B01");
        await SendOutbox();

        var mail = Post.Mails.Single();
        Assert.That((mail.From, mail.To), Is.EqualTo(("no-reply@fw.example.gov.cn", "head@si.example.gov.cn")));
        Assert.That(mail.Headers["subject"], Is.EqualTo("新投诉件,请决定是否受理 / A new case; please decide on acceptance"));
        Assert.That(mail.Headers["message-id"], Does.Match("^<[0-9a-f]{32}@fw.example.gov.cn>$"));
        Assert.That(mail.Headers["auto-submitted"], Is.EqualTo("auto-generated"));
        Assert.That(mail.Text.ReplaceLineEndings("\n").Trim(), Is.EqualTo(
            $"""
            办件 {number}:新投诉件,请决定是否受理。
            期限:2026-11-17 周二 17:30

            Case {number}: A new case; please decide on acceptance.
            Due: 2026-11-17 Tue 17:30

            https://fw.example.gov.cn/console/cases/{number}

            本邮件由系统自动发出,请勿回复。
            Sent automatically. Please do not reply.
            """.ReplaceLineEndings("\n")));
    }

    [TestCase("Gifts", "Hall", "inspector")]
    [TestCase("Delay", "Director", "leader")]
    public async Task A_case_that_the_hall_may_not_see_is_not_named(string about, string receiver, string login)
    {
        await Address(login, "one@example.gov.cn");
        var number = await App.FileComplaint("A01", about, receiver);
        await SendOutbox();

        var mail = Post.Mails.Single();
        Assert.That(mail.Headers["subject"], Is.EqualTo("系统中有一条给您的通知 / There is a notice for you"));
        Assert.That(mail.Text, Does.Contain("请登录工作台查看").And.Contain("https://fw.example.gov.cn/console/notices").And.Not.Contain(number));
        Assert.That((string?)(await OnlyMessage())["kind"], Is.EqualTo("notice"));
        Assert.That(await App.Sql<string>("select payload from outbox_message"), Does.Not.Contain(number));
    }

    [Test]
    public async Task A_citizen_who_left_an_address_hears_that_there_is_news_and_nobody_inside_sees_the_address()
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "等了很久", contact = new { email = "citizen@example.com" } });
        var number = (string)filed["caseNumber"]!;
        using var head = await App.SignedIn("head-si");
        await head.PostJson($"/api/v1/cases/{number}/acceptance", null);
        await head.PostJson($"/api/v1/cases/{number}/answer", new { text = "已核实,向您致歉。" });
        await SendOutbox();

        var mail = Post.Mails.Single();
        Assert.That(mail.To, Is.EqualTo("citizen@example.com"));
        Assert.That(mail.Text, Does.Contain(number).And.Contain($"https://fw.example.gov.cn/track?number={number}").And.Not.Contain("致歉").And.Not.Contain((string)filed["queryCode"]!));
        Assert.That((string?)(await OnlyMessage())["target"], Is.EqualTo("(市民 / citizen)"));
        Assert.That((await App.Query("select address, payload from outbox_message")).Single().Values, Has.None.Contains("example.com"));
    }

    [Test]
    public async Task A_citizen_without_an_address_gets_no_mail()
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "等了很久", contact = new { phone = "13812345678" } });
        using var head = await App.SignedIn("head-si");
        await head.PostJson($"/api/v1/cases/{(string)filed["caseNumber"]!}/refusal", new { reason = "不属于人社业务。", rightBody = "市医保局" });
        Assert.That(await App.Sql<int>("select count(*) from outbox_message"), Is.Zero);
    }

    [Test]
    public async Task A_recipient_that_is_refused_for_good_is_not_tried_again()
    {
        await AMail();
        Post.RecipientReply = "550 5.1.1 No such mailbox";
        await SendOutbox();

        var dead = await OnlyMessage();
        Assert.That(((string?)dead["state"], (int)dead["attempts"]!), Is.EqualTo(("Dead", 1)));
        Assert.That((string?)dead["error"], Does.StartWith("smtp_550: ").And.Contain("No such mailbox"));
    }

    [Test]
    public async Task A_recipient_that_is_refused_for_now_is_tried_again_under_the_same_id()
    {
        await AMail();
        Post.RecipientReply = "451 4.7.1 Greylisted";
        await SendOutbox();
        var waits = await OnlyMessage();
        Assert.That(((string?)waits["state"], (string?)waits["nextAt"]), Is.EqualTo(("Waiting", "2026-11-16T10:00:05+08:00")));
        Assert.That((string?)waits["error"], Does.StartWith("smtp_451: "));

        Post.RecipientReply = "250 OK";
        Wait(TimeSpan.FromSeconds(5));
        await SendOutbox();
        Assert.That(Post.Mails.Single().Headers["message-id"], Does.Contain(Guid.Parse((string)waits["id"]!).ToString("N")));
        Assert.That((string?)(await OnlyMessage())["state"], Is.EqualTo("Sent"));
    }

    [Test]
    public async Task While_the_mail_server_is_away_every_step_fires_at_its_instant_and_the_letters_follow_later()
    {
        await Address("head-si", "head@si.example.gov.cn");
        await App.FileComplaint("A01");
        Post.GoAway();
        await SendOutbox();
        Assert.That((string?)(await OnlyMessage())["error"], Does.StartWith("unreachable: "));
        await App.MoveTo("2026-11-24T17:30");
        await SendOutbox();

        Assert.That(await App.Sql<int>("select count(*) from case_timer where outcome = 'Fired' and done_at = due_at"), Is.EqualTo(5));
        Assert.That((int)(await Admin.GetJson("/api/v1/outbox"))["waiting"]!, Is.EqualTo(6));
        Post.ComeBack();
        Wait(TimeSpan.FromHours(1));

        // On a machine that stands still for ten seconds an attempt would end by itself.
        await PatientCourier().SendOutbox(TimeSpan.FromSeconds(60), CancellationToken.None);
        Assert.That(Post.Mails, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task A_mail_server_that_says_nothing_does_not_keep_the_next_step_waiting()
    {
        Post.IsSilent = true;
        await AMail();
        await PatientCourier().SendOutbox(TimeSpan.Zero, CancellationToken.None);
        Assert.That(async () => (string?)(await OnlyMessage())["nextAt"], Is.EqualTo("2026-11-16T10:01:00+08:00").After(60).Seconds.PollEvery(50).MilliSeconds, "an attempt is under way");

        App.Clock.Now = TestApp.Local("2026-12-31T10:00");
        var fired = App.Send(new FireDueTimers());
        Assert.That((await fired.WaitAsync(TimeSpan.FromSeconds(60))).Value.Fired, Is.EqualTo(5));
    }

    [Test]
    public async Task An_attempt_ends_after_ten_seconds()
    {
        Post.IsSilent = true;
        await AMail();
        await SendOutbox();

        var waits = await OnlyMessage();
        Assert.That(((string?)waits["state"], (int)waits["attempts"]!, (string?)waits["error"]), Is.EqualTo(("Waiting", 1, "timeout")));
    }

    [Test]
    public async Task An_address_that_was_taken_away_gets_nothing_more()
    {
        await Address("head-si", "old@si.example.gov.cn");
        await Address("head-si", "new@si.example.gov.cn");
        await App.FileComplaint("A01");
        await Address("head-si", null);
        await App.FileComplaint("A01");
        await SendOutbox();

        Assert.That(Post.Mails.Select(m => m.To), Is.EqualTo(new[] { "new@si.example.gov.cn" }));
    }

    private async Task AMail()
    {
        await Address("head-si", "head@si.example.gov.cn");
        await App.FileComplaint("A01");
    }
}

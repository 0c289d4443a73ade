using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Complaints;

internal sealed class FileComplaintTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task A_complaint_gets_a_number_a_code_and_its_promised_dates()
    {
        var answer = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "等了两个小时" });

        Assert.That(answer.Status, Is.EqualTo(201));
        Assert.That((string?)answer["caseNumber"], Does.Match("^20261116-[0-9]{6}$"));
        Assert.That((string?)answer["queryCode"], Does.Match("^([0-9A-Z]{4}-){2}[0-9A-Z]{4}$"));
        Assert.That((string?)answer["acceptBy"], Is.EqualTo("2026-11-17T17:30:00+08:00"));
        Assert.That((string?)answer["dueAt"], Is.EqualTo("2026-11-24T17:30:00+08:00"), "five working days after the decision is due at the latest");
        Assert.That(answer.Response.Headers.Location?.ToString(), Is.EqualTo($"/api/v1/complaints/{answer["caseNumber"]}"));
    }

    [Test]
    public async Task Filing_starts_a_clock_with_every_step_and_names_someone_responsible()
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("B01"), about = "Rudeness", text = "态度很差" });
        var number = (string)filed["caseNumber"]!;

        Assert.That(await App.Sql<int>("select count(*) from case_timer where case_number = @number and outcome is null", new { number }), Is.EqualTo(5));
        Assert.That(await App.Sql<string>("select responsible from case_file where case_number = @number", new { number }), Is.EqualTo("head-em"));
        Assert.That(await App.Sql<int>("select count(*) from notice where case_number = @number and login = 'head-em' and kind = 'Filed'", new { number }), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'CaseFiled' and about = 'Rudeness' and department_code = 'EM'"), Is.EqualTo(1));
    }

    [TestCase("Gifts", "Hall", "inspector")]
    [TestCase("LawAndDiscipline", "Director", "inspector")]
    [TestCase("Delay", "Discipline", "inspector")]
    [TestCase("Delay", "Director", "leader")]
    [TestCase("Delay", "Hall", "head-si")]
    public async Task Whoever_is_told_is_responsible(string about, string receiver, string responsible)
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about, receiver, text = "情况说明" });

        Assert.That(await App.Sql<string>("select responsible from case_file where case_number = @number", new { number = (string)filed["caseNumber"]! }), Is.EqualTo(responsible));
    }

    [Test]
    public async Task When_nobody_holds_the_post_the_next_one_up_is_responsible()
    {
        await App.Sql<int>("update staff set active = 0 where login = 'head-si'");
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "情况说明" });

        Assert.That(await App.Sql<string>("select responsible from case_file where case_number = @number", new { number = (string)filed["caseNumber"]! }), Is.EqualTo("supervisor"));
    }

    [Test]
    public async Task What_was_said_and_who_said_it_lie_sealed()
    {
        await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "SECRET-WORDS", contact = new { name = "SECRET-NAME", phone = "13912345678" } });

        foreach (var sealedText in new[] { await App.Sql<byte[]>("select said from case_file"), await App.Sql<byte[]>("select sealed from contact") })
        {
            Assert.That(System.Text.Encoding.UTF8.GetString(sealedText!), Does.Not.Contain("SECRET").And.Not.Contain("139"));
        }
    }

    [TestCase("{\"about\":\"Delay\",\"text\":\"x\"}", "window", "window_missing")]
    [TestCase("{\"window\":\"@\",\"text\":\"x\"}", "about", "about_missing")]
    [TestCase("{\"window\":\"@\",\"about\":\"Delay\"}", "text", "text_missing")]
    [TestCase("{\"window\":\"@\",\"about\":\"Delay\",\"text\":\"  \"}", "text", "text_missing")]
    [TestCase("{\"window\":\"@\",\"about\":\"Delay\",\"text\":\"a\\u0000b\"}", "text", "text_malformed")]
    [TestCase("{\"window\":\"@\",\"about\":\"Delay\",\"text\":\"x\",\"ticket\":\"A 1\"}", "ticket", "ticket_malformed")]
    [TestCase("{\"window\":\"@\",\"about\":\"Delay\",\"text\":\"x\",\"contact\":{\"phone\":\"abc\"}}", "contact.phone", "contact_phone_malformed")]
    [TestCase("{\"window\":\"@\",\"about\":\"Delay\",\"text\":\"x\",\"contact\":{\"email\":\"abc\"}}", "contact.email", "contact_email_malformed")]
    [TestCase("{\"window\":\"@\",\"about\":\"Slow\",\"text\":\"x\"}", "about", "field_malformed")]
    [TestCase("{\"window\":\"@\",\"about\":3,\"text\":\"x\"}", "about", "field_malformed")]
    [TestCase("{\"window\":\"@\",\"about\":\"Delay\",\"receiver\":\"Mayor\",\"text\":\"x\"}", "receiver", "field_malformed")]
    public async Task Bad_input_is_refused_by_name_and_nothing_is_stored(string body, string field, string code)
    {
        var answer = await App.Client.PostRaw("/api/v1/complaints", body.Replace("@", await App.Token("A01"), StringComparison.Ordinal));

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That((string?)answer["codes"]?[field]?[0], Is.EqualTo(code), answer.Json?.ToJsonString());
        Assert.That(await App.Sql<int>("select count(*) from case_file"), Is.Zero);
    }

    [Test]
    public async Task A_text_may_have_2000_characters_and_no_more()
    {
        var window = await App.Token("A01");
        Assert.That((await App.Client.PostJson("/api/v1/complaints", new { window, about = "Delay", text = new string('字', 2000) })).Status, Is.EqualTo(201));
        var refused = await App.Client.PostJson("/api/v1/complaints", new { window, about = "Delay", text = new string('字', 2001) });
        Assert.That((refused.Status, refused.Code), Is.EqualTo((400, "text_too_long")));
    }

    [Test]
    public async Task The_same_key_gives_number_and_code_again()
    {
        var window = await App.Token("A01");
        var first = await App.Client.PostJson("/api/v1/complaints", new { window, about = "Delay", text = "等了很久" }, "phone-lost-the-network");
        var second = await App.Client.PostJson("/api/v1/complaints", new { window, about = "Delay", text = "等了很久" }, "phone-lost-the-network");
        var other = await App.Client.PostJson("/api/v1/complaints", new { window, about = "Delay", text = "另一件事" }, "phone-lost-the-network");

        Assert.That(second.Json!.ToJsonString(), Is.EqualTo(first.Json!.ToJsonString()));
        Assert.That((other.Status, other.Code), Is.EqualTo((409, "idempotency_key_reused")));
        Assert.That(await App.Sql<int>("select count(*) from case_file"), Is.EqualTo(1));
        var stored = await App.Sql<byte[]>("select answer from idempotency");
        Assert.That(System.Text.Encoding.UTF8.GetString(stored!), Does.Not.Contain((string)first["caseNumber"]!), "the answer holds a query code and lies sealed");
    }

    [Test]
    public async Task A_key_is_forgotten_after_the_policys_days()
    {
        var window = await App.Token("A01");
        await App.Client.PostJson("/api/v1/complaints", new { window, about = "Delay", text = "等了很久" }, "k");
        await App.MoveTo("2026-11-22T10:00");
        await App.Send(new Feedback.Features.Maintenance.PurgeIdempotencyKeys());
        Assert.That(await App.Sql<int>("select count(*) from idempotency"), Is.EqualTo(1));
        await App.MoveTo("2026-11-23T10:01");
        await App.Send(new Feedback.Features.Maintenance.PurgeIdempotencyKeys());
        Assert.That(await App.Sql<int>("select count(*) from idempotency"), Is.Zero);
    }
}

using Feedback.Features.Maintenance;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Notifications;

/// <summary>Staff and citizen write to each other through the system: the mail says that there is something, neither sees the other's address.</summary>
internal sealed class WriteToCitizenTests(Engine engine) : OutboxTest(engine)
{
    private const string Question = "请问您当天带了哪些材料?";
    private const string Told = "当天带了身份证和银行卡。";

    private static readonly object Mailbox = new { name = "王小明", phone = "13812345678", email = "citizen@example.com" };

    [Test]
    public async Task A_question_is_mailed_without_its_words_and_answered_on_the_case()
    {
        var (number, code) = await File(Mailbox);
        using var head = await App.SignedIn("head-si");
        Assert.That((await head.GetJson($"/api/v1/cases/{number}/contact"))["mayWrite"]!.GetValue<bool>(), Is.True);
        Assert.That((await Write(head, number)).Status, Is.EqualTo(204));
        await SendOutbox();

        var mail = Post.Mails.Single();
        Assert.That(mail.To, Is.EqualTo("citizen@example.com"));
        Assert.That(mail.Text, Does.Contain(number).And.Not.Contain("材料").And.Not.Contain(code));
        Assert.That((await App.Query("select address, payload from outbox_message")).Single().Values, Has.None.Contains("example.com").And.None.Contains("材料"));

        using var citizen = App.Citizen(code);
        var seen = await citizen.GetJson($"/api/v1/complaints/{number}");
        Assert.That(seen["messages"]!.AsArray().Select(m => (string?)m!["text"]), Is.EqualTo(new[] { Question }));
        Assert.That(seen["timeline"]!.AsArray().Select(e => (string?)e!["kind"]), Does.Contain("CitizenWrittenTo"));
        Assert.That(seen.Json!.ToJsonString(), Does.Not.Contain("head-si"), "who wrote stays inside");
        Assert.That((await citizen.PostJson($"/api/v1/complaints/{number}/materials", new { text = Told })).Status, Is.EqualTo(204));
        var shown = await head.GetJson($"/api/v1/cases/{number}");
        Assert.That((string?)shown["materials"]![0]!["text"], Is.EqualTo(Told));
        Assert.That(shown["history"]!.AsArray().Select(h => (string?)h!["kind"]), Is.EqualTo(new[] { "Filed", "CitizenWrittenTo", "MaterialAdded" }));
        Assert.That(await App.Sql<int>("select count(*) from contact_reveal"), Is.Zero, "nobody needed the number");
    }

    [Test]
    public async Task Calling_back_about_a_bad_rating_goes_by_its_receipt()
    {
        var (number, receipt) = await Rate(Mailbox);
        using var head = await App.SignedIn("head-si");
        Assert.That((await head.PostJson($"/api/v1/cases/{number}/verification", new { outcome = "FixedAtOnce", note = "已核实", checks = new { } })).Status, Is.EqualTo(200));
        using var supervisor = await App.SignedIn("supervisor");
        Assert.That((await Answer(receipt)).Code, Is.EqualTo("nothing_to_answer"), "before anything was asked");
        Assert.That((await Write(supervisor, number)).Status, Is.EqualTo(204));
        await SendOutbox();
        Assert.That(Post.Mails.Single(m => m.To == "citizen@example.com").Text, Does.Contain("https://fw.example.gov.cn/r").And.Not.Contain(number).And.Not.Contain(receipt).And.Not.Contain("材料"));

        Assert.That((await Answer("AAAA-AAAA")).Code, Is.EqualTo("rating_unknown"));
        Wait(TimeSpan.FromMinutes(1));
        Assert.That((await Answer(receipt)).Status, Is.EqualTo(204));
        Assert.That((await Answer(receipt)).Code, Is.EqualTo("nothing_to_answer"), "the last word is the citizen's");
        Assert.That(await App.Sql<string>("select login from notice where kind = 'CitizenAnswered'"), Is.EqualTo("supervisor"));
        var shown = await supervisor.GetJson($"/api/v1/cases/{number}/contact");
        Assert.That(shown["messages"]!.AsArray().Select(m => $"{(m!["by"] is null ? "citizen" : "staff")}: {m["text"]}"), Is.EqualTo(new[] { $"staff: {Question}", $"citizen: {Told}" }));
        Assert.That((await supervisor.PostJson($"/api/v1/cases/{number}/call-back", new { result = "Content", note = "市民在系统中答复" })).Status, Is.EqualTo(204));
        Assert.That((await Write(supervisor, number)).Code, Is.EqualTo("case_closed"));
    }

    [Test]
    public async Task Without_an_address_nothing_is_kept_and_the_refusal_says_why()
    {
        var (number, _) = await File(new { phone = "13812345678" });
        using var head = await App.SignedIn("head-si");
        Assert.That((await head.GetJson($"/api/v1/cases/{number}/contact"))["mayWrite"]!.GetValue<bool>(), Is.False);
        Assert.That((await Write(head, number)).Code, Is.EqualTo("citizen_not_reachable"));
        Assert.That(await App.Sql<int>("select count(*) from contact_message") + await App.Sql<int>("select count(*) from case_event where kind = 'CitizenWrittenTo'"), Is.Zero);
    }

    [TestCase("head-em", 404, "case_unknown")]
    [TestCase("handler", 404, "case_unknown")]
    [TestCase("auditor", 403, "not_allowed")]
    [TestCase("supervisor", 204, null)]
    [TestCase("leader", 204, null)]
    public async Task Who_may_write(string login, int status, string? code)
    {
        var (number, _) = await File(Mailbox);
        using var by = await App.SignedIn(login);
        var written = await Write(by, number);
        Assert.That((written.Status, written.Code), Is.EqualTo((status, code)));
    }

    [TestCase("", "text_missing")]
    [TestCase("  ", "text_missing")]
    [TestCase("a\u0001b", "text_malformed")]
    public async Task Words_are_checked(string text, string code)
    {
        var (number, _) = await File(Mailbox);
        using var head = await App.SignedIn("head-si");
        var refused = await head.PostJson($"/api/v1/cases/{number}/contact/messages", new { text });
        Assert.That((refused.Status, refused.Code), Is.EqualTo((400, code)));
    }

    [Test]
    public async Task Under_one_key_it_is_sent_once()
    {
        var (number, _) = await File(Mailbox);
        using var head = await App.SignedIn("head-si");
        head.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        Assert.That(((await Write(head, number)).Status, (await Write(head, number)).Status), Is.EqualTo((204, 204)));
        Assert.That((await App.Sql<int>("select count(*) from contact_message"), await App.Sql<int>("select count(*) from outbox_message")), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task What_was_written_is_erased_with_the_words_of_the_case()
    {
        var (number, code) = await File(Mailbox);
        using (var head = await App.SignedIn("head-si")) await Write(head, number);
        using (var citizen = App.Citizen(code)) await citizen.PostJson($"/api/v1/complaints/{number}/withdrawal", null);
        App.Clock.Now = TestApp.Local("2036-11-16T10:01");
        Assert.That((await App.Send(new ApplyRetention())).Value.Cases, Is.EqualTo(1));
        using var later = await App.SignedIn("head-si");
        Assert.That((string?)(await later.GetJson($"/api/v1/cases/{number}/contact"))["messages"]![0]!["text"], Is.Empty);
    }

    private async Task<(string Number, string Code)> File(object contact)
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "等了很久", contact });
        return ((string)filed["caseNumber"]!, (string)filed["queryCode"]!);
    }

    private async Task<(string Number, string Receipt)> Rate(object contact)
    {
        var rated = await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 2, contact });
        return ((await App.Sql<string>("select case_number from bad_rating"))!, (string)rated["receipt"]!);
    }

    private static Task<Answer> Write(HttpClient by, string number) => by.PostJson($"/api/v1/cases/{number}/contact/messages", new { text = Question });

    private Task<Answer> Answer(string receipt) => App.Client.PostJson($"/api/v1/ratings/{receipt}/messages", new { text = Told });
}

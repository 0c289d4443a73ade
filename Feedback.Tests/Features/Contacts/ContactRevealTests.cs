using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Contacts;

/// <summary>Who filed a case is shown for a written reason, by a second person, for half an hour, and leaves a trace.</summary>
internal sealed class ContactRevealTests(Engine engine) : SliceTest(engine)
{
    private string _number = "";
    private string _code = "";

    [SetUp]
    public async Task File()
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "等了很久", contact = new { name = "王小明", phone = "138 1234 5678", email = "xiaoming@example.com" } });
        (_number, _code) = ((string)filed["caseNumber"]!, (string)filed["queryCode"]!);
    }

    [Test]
    public async Task Before_that_everybody_sees_a_mask()
    {
        foreach (var login in new[] { "head-si", "supervisor", "leader", "inspector", "auditor" })
        {
            var shown = await (await App.SignedIn(login)).GetJson($"/api/v1/cases/{_number}/contact");
            var masked = shown["masked"]!;
            Assert.That(((string?)masked["name"], (string?)masked["phone"], (string?)masked["email"]), Is.EqualTo(("王**", "138****5678", "x***@example.com")), login);
            Assert.That((await (await App.SignedIn(login)).PostJson($"/api/v1/cases/{_number}/contact/reading", null)).Code, Is.EqualTo("contact_not_revealed"), login);
        }

        Assert.That((await (await App.SignedIn("handler")).GetJson($"/api/v1/cases/{_number}/contact")).Status, Is.EqualTo(404));
        Assert.That((await (await App.SignedIn("admin")).GetJson($"/api/v1/cases/{_number}/contact")).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task A_reason_and_a_second_person_open_it_for_half_an_hour()
    {
        var head = await App.SignedIn("head-si");
        var asked = await head.PostJson($"/api/v1/cases/{_number}/contact/requests", new { reason = "需当面核实经过" });
        Assert.That(asked.Status, Is.EqualTo(201));
        Assert.That((await App.Query("select login from notice where kind = 'ContactAsked'")).Select(r => (string?)r["login"]), Is.EqualTo(new[] { "supervisor" }));
        Assert.That((await head.PostJson($"/api/v1/cases/{_number}/contact/requests", new { reason = "再问一次" })).Code, Is.EqualTo("contact_asked_already"));
        Assert.That((await head.PostJson($"/api/v1/cases/{_number}/contact/reading", null)).Code, Is.EqualTo("contact_not_revealed"), "asked is not granted");

        var decided = await Decide("supervisor", asked, true);
        Assert.That(((string?)decided["until"]), Is.EqualTo("2026-11-16T10:30:00+08:00"));
        var read = await head.PostJson($"/api/v1/cases/{_number}/contact/reading", null);
        var contact = read["contact"]!;
        Assert.That(((string?)contact["name"], (string?)contact["phone"], (string?)contact["email"]), Is.EqualTo(("王小明", "138 1234 5678", "xiaoming@example.com")));
        Assert.That((await (await App.SignedIn("supervisor")).PostJson($"/api/v1/cases/{_number}/contact/reading", null)).Code, Is.EqualTo("contact_not_revealed"), "who consented was not granted it");

        App.Clock.Now = TestApp.Local("2026-11-16T10:30");
        Assert.That((await head.PostJson($"/api/v1/cases/{_number}/contact/reading", null)).Status, Is.EqualTo(200));
        App.Clock.Now += TimeSpan.FromMilliseconds(1);
        Assert.That((await head.PostJson($"/api/v1/cases/{_number}/contact/reading", null)).Code, Is.EqualTo("contact_not_revealed"));

        Assert.That((await App.Query("select kind, actor from case_event where kind like 'Contact%' order by seq")).Select(r => $"{r["kind"]} {r["actor"]}"), Is.EqualTo(new[] { "ContactAsked head-si", "ContactGranted supervisor", "ContactRead head-si", "ContactRead head-si" }));
        using var citizen = App.Citizen(_code);
        Assert.That((await citizen.GetJson($"/api/v1/complaints/{_number}"))["timeline"]!.AsArray().Count(e => (string?)e!["kind"] == "ContactRead"), Is.EqualTo(2), "the citizen is told");
        Assert.That((await (await App.SignedIn("auditor")).GetJson("/api/v1/audit/verification")).Json!.ToJsonString(), Does.Contain("\"breaks\":[]"));
    }

    [Test]
    public async Task A_refusal_opens_nothing_and_can_be_asked_again()
    {
        var head = await App.SignedIn("head-si");
        var asked = await head.PostJson($"/api/v1/cases/{_number}/contact/requests", new { reason = "想知道是谁" });
        Assert.That((await Decide("supervisor", asked, false)).Status, Is.EqualTo(200));

        Assert.That((await head.PostJson($"/api/v1/cases/{_number}/contact/reading", null)).Code, Is.EqualTo("contact_not_revealed"));
        Assert.That((await Decide("leader", asked, true)).Code, Is.EqualTo("contact_request_decided"));
        Assert.That((await head.PostJson($"/api/v1/cases/{_number}/contact/requests", new { reason = "需核实" })).Status, Is.EqualTo(201));
    }

    [TestCase("head-si", 403, "own_request")]
    [TestCase("head-em", 404, "case_unknown")]
    [TestCase("handler", 404, "case_unknown")]
    [TestCase("auditor", 403, "own_request")]
    [TestCase("leader", 200, null)]
    [TestCase("inspector", 200, null)]
    public async Task Who_may_be_the_second_person(string login, int status, string? code)
    {
        var asked = await (await App.SignedIn("head-si")).PostJson($"/api/v1/cases/{_number}/contact/requests", new { reason = "需核实" });
        var decided = await Decide(login, asked, true);
        Assert.That((decided.Status, decided.Code), Is.EqualTo((status, code)));
    }

    [Test]
    public async Task Nobody_below_whoever_asked_consents_and_nobody_consents_to_themselves()
    {
        var asked = await (await App.SignedIn("leader")).PostJson($"/api/v1/cases/{_number}/contact/requests", new { reason = "需核实" });
        Assert.That((await App.Query("select login from notice where kind = 'ContactAsked'")).Select(r => (string?)r["login"]), Is.EqualTo(new[] { "inspector" }));
        Assert.That((await Decide("supervisor", asked, true)).Code, Is.EqualTo("own_request"));
        Assert.That((await Decide("leader", asked, true)).Code, Is.EqualTo("own_request"));
        Assert.That((await Decide("inspector", asked, true)).Status, Is.EqualTo(200));
    }

    [TestCase("auditor", 403)]
    [TestCase("handler", 404)]
    [TestCase("supervisor", 201)]
    public async Task Who_may_ask(string login, int status) =>
        Assert.That((await (await App.SignedIn(login)).PostJson($"/api/v1/cases/{_number}/contact/requests", new { reason = "需核实" })).Status, Is.EqualTo(status));

    [Test]
    public async Task Without_a_reason_or_a_contact_nothing_is_asked()
    {
        var head = await App.SignedIn("head-si");
        Assert.That((await head.PostJson($"/api/v1/cases/{_number}/contact/requests", new { reason = " " })).Code, Is.EqualTo("reason_missing"));
        var anonymous = await App.FileComplaint("A01");
        Assert.That((await head.PostJson($"/api/v1/cases/{anonymous}/contact/requests", new { reason = "需核实" })).Code, Is.EqualTo("contact_not_given"));
        Assert.That((await head.GetJson($"/api/v1/cases/{anonymous}/contact")).Json!["masked"], Is.Null);
    }

    [Test]
    public async Task Two_decisions_at_once_make_one()
    {
        var asked = await (await App.SignedIn("head-si")).PostJson($"/api/v1/cases/{_number}/contact/requests", new { reason = "需核实" });
        var decisions = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Decide(i % 2 == 0 ? "leader" : "inspector", asked, i % 2 == 0)));
        Assert.That(decisions.Count(d => d.Status == 200), Is.EqualTo(1));
        Assert.That(decisions.Where(d => d.Status != 200).Select(d => d.Code), Is.All.EqualTo("contact_request_decided"));
        Assert.That(await App.Sql<int>("select count(*) from case_event where kind in ('ContactGranted', 'ContactRefused')"), Is.EqualTo(1));
    }

    private async Task<Answer> Decide(string login, Answer asked, bool granted) =>
        await (await App.SignedIn(login)).PostJson($"/api/v1/cases/{_number}/contact/requests/{(string?)asked["id"]}/decision", new { granted, note = "符合规定" });
}

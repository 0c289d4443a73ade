using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Cases;

internal sealed class CaseTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task Accepting_starts_the_answer_clock_and_ends_the_other()
    {
        var number = await App.FileComplaint("A01");
        var head = await App.SignedIn("head-si");
        var accepted = await head.PostJson($"/api/v1/cases/{number}/acceptance", null);

        Assert.That(accepted.Status, Is.EqualTo(200));
        Assert.That((string?)accepted["dueAt"], Is.EqualTo("2026-11-23T17:30:00+08:00"));
        var seen = await head.GetJson($"/api/v1/cases/{number}");
        Assert.That((string?)seen["state"], Is.EqualTo("Accepted"));
        Assert.That(seen["clocks"]!.AsArray().Select(c => ((string?)c!["clock"], c["stoppedAt"] is not null)), Is.EquivalentTo(new[] { ((string?)"Acceptance", true), ("Answer", false) }));
        Assert.That(await App.Sql<int>("select count(*) from case_timer where outcome = 'Void'"), Is.EqualTo(5));
    }

    [Test]
    public async Task A_late_acceptance_gains_nothing()
    {
        var number = await App.FileComplaint("A01");
        await App.MoveTo("2026-11-19T11:00");
        var accepted = await (await App.SignedIn("head-si")).PostJson($"/api/v1/cases/{number}/acceptance", null);

        // The decision was due on Tuesday the 17th: five working days from there, as if it had come in time.
        Assert.That((string?)accepted["dueAt"], Is.EqualTo("2026-11-24T17:30:00+08:00"));
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'CaseAccepted' and value = 'Late'"), Is.EqualTo(1));
    }

    [Test]
    public async Task An_acceptance_at_the_due_instant_is_in_time()
    {
        var number = await App.FileComplaint("A01");
        await App.MoveTo("2026-11-17T17:30");
        await (await App.SignedIn("head-si")).PostJson($"/api/v1/cases/{number}/acceptance", null);

        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'CaseAccepted' and value = 'InTime'"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_answer_reaches_the_citizen_and_stops_the_clock()
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "等了很久" });
        var number = (string)filed["caseNumber"]!;
        var head = await App.SignedIn("head-si");
        await head.PostJson($"/api/v1/cases/{number}/acceptance", null);
        await App.MoveTo("2026-11-18T10:00");
        Assert.That((await head.PostJson($"/api/v1/cases/{number}/answer", new { text = "已办结,向您致歉。" })).Status, Is.EqualTo(204));

        var progress = await App.Client.GetJson($"/api/v1/complaints/{number}", ("X-Query-Code", (string)filed["queryCode"]!));
        Assert.That(((string?)progress["state"], (string?)progress["answer"]), Is.EqualTo(("Answered", "已办结,向您致歉。")));
        Assert.That(await App.Sql<int>("select answer_minutes from case_answer"), Is.EqualTo(14 * 60), "two days of seven working hours");

        await App.MoveTo("2026-12-31T10:00");
        Assert.That(await App.Sql<int>("select count(*) from case_timer where outcome = 'Fired'"), Is.Zero, "nothing escalates after the answer");
    }

    [Test]
    public async Task What_the_state_forbids_is_refused_by_name()
    {
        var number = await App.FileComplaint("A01");
        var head = await App.SignedIn("head-si");

        var early = await head.PostJson($"/api/v1/cases/{number}/answer", new { text = "x" });
        Assert.That((early.Status, early.Code), Is.EqualTo((409, "case_not_accepted")));
        await head.PostJson($"/api/v1/cases/{number}/acceptance", null);
        var twice = await head.PostJson($"/api/v1/cases/{number}/acceptance", null);
        Assert.That((twice.Status, twice.Code), Is.EqualTo((409, "case_already_accepted")));
        var empty = await head.PostJson($"/api/v1/cases/{number}/answer", new { text = " " });
        Assert.That((empty.Status, empty.Code), Is.EqualTo((400, "answer_missing")));
        await head.PostJson($"/api/v1/cases/{number}/answer", new { text = "x" });
        var again = await head.PostJson($"/api/v1/cases/{number}/answer", new { text = "y" });
        Assert.That((again.Status, again.Code), Is.EqualTo((409, "case_already_answered")));
    }

    [Test]
    public async Task Ten_acceptances_at_once_make_one()
    {
        var number = await App.FileComplaint("A01");
        var head = await App.SignedIn("head-si");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => head.PostJson($"/api/v1/cases/{number}/acceptance", null)));

        Assert.That(answers.Count(a => a.Status == 200), Is.EqualTo(1));
        Assert.That(answers.Where(a => a.Status != 200).Select(a => a.Code), Is.All.EqualTo("case_already_accepted"));
        Assert.That(await App.Sql<int>("select count(*) from case_clock where clock = 'Answer'"), Is.EqualTo(1));
    }

    [TestCase("handler", 404)]
    [TestCase("head-si", 200)]
    [TestCase("head-em", 404)]
    [TestCase("supervisor", 200)]
    [TestCase("leader", 200)]
    [TestCase("inspector", 200)]
    [TestCase("auditor", 200)]
    [TestCase("admin", 403)]
    public async Task Who_may_see_a_case_of_the_hall(string login, int status)
    {
        var number = await App.FileComplaint("A01");
        var client = await App.SignedIn(login);

        Assert.That((await client.GetJson($"/api/v1/cases/{number}")).Status, Is.EqualTo(status));
        if (status != 403) Assert.That((await client.GetJson("/api/v1/cases"))["items"]!.AsArray().Count, Is.EqualTo(status == 200 ? 1 : 0));
    }

    [TestCase("head-si")]
    [TestCase("supervisor")]
    [TestCase("leader")]
    [TestCase("auditor")]
    public async Task A_sealed_case_does_not_exist_outside_discipline_inspection(string login)
    {
        var number = await App.FileComplaint("A01", "Gifts");
        var client = await App.SignedIn(login);

        Assert.That((await client.GetJson($"/api/v1/cases/{number}")).Code, Is.EqualTo("case_unknown"));
        Assert.That((await client.PostJson($"/api/v1/cases/{number}/acceptance", null)).Code, Is.EqualTo("case_unknown"));
        Assert.That((await client.GetJson("/api/v1/cases"))["items"]!.AsArray(), Is.Empty);
        Assert.That((await (await App.SignedIn("inspector")).GetJson($"/api/v1/cases/{number}")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task An_auditor_reads_and_does_nothing()
    {
        var number = await App.FileComplaint("A01");
        var auditor = await App.SignedIn("auditor");

        Assert.That((await auditor.PostJson($"/api/v1/cases/{number}/acceptance", null)).Code, Is.EqualTo("not_allowed"));
        Assert.That((string?)(await auditor.GetJson($"/api/v1/cases/{number}"))["state"], Is.EqualTo("Filed"));
        Assert.That((await auditor.GetJson($"/api/v1/cases/{number}"))["commands"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Nobody_who_is_not_signed_in_sees_anything()
    {
        var number = await App.FileComplaint("A01");

        Assert.That((await App.Client.GetJson($"/api/v1/cases/{number}")).Status, Is.EqualTo(401));
        Assert.That((await App.Client.GetJson("/api/v1/cases")).Code, Is.EqualTo("sign_in_required"));
    }

    [Test]
    public async Task The_board_is_in_the_order_of_the_clocks_and_pages_without_gaps()
    {
        var numbers = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            numbers.Add(await App.FileComplaint("A01"));
            App.Clock.Now = App.Clock.Now.AddDays(1);
        }

        var head = await App.SignedIn("head-si");
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await head.GetJson($"/api/v1/cases?size=2&cursor={cursor}");
            seen.AddRange(page["items"]!.AsArray().Select(i => (string)i!["caseNumber"]!));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);

        Assert.That(seen, Is.EqualTo(numbers));
    }

    [Test]
    public async Task The_board_can_be_asked_for_one_light_or_one_state()
    {
        var red = await App.FileComplaint("A01");
        await App.MoveTo("2026-11-18T10:00");
        var green = await App.FileComplaint("A02");
        var head = await App.SignedIn("head-si");

        Assert.That((await head.GetJson("/api/v1/cases?light=Red"))["items"]!.AsArray().Select(i => (string?)i!["caseNumber"]), Is.EqualTo(new[] { red }));
        Assert.That((await head.GetJson("/api/v1/cases?light=Green"))["items"]!.AsArray().Select(i => (string?)i!["caseNumber"]), Is.EqualTo(new[] { green }));
        Assert.That((await head.GetJson("/api/v1/cases?state=Answered"))["items"]!.AsArray(), Is.Empty);
        var item = (await head.GetJson("/api/v1/cases?light=Red"))["items"]![0]!;
        Assert.That(((string?)item["light"], (string?)item["step"], (int)item["openMinutesLeft"]!), Is.EqualTo(("Red", "UnitHead", -60)));
    }

    [TestCase("light=Purple")]
    [TestCase("state=Lost")]
    [TestCase("size=0")]
    [TestCase("size=1000")]
    [TestCase("cursor=abc")]
    public async Task A_bad_filter_is_refused(string filter)
    {
        Assert.That((await (await App.SignedIn("head-si")).GetJson("/api/v1/cases?" + filter)).Status, Is.EqualTo(400));
    }
}

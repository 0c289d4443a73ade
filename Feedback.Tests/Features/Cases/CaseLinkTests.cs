using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Cases;

/// <summary>The same issue from many people, and the same person again.</summary>
internal sealed class CaseLinkTests(Engine engine) : SliceTest(engine)
{
    private HttpClient _head = null!;

    [SetUp]
    public async Task SignIn() => _head = await App.SignedIn("head-si");

    [TearDown]
    public void SignOut() => _head.Dispose();

    [Test]
    public async Task One_answer_reaches_everybody_whose_case_was_put_together()
    {
        var lead = await Filed(accepted: true);
        var second = await Filed(accepted: true);
        var waiting = await Filed(accepted: false);
        foreach (var member in new[] { second, waiting }) Assert.That((await Post(member.Number, "group", new { lead = lead.Number })).Status, Is.EqualTo(204));

        var given = await Post(lead.Number, "answer", new { text = "电梯已修好。", toGroup = true });
        Assert.That(given["answered"]!.AsArray().Select(n => (string?)n), Is.EqualTo(new[] { lead.Number, second.Number }));
        Assert.That(given["left"]!.AsArray().Select(n => (string?)n), Is.EqualTo(new[] { waiting.Number }), "it was not accepted yet");
        foreach (var answered in new[] { lead, second })
        {
            var progress = await App.Client.GetJson($"/api/v1/complaints/{answered.Number}", ("X-Query-Code", answered.Code));
            Assert.That(((string?)progress["state"], (string?)progress["answer"]), Is.EqualTo(("Answered", "电梯已修好。")));
        }

        Assert.That((string?)(await App.Client.GetJson($"/api/v1/complaints/{waiting.Number}", ("X-Query-Code", waiting.Code)))["state"], Is.EqualTo("Filed"));
        Assert.That(await App.Sql<int>("select count(*) from case_clock where clock = 'Answer' and stopped_at is null"), Is.Zero);
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'CaseAnswered'"), Is.EqualTo(2));
    }

    [Test]
    public async Task An_answer_to_one_is_no_answer_to_the_others()
    {
        var lead = await Filed(accepted: true);
        var second = await Filed(accepted: true);
        await Post(second.Number, "group", new { lead = lead.Number });
        Assert.That((await Post(lead.Number, "answer", new { text = "已修好。" })).Status, Is.EqualTo(204));
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{second.Number}"))["state"], Is.EqualTo("Accepted"));
    }

    [Test]
    public async Task Groups_have_one_lead()
    {
        var (lead, second, third) = (await Filed(true), await Filed(true), await Filed(true));
        await Post(second.Number, "group", new { lead = lead.Number });
        Assert.That(await Refused(second.Number, lead.Number), Is.EqualTo((409, "case_linked")), "twice");
        Assert.That(await Refused(third.Number, second.Number), Is.EqualTo((409, "case_linked")), "under a member");
        Assert.That(await Refused(lead.Number, third.Number), Is.EqualTo((409, "case_linked")), "a lead under another");
        Assert.That(await Refused(third.Number, third.Number), Is.EqualTo((400, "link_to_itself")));
    }

    [Test]
    public async Task A_lead_must_be_known_to_the_reader_and_open()
    {
        var (own, ended) = (await Filed(true), await Filed(true));
        await Post(ended.Number, "answer", new { text = "已修好。" });
        Assert.That(await Refused(own.Number, ended.Number), Is.EqualTo((400, "lead_ended")));
        Assert.That(await Refused(own.Number, "20261116-000000"), Is.EqualTo((400, "lead_unknown")));
        var hidden = await App.FileComplaint("A01", "Gifts");
        Assert.That(await Refused(own.Number, hidden), Is.EqualTo((400, "lead_unknown")), "a sealed case looks like none");
        var otherUnit = await App.FileComplaint("B01");
        Assert.That(await Refused(own.Number, otherUnit), Is.EqualTo((400, "lead_unknown")));
    }

    [Test]
    public async Task The_same_person_again_sees_how_the_earlier_case_stands()
    {
        var earlier = await Filed(accepted: true);
        var again = await Filed(accepted: false);
        Assert.That((await Post(again.Number, "refusal", new { reason = "同一事项已在办理", repeatOf = earlier.Number })).Status, Is.EqualTo(204));

        var progress = await App.Client.GetJson($"/api/v1/complaints/{again.Number}", ("X-Query-Code", again.Code));
        Assert.That(((string?)progress["state"], (string?)progress["earlier"]!["state"], (string?)progress["earlier"]!["dueAt"]), Is.EqualTo(("Declined", "Accepted", "2026-11-23T17:30:00+08:00")));
        Assert.That(progress.Json!.ToJsonString(), Does.Not.Contain(earlier.Number), "whoever was mistaken for another learns no number");
        Assert.That((string?)progress["timeline"]![0]!["text"], Does.Contain("同一事项"));
        Assert.That((await App.Client.GetJson($"/api/v1/complaints/{earlier.Number}", ("X-Query-Code", earlier.Code)))["earlier"], Is.Null);
    }

    [Test]
    public async Task A_refusal_names_the_right_body_or_the_earlier_case()
    {
        var own = await Filed(accepted: false);
        var neither = await Post(own.Number, "refusal", new { reason = "不归我们管" });
        Assert.That((neither.Status, neither.Code), Is.EqualTo((400, "right_body_missing")));
        var unknown = await Post(own.Number, "refusal", new { reason = "同一事项已在办理", repeatOf = "20261116-000000" });
        Assert.That((unknown.Status, unknown.Code), Is.EqualTo((400, "lead_unknown")));
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{own.Number}"))["state"], Is.EqualTo("Filed"), "what was refused changed nothing");
    }

    [TestCase("Complex", "2026-12-07T17:30:00+08:00")]
    [TestCase("Urgent", "2026-11-17T10:00:00+08:00")]
    [TestCase("Petition", "2027-01-15T17:30:00+08:00")]
    public async Task A_case_gets_the_limit_of_what_it_turns_out_to_be(string type, string dueAt)
    {
        var own = await Filed(accepted: false);
        Assert.That((string?)(await Post(own.Number, "acceptance", new { type }))["dueAt"], Is.EqualTo(dueAt));
    }

    [TestCase("Urgent", "2026-11-16T12:00:00+08:00", "2026-11-17T12:00:00+08:00")]
    [TestCase("Petition", "2026-12-01T17:30:00+08:00", "2027-01-30T17:30:00+08:00")]
    public async Task A_citizen_says_that_it_is_urgent_or_a_petition(string type, string acceptBy, string dueAt)
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "电梯里困着人。", type });
        Assert.That(((string?)filed["acceptBy"], (string?)filed["dueAt"]), Is.EqualTo((acceptBy, dueAt)));
    }

    [Test]
    public async Task An_urgent_case_climbs_by_the_hour()
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "电梯里困着人。", type = "Urgent" });
        await App.MoveTo("2026-11-17T12:00");
        Assert.That(
            (await App.Query("select step, due_at from case_timer where case_number = @n and outcome = 'Fired' order by step", new { n = (string)filed["caseNumber"]! })).Select(t => $"{t["step"]} {t["due_at"]:yyyy-MM-dd HH:mm}"[..18]),
            Is.EqualTo(new[] { "0 2026-11-16 03:48", "1 2026-11-16 04:00", "2 2026-11-16 06:00", "3 2026-11-16 10:00", "4 2026-11-17 04:00" }));
    }

    [Test]
    public async Task A_complaint_does_not_turn_out_to_be_a_question()
    {
        var refused = await Post((await Filed(accepted: false)).Number, "acceptance", new { type = "Consultation" });
        Assert.That((refused.Status, refused.Code), Is.EqualTo((400, "type_unfit")));
    }

    private async Task<(string Number, string Code)> Filed(bool accepted)
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "电梯坏了两周。" });
        var number = (string)filed["caseNumber"]!;
        if (accepted) Assert.That((await Post(number, "acceptance", null)).Status, Is.EqualTo(200));
        return (number, (string)filed["queryCode"]!);
    }

    private Task<Answer> Post(string number, string command, object? body) => _head.PostJson($"/api/v1/cases/{number}/{command}", body);

    private async Task<(int, string?)> Refused(string number, string lead)
    {
        var refused = await Post(number, "group", new { lead });
        return (refused.Status, refused.Code);
    }
}

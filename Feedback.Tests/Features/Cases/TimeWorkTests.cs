using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Cases;

/// <summary>Pauses, extensions and the refusals around them. The case is accepted on Monday at 10:00 and due on the next Monday.</summary>
internal sealed class TimeWorkTests(Engine engine) : SliceTest(engine)
{
    private string _number = "";
    private string _code = "";
    private HttpClient _head = null!;

    [SetUp]
    public async Task AcceptACase()
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "等了很久" });
        (_number, _code) = ((string)filed["caseNumber"]!, (string)filed["queryCode"]!);
        _head = await App.SignedIn("head-si");
        await _head.PostJson($"/api/v1/cases/{_number}/acceptance", null);
    }

    [TearDown]
    public void SignOut() => _head.Dispose();

    [Test]
    public async Task A_pause_is_given_back_to_the_minute()
    {
        await App.MoveTo("2026-11-18T10:00");
        var paused = await _head.PostJson($"/api/v1/cases/{_number}/pause", new { reason = "Inspection", evidence = "检测委托书 3 号" });
        Assert.That((string?)paused["resumeBy"], Is.EqualTo("2026-12-09T17:30:00+08:00"), "fifteen working days at the most");

        await App.MoveTo("2026-11-19T11:15");
        var resumed = await _head.PostJson($"/api/v1/cases/{_number}/resumption", null);

        // Open from Wednesday 10:00 until Thursday 11:15: seven hours and a quarter, from Monday 17:30 on.
        Assert.That((string?)resumed["dueAt"], Is.EqualTo("2026-11-25T10:15:00+08:00"));
        var seen = await _head.GetJson($"/api/v1/cases/{_number}");
        Assert.That(((string?)seen["state"], (string?)seen["dueAt"]), Is.EqualTo(("Accepted", "2026-11-25T10:15:00+08:00")));
    }

    [Test]
    public async Task Nothing_fires_while_the_clock_stands_still()
    {
        await _head.PostJson($"/api/v1/cases/{_number}/pause", new { reason = "Hearing", evidence = "听证通知" });
        await App.MoveTo("2026-11-30T10:00");
        Assert.That(await App.Sql<int>("select count(*) from case_timer where outcome = 'Fired'"), Is.Zero);
    }

    [Test]
    public async Task The_longest_pause_ends_by_itself()
    {
        await _head.PostJson($"/api/v1/cases/{_number}/pause", new { reason = "AwaitingCitizen", evidence = "告知单 7 号" });
        await App.MoveTo("2026-12-07T17:29:59");
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["state"], Is.EqualTo("Paused"));
        await App.MoveTo("2026-12-07T17:30");
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["state"], Is.EqualTo("Accepted"));
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'Escalation'"), Is.Zero, "the end of a pause is no escalation");
    }

    [Test]
    public async Task What_the_citizen_was_asked_for_starts_the_clock_again()
    {
        await _head.PostJson($"/api/v1/cases/{_number}/pause", new { reason = "AwaitingCitizen", evidence = "告知单 7 号" });
        await App.MoveTo("2026-11-17T10:00");
        var added = await Citizen("materials", new { text = "补充:取号单照片" });

        Assert.That(added.Status, Is.EqualTo(204));
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["dueAt"], Is.EqualTo("2026-11-24T17:30:00+08:00"));
    }

    [Test]
    public async Task An_overdue_clock_cannot_be_paused()
    {
        await App.MoveTo("2026-11-23T17:30:01");
        var refused = await _head.PostJson($"/api/v1/cases/{_number}/pause", new { reason = "Hearing", evidence = "听证通知" });
        Assert.That((refused.Status, refused.Code), Is.EqualTo((409, "clock_overdue")));
    }

    [TestCase("{\"evidence\":\"x\"}", "reason", "pause_reason_missing")]
    [TestCase("{\"reason\":\"Hearing\"}", "evidence", "evidence_missing")]
    [TestCase("{\"reason\":\"Lunch\",\"evidence\":\"x\"}", "reason", "field_malformed")]
    public async Task A_pause_without_reason_or_evidence_is_refused(string body, string field, string code)
    {
        var refused = await _head.PostRaw($"/api/v1/cases/{_number}/pause", body);
        Assert.That((refused.Status, (string?)refused["codes"]?[field]?[0]), Is.EqualTo((400, code)));
    }

    [Test]
    public async Task An_extension_is_asked_for_by_one_and_granted_by_another()
    {
        var asked = await _head.PostJson($"/api/v1/cases/{_number}/extension", new { reason = "需外地协查" });
        Assert.That((string?)asked["dueAtIfGranted"], Is.EqualTo("2026-11-30T17:30:00+08:00"));
        var own = await _head.PostJson($"/api/v1/cases/{_number}/extension/decision", new { granted = true });
        Assert.That((own.Status, own.Code), Is.EqualTo((403, "own_request")));

        var granted = await (await App.SignedIn("supervisor")).PostJson($"/api/v1/cases/{_number}/extension/decision", new { granted = true });
        Assert.That((string?)granted["dueAt"], Is.EqualTo("2026-11-30T17:30:00+08:00"));
        var progress = await App.Client.GetJson($"/api/v1/complaints/{_number}", ("X-Query-Code", _code));
        Assert.That((string?)progress["timeline"]![0]!["text"], Does.Contain("11月30日").And.Contain("需外地协查"), "the citizen reads the reason");

        await App.MoveTo("2026-11-30T17:29:59");
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["light"], Is.EqualTo("Yellow"), "the old red never fired");
    }

    [Test]
    public async Task An_extension_is_asked_for_once()
    {
        await _head.PostJson($"/api/v1/cases/{_number}/extension", new { reason = "需外地协查" });
        var second = await _head.PostJson($"/api/v1/cases/{_number}/extension", new { reason = "还不够" });
        Assert.That((second.Status, second.Code), Is.EqualTo((409, "extension_already_asked")));
    }

    [Test]
    public async Task A_late_extension_is_refused_and_the_case_is_overdue()
    {
        await App.MoveTo("2026-11-23T17:30:01");
        var late = await _head.PostJson($"/api/v1/cases/{_number}/extension", new { reason = "需外地协查" });

        Assert.That((late.Status, late.Code), Is.EqualTo((409, "extension_too_late")));
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["light"], Is.EqualTo("Red"));
    }

    [Test]
    public async Task An_extension_asked_for_in_time_and_granted_late_is_refused()
    {
        await _head.PostJson($"/api/v1/cases/{_number}/extension", new { reason = "需外地协查" });
        await App.MoveTo("2026-11-23T17:30:01");
        var late = await (await App.SignedIn("supervisor")).PostJson($"/api/v1/cases/{_number}/extension/decision", new { granted = true });
        Assert.That((late.Status, late.Code), Is.EqualTo((409, "extension_too_late")));
    }

    [Test]
    public async Task A_decision_nobody_asked_for_and_a_request_without_reason_are_refused()
    {
        Assert.That((await (await App.SignedIn("supervisor")).PostJson($"/api/v1/cases/{_number}/extension/decision", new { granted = true })).Code, Is.EqualTo("extension_not_asked"));
        Assert.That((await _head.PostJson($"/api/v1/cases/{_number}/extension", new { reason = " " })).Code, Is.EqualTo("reason_missing"));
    }

    private Task<Answer> Citizen(string deed, object? body) => App.Citizen(_code).PostJson($"/api/v1/complaints/{_number}/{deed}", body);
}

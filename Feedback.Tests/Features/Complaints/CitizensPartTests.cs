using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Complaints;

/// <summary>What the citizen can do after filing: remind, withdraw, judge the answer, appeal.</summary>
internal sealed class CitizensPartTests(Engine engine) : SliceTest(engine)
{
    private string _number = "";
    private HttpClient _citizen = null!;
    private HttpClient _head = null!;

    [SetUp]
    public async Task FileACase()
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "等了很久" });
        _number = (string)filed["caseNumber"]!;
        _citizen = App.Citizen((string)filed["queryCode"]!);
        _head = await App.SignedIn("head-si");
    }

    [TearDown]
    public void SignOut()
    {
        _citizen.Dispose();
        _head.Dispose();
    }

    [Test]
    public async Task A_reminder_attaches_to_the_case_once_a_day()
    {
        Assert.That((await Do("reminder")).Status, Is.EqualTo(204));
        var again = await Do("reminder");
        Assert.That((again.Status, again.Code), Is.EqualTo((429, "reminded_today")));
        await App.MoveTo("2026-11-17T10:00");
        Assert.That((await Do("reminder")).Status, Is.EqualTo(204));
        Assert.That(await App.Sql<int>("select count(*) from case_file"), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select count(*) from notice where login = 'head-si' and kind = 'Reminded'"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_withdrawal_ends_the_case_and_its_clocks()
    {
        Assert.That((await Do("withdrawal")).Status, Is.EqualTo(204));
        await App.MoveTo("2026-12-31T10:00");
        Assert.That(await App.Sql<int>("select count(*) from case_timer where outcome = 'Fired'"), Is.Zero);
        Assert.That((await _head.PostJson($"/api/v1/cases/{_number}/acceptance", null)).Code, Is.EqualTo("case_withdrawn"));
        Assert.That((await Do("reminder")).Code, Is.EqualTo("case_withdrawn"));
    }

    [Test]
    public async Task Solved_closes_the_case()
    {
        await Answered();
        Assert.That((await Do("verdict", new { solved = true, grade = 5 })).Status, Is.EqualTo(204));
        Assert.That(await State(), Is.EqualTo("Closed"));
        Assert.That(await App.Sql<int>("select verdict from case_file"), Is.EqualTo(5));
    }

    [Test]
    public async Task Not_solved_reopens_once_with_a_new_clock()
    {
        await Answered();
        Assert.That((await Do("verdict", new { solved = false })).Status, Is.EqualTo(204));
        Assert.That(await State(), Is.EqualTo("Accepted"));
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["dueAt"], Is.EqualTo("2026-11-23T17:30:00+08:00"));

        Assert.That((await _head.PostJson($"/api/v1/cases/{_number}/answer", new { text = "再次答复" })).Status, Is.EqualTo(204));
        var second = await Do("verdict", new { solved = false });
        Assert.That((second.Status, second.Code), Is.EqualTo((409, "case_reopened_before")));
        Assert.That(await App.Sql<int>("select count(*) from case_answer"), Is.EqualTo(2), "both answers stay");
    }

    [Test]
    public async Task An_appeal_is_decided_by_somebody_who_took_no_part()
    {
        await Answered();
        var lodged = await Do("appeal", new { text = "没有核实" });
        Assert.That((string?)lodged["decideBy"], Is.EqualTo("2026-12-16T17:30:00+08:00"));

        var own = await _head.PostJson($"/api/v1/cases/{_number}/appeal/decision", new { upheld = false, note = "维持" });
        Assert.That((own.Status, own.Code), Is.EqualTo((403, "involved_in_case")));
        Assert.That((await (await App.SignedIn("supervisor")).PostJson($"/api/v1/cases/{_number}/appeal/decision", new { upheld = true, note = "请重新核实" })).Status, Is.EqualTo(204));
        Assert.That(await State(), Is.EqualTo("Accepted"));
        await _head.PostJson($"/api/v1/cases/{_number}/answer", new { text = "再次答复" });
        Assert.That((await Do("appeal", new { text = "还是不服" })).Code, Is.EqualTo("appeal_once"));
    }

    [Test]
    public async Task An_appeal_comes_within_thirty_days()
    {
        await Answered();
        await App.MoveTo("2026-12-16T17:30:01");
        Assert.That((await Do("appeal", new { text = "没有核实" })).Code, Is.EqualTo("appeal_too_late"));
    }

    [Test]
    public async Task An_undecided_appeal_climbs_its_own_ladder()
    {
        await Answered();
        await Do("appeal", new { text = "没有核实" });
        await App.MoveTo("2026-12-16T17:30");
        Assert.That(await App.Sql<int>("select count(*) from case_timer where clock = 'Appeal' and outcome = 'Fired'"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_refusal_to_accept_names_reason_and_right_body_and_can_be_appealed()
    {
        Assert.That((await _head.PostJson($"/api/v1/cases/{_number}/refusal", new { reason = "不属于人社业务" })).Code, Is.EqualTo("right_body_missing"));
        Assert.That((await _head.PostJson($"/api/v1/cases/{_number}/refusal", new { rightBody = "市医保局" })).Code, Is.EqualTo("reason_missing"));
        Assert.That((await _head.PostJson($"/api/v1/cases/{_number}/refusal", new { reason = "不属于人社业务。", rightBody = "市医保局" })).Status, Is.EqualTo(204));

        var progress = await _citizen.GetJson($"/api/v1/complaints/{_number}");
        Assert.That((string?)progress["timeline"]![0]!["text"], Is.EqualTo("不予受理:不属于人社业务。 请向市医保局提出。"));
        Assert.That(progress["commands"]!.AsArray().Select(c => (string?)c), Is.EqualTo(new[] { "Appeal" }));
        Assert.That((await Do("appeal", new { text = "就是这里的事" })).Status, Is.EqualTo(200));
    }

    [TestCase("materials")]
    [TestCase("withdrawal")]
    [TestCase("reminder")]
    [TestCase("verdict")]
    [TestCase("appeal")]
    public async Task Without_the_right_code_there_is_no_case(string deed)
    {
        var refused = await App.Client.PostJson($"/api/v1/complaints/{_number}/{deed}", new { text = "x", solved = true });
        Assert.That(refused.Status, Is.AnyOf(400, 404));
        if (refused.Status == 404) Assert.That(refused.Code, Is.EqualTo("complaint_unknown"));
        Assert.That(await State(), Is.EqualTo("Filed"));
    }

    [Test]
    public async Task A_verdict_or_an_appeal_before_the_answer_is_refused()
    {
        Assert.That((await Do("verdict", new { solved = true })).Code, Is.EqualTo("case_not_answered"));
        Assert.That((await Do("appeal", new { text = "x" })).Code, Is.EqualTo("case_not_answered"));
    }

    private async Task Answered()
    {
        await _head.PostJson($"/api/v1/cases/{_number}/acceptance", null);
        await _head.PostJson($"/api/v1/cases/{_number}/answer", new { text = "已处理" });
    }

    private Task<Answer> Do(string deed, object? body = null) => _citizen.PostJson($"/api/v1/complaints/{_number}/{deed}", body);

    private async Task<string?> State() => (string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["state"];
}

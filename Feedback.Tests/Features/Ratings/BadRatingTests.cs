using System.Data.Common;
using Feedback.Features.Statistics;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Ratings;

/// <summary>The loop of a bad rating that comes on Monday at 10:00, with a contact.</summary>
internal sealed class BadRatingTests(Engine engine) : SliceTest(engine)
{
    private string _number = "";
    private HttpClient _head = null!;
    private HttpClient _supervisor = null!;

    [SetUp]
    public async Task GiveABadRating()
    {
        (_head, _supervisor) = (await App.SignedIn("head-si"), await App.SignedIn("supervisor"));
        _number = await Rate(2, ["209", "214"], new { phone = "13800000000" });
    }

    [TearDown]
    public void SignOut()
    {
        _head.Dispose();
        _supervisor.Dispose();
    }

    [Test]
    public async Task A_bad_rating_opens_its_loop_with_the_checks_of_its_tags()
    {
        var seen = await _head.GetJson($"/api/v1/cases/{_number}/rating");
        Assert.That(((string?)seen["stage"], (string?)seen["dueAt"], (string?)seen["appealBy"]), Is.EqualTo(("Verifying", "2026-11-17T17:30:00+08:00", "2026-11-19T17:30:00+08:00")));
        Assert.That(((string?)seen["comment"], (string?)seen["grade"], (bool?)seen["hasContact"]), Is.EqualTo(("等了很久", "Dissatisfied", true)));
        Assert.That(seen["checks"]!.AsArray().Select(c => (string?)c!["signal"]), Is.EqualTo(new[] { "Attitude", "TimeLimit" }));
        Assert.That(await App.Sql<string>("select login from notice where kind = 'BadRatingOpened'"), Is.EqualTo("head-si"));
    }

    [TestCase(1, 2)]
    [TestCase(2, 2)]
    [TestCase(3, 1)]
    [TestCase(5, 1)]
    public async Task Only_grades_one_and_two_open_a_loop(int grade, int loops)
    {
        await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade });
        Assert.That(await App.Sql<int>("select count(*) from bad_rating"), Is.EqualTo(loops));
    }

    [Test]
    public async Task Verified_set_right_and_called_back_it_ends()
    {
        await App.MoveTo("2026-11-17T10:00");
        var verified = await Verify("FixedWithinLimit");
        Assert.That((verified.Status, (string?)verified["stage"], (string?)verified["dueAt"]), Is.EqualTo((200, "SettingRight", "2026-11-24T17:30:00+08:00")));

        await App.MoveTo("2026-11-18T10:00");
        var remedied = await _head.PostJson($"/api/v1/cases/{_number}/remedy", new { note = "增开一个窗口" });
        Assert.That((remedied.Status, (string?)remedied["stage"], (string?)remedied["dueAt"]), Is.EqualTo((200, "CallingBack", "2026-11-23T17:30:00+08:00")));
        Assert.That(await App.Sql<string>("select responsible from case_file"), Is.EqualTo("supervisor"), "whoever calls back is responsible now");

        Assert.That((await CallBack(_supervisor)).Status, Is.EqualTo(204));
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["state"], Is.EqualTo("Closed"));
        Assert.That(await App.Sql<int>("select count(*) from case_timer where outcome is null"), Is.Zero, "nothing runs on");
        Assert.That(await App.Sql<int>("select count(*) from bad_rating_check where confirmed is null"), Is.Zero);
    }

    [TestCase("FixedAtOnce")]
    [TestCase("Explained")]
    [TestCase("FoundMistaken")]
    public async Task What_needs_no_time_is_called_back_at_once(string outcome)
    {
        var verified = await Verify(outcome);
        Assert.That(((string?)verified["stage"], (string?)verified["dueAt"]), Is.EqualTo(("CallingBack", "2026-11-19T17:30:00+08:00")));
    }

    [Test]
    public async Task Without_a_contact_nobody_is_called_back()
    {
        _number = await Rate(1, [], null);
        var verified = await _head.PostJson($"/api/v1/cases/{_number}/verification", new { outcome = "FixedAtOnce", note = "已核实" });
        Assert.That(((string?)verified["stage"], (string?)verified["dueAt"]), Is.EqualTo(("Done", null as string)));
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["state"], Is.EqualTo("Closed"));
    }

    [Test]
    public async Task Setting_right_what_is_complex_takes_fifteen_working_days()
    {
        await App.MoveTo("2026-11-17T10:00");
        Assert.That((string?)(await Verify("FixedWithinLimit", complex: true))["dueAt"], Is.EqualTo("2026-12-08T17:30:00+08:00"));
    }

    [Test]
    public async Task A_late_verification_gains_no_time_to_set_right()
    {
        await App.MoveTo("2026-11-20T10:00");
        Assert.That((string?)(await Verify("FixedWithinLimit"))["dueAt"], Is.EqualTo("2026-11-24T17:30:00+08:00"), "as if verified when that was due");
    }

    [Test]
    public async Task An_overdue_verification_climbs_the_ladder_to_the_second()
    {
        await App.MoveTo("2026-11-17T17:29:59");
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["light"], Is.EqualTo("Yellow"));
        await App.MoveTo("2026-11-17T17:30");
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["light"], Is.EqualTo("Red"));
        await App.MoveTo("2026-11-18T17:30");
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["step"], Is.EqualTo("HallSupervisor"));

        await Verify("FixedAtOnce");
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["light"], Is.EqualTo("Green"), "the call back has a light of its own");
        Assert.That(await Differences(), Is.Empty);
    }

    [Test]
    public async Task The_loop_leaves_the_figures_of_complaints_as_they_were()
    {
        await App.MoveTo("2026-11-18T17:30");
        using var inspector = await App.SignedIn("inspector");
        var report = await inspector.GetJson("/api/v1/statistics/monthly?month=2026-11&by=prohibition");
        var figures = report["headline"]!.AsArray().ToDictionary(f => (string)f!["code"]!, f => (double?)f!["value"]);

        Assert.That((figures["cases_filed"], figures["cases_accepted"], figures["escalations_unit_head"], figures["bad_rate"]), Is.EqualTo((0d, 0d, 0d, 1d)));
        Assert.That(report["rows"]!.AsArray().Select(r => (string?)r!["key"]), Does.Not.Contain("BadRating").And.Contain("Question"));
        Assert.That(await App.Sql<int>("select count(*) from case_timer where outcome = 'Fired'"), Is.GreaterThan(1), "there was something to leave out");
    }

    [Test]
    public async Task Each_step_has_its_turn()
    {
        var early = new[] { await _head.PostJson($"/api/v1/cases/{_number}/remedy", new { note = "整改" }), await CallBack(_supervisor) };
        Assert.That(early.Select(a => (a.Status, a.Code)), Is.EqualTo(new[] { (409, "nothing_to_set_right"), (409, "call_back_not_awaited") }));

        await Verify("FixedAtOnce");
        var again = await Verify("Explained");
        Assert.That((again.Status, again.Code), Is.EqualTo((409, "rating_already_verified")));
    }

    [Test]
    public async Task A_verification_answers_every_check_and_says_what_was_found()
    {
        var refused = new[]
        {
            await Verification(new { outcome = "Explained", note = "已核实" }),
            await Verification(new { outcome = "Explained", note = "已核实", checks = new { TimeLimit = true, Attitude = true, FirstInquiry = true } }),
            await Verification(new { note = "已核实", checks = new { TimeLimit = true, Attitude = true } }),
            await Verification(new { outcome = "Explained", note = " ", checks = new { TimeLimit = true, Attitude = true } }),
        };
        Assert.That(refused.Select(a => (a.Status, a.Code)), Is.EqualTo(new[] { (400, "checks_incomplete"), (400, "checks_incomplete"), (400, "outcome_missing"), (400, "reason_missing") }));
        Assert.That(await App.Sql<int>("select count(*) from bad_rating_check where confirmed is null"), Is.EqualTo(2));
    }

    [Test]
    public async Task The_call_back_is_for_somebody_outside_the_unit_who_had_no_part()
    {
        Assert.That((await Verify("FixedAtOnce", by: _supervisor)).Status, Is.EqualTo(200));
        using var leader = await App.SignedIn("leader");

        var (own, unit) = (await CallBack(_supervisor), await CallBack(_head));
        Assert.That(((own.Status, own.Code), (unit.Status, unit.Code)), Is.EqualTo(((403, "own_work"), (403, "inside_unit"))));
        Assert.That((await CallBack(leader)).Status, Is.EqualTo(204));
    }

    [TestCase("head-em", 404, "case_unknown")]
    [TestCase("handler", 404, "case_unknown")]
    [TestCase("auditor", 403, "not_allowed")]
    [TestCase("admin", 403, "not_allowed")]
    public async Task Others_have_no_part_in_it(string login, int status, string code)
    {
        using var other = await App.SignedIn(login);
        var answers = new[]
        {
            await Verify("FixedAtOnce", by: other), await CallBack(other), await other.PostJson($"/api/v1/cases/{_number}/remedy", new { note = "整改" }), await Appeal(other), await Decide(other, true),
        };
        Assert.That(answers.Select(a => (a.Status, a.Code)), Is.All.EqualTo((status, code)));
    }

    [Test]
    public async Task What_is_done_to_complaints_is_not_done_to_it_nor_the_other_way_round()
    {
        var answered = await _head.PostJson($"/api/v1/cases/{_number}/answer", new { text = "已处理" });
        Assert.That((answered.Status, answered.Code), Is.EqualTo((409, "case_is_bad_rating")));
        Assert.That((await _head.GetJson($"/api/v1/cases/{_number}"))["commands"]!.AsArray(), Is.Empty);

        _number = (string)(await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "等了很久" }))["caseNumber"]!;
        var verified = await Verify("FixedAtOnce");
        Assert.That((verified.Status, verified.Code), Is.EqualTo((409, "not_a_bad_rating")));
    }

    [Test]
    public async Task An_upheld_appeal_takes_the_rating_out_of_the_month_of_the_decision()
    {
        await App.MoveTo("2026-11-17T10:00");
        var lodged = await Appeal(_head);
        Assert.That((lodged.Status, (string?)lodged["decideBy"]), Is.EqualTo((200, "2026-11-24T17:30:00+08:00")));
        await App.MoveTo("2026-12-01T10:00");
        var red = await App.Sql<int>("select count(*) from case_timer where clock = 'RatingAppeal' and outcome = 'Fired'");
        Assert.That((await Decide(_supervisor, true)).Status, Is.EqualTo(204));

        Assert.That(red, Is.GreaterThan(1), "an appeal that waits too long climbs its ladder");
        Assert.That(await App.Sql<int>("select count(*) from rating r join rating_exclusion e on e.rating_id = r.id where r.grade = 2 and e.ground = 'Duplicate' and e.local_day = '2026-12-01'"), Is.EqualTo(1), "the row stays");
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'Rating' and local_day < '2026-12-01'"), Is.EqualTo(1), "November stays what it was");
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure in ('Rating', 'RatingTag') and local_day = '2026-12-01'"), Is.EqualTo(-3));
        Assert.That((await Differences("2026-11"), await Differences("2026-12")), Is.EqualTo((Array.Empty<Recount.Difference>(), Array.Empty<Recount.Difference>())));
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["state"], Is.EqualTo("Closed"));
        Assert.That(await App.Sql<int>("select count(*) from case_timer where outcome is null"), Is.Zero, "nothing is left to verify");

        Assert.That(() => App.Sql<int>("update rating_exclusion set reason = 'x'"), Throws.InstanceOf<DbException>().With.Message.Contain("never edited"));
        Assert.That(() => App.Sql<int>("delete from rating_exclusion"), Throws.InstanceOf<DbException>().With.Message.Contain("never deleted"));
    }

    [Test]
    public async Task A_refused_appeal_changes_no_count_and_the_loop_goes_on()
    {
        await Appeal(_head);
        Assert.That((await Decide(_supervisor, false)).Status, Is.EqualTo(204));
        Assert.That(await App.Sql<int>("select count(*) from rating_exclusion"), Is.Zero);
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'Rating'"), Is.EqualTo(1));
        Assert.That((await Verify("FixedAtOnce")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_loop_that_has_ended_stays_open_until_the_appeal_is_decided()
    {
        await Appeal(_head);
        await Verify("FoundMistaken");
        await CallBack(_supervisor);
        var waiting = await _head.GetJson($"/api/v1/cases/{_number}");
        await Decide(_supervisor, false);

        Assert.That(((string?)waiting["state"], (string?)waiting["dueAt"]), Is.EqualTo(("Accepted", "2026-11-23T17:30:00+08:00")));
        Assert.That((string?)(await _head.GetJson($"/api/v1/cases/{_number}"))["state"], Is.EqualTo("Closed"));
    }

    [TestCase("2026-11-19T17:30:00", 200, null)]
    [TestCase("2026-11-19T17:30:01", 409, "rating_appeal_too_late")]
    public async Task A_unit_appeals_within_three_working_days(string then, int status, string? code)
    {
        App.Clock.Now = TestApp.Local(then);
        var answer = await Appeal(_head);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((status, code)));
    }

    [Test]
    public async Task The_unit_appeals_once_and_does_not_decide_itself()
    {
        var before = await Decide(_supervisor, true);
        var outside = await Appeal(_supervisor);
        await Appeal(_head);
        var (again, own) = (await Appeal(_head), await Decide(_head, true));
        await Decide(_supervisor, false);
        var twice = await Decide(_supervisor, true);

        Assert.That(
            new[] { before, outside, again, own, twice }.Select(a => (a.Status, a.Code)),
            Is.EqualTo(new[] { (409, "rating_appeal_not_asked"), (403, "outside_unit"), (409, "rating_already_appealed"), (403, "inside_unit"), (409, "rating_appeal_not_asked") }));
    }

    [TestCase("{\"reason\":\"x\"}", "ground_missing")]
    [TestCase("{\"ground\":\"Unfair\",\"reason\":\"x\"}", "body_malformed")]
    [TestCase("{\"ground\":\"Duplicate\"}", "reason_missing")]
    public async Task An_appeal_has_one_of_the_four_grounds_and_a_reason(string body, string code)
    {
        var refused = await _head.PostRaw($"/api/v1/cases/{_number}/rating-appeal", body);
        Assert.That((refused.Status, refused.Code), Is.EqualTo((400, code)));
    }

    private async Task<string> Rate(int grade, string[] tags, object? contact)
    {
        var rated = await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade, tags, comment = "等了很久", contact });
        Assert.That(rated.Status, Is.EqualTo(201));
        return (await App.Sql<string>("select case_number from bad_rating where rating_id = @id", new { id = Guid.Parse((string)rated["id"]!) }))!;
    }

    private Task<Answer> Verify(string outcome, bool complex = false, HttpClient? by = null) =>
        (by ?? _head).PostJson($"/api/v1/cases/{_number}/verification", new { outcome, note = "已联系群众核实", complex, checks = new { TimeLimit = true, Attitude = false } });

    private Task<Answer> Verification(object body) => _head.PostJson($"/api/v1/cases/{_number}/verification", body);

    private Task<Answer> CallBack(HttpClient by) => by.PostJson($"/api/v1/cases/{_number}/call-back", new { result = "Content", note = "已回访" });

    private Task<Answer> Appeal(HttpClient by) => by.PostJson($"/api/v1/cases/{_number}/rating-appeal", new { ground = "Duplicate", reason = "同一事项已经评价过" });

    private Task<Answer> Decide(HttpClient by, bool upheld) => by.PostJson($"/api/v1/cases/{_number}/rating-appeal/decision", new { upheld, note = "核对取号记录" });

    private async Task<IReadOnlyList<Recount.Difference>> Differences(string month = "2026-11") => (await App.Send(new Recount(month))).Value.Differences;
}

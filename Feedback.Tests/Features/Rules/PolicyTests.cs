using System.Text.Json.Nodes;
using Feedback.Data;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Rules;

/// <summary>Other numbers: proposed by one, tried, approved by another, in force from their day on.</summary>
internal sealed class PolicyTests(Engine engine) : SliceTest(engine)
{
    private HttpClient _leader = null!;
    private HttpClient _inspector = null!;

    [SetUp]
    public async Task SignIn() => (_leader, _inspector) = (await App.SignedIn("leader"), await App.SignedIn("inspector"));

    [TearDown]
    public void SignOut()
    {
        _leader.Dispose();
        _inspector.Dispose();
    }

    [Test]
    public async Task Numbers_that_two_agreed_on_rule_what_is_accepted_from_their_day_on()
    {
        var before = await App.FileComplaint("A01");
        using var head = await App.SignedIn("head-si");
        await head.PostJson($"/api/v1/cases/{before}/acceptance", null);
        var version = await Propose(Shorter("2026-11-18"));
        Assert.That((await Decide(_leader, version, true)).Status, Is.EqualTo(204));

        await App.MoveTo("2026-11-17T17:00");
        var onTheEve = await App.FileComplaint("A01");
        await App.MoveTo("2026-11-18T10:00");
        var accepted = await head.PostJson($"/api/v1/cases/{onTheEve}/acceptance", null);
        Assert.That((string?)accepted["dueAt"], Is.EqualTo("2026-11-20T17:30:00+08:00"), "two working days");
        Assert.That((string?)(await head.GetJson($"/api/v1/cases/{before}"))["dueAt"], Is.EqualTo("2026-11-23T17:30:00+08:00"), "accepted before, it keeps its five");
        Assert.That(
            (await _leader.GetJson("/api/v1/policies")).Json!.AsArray().Select(v => $"{v!["number"]} {v["standing"]} {v["proposedBy"]} {v["decidedBy"]}"),
            Is.EqualTo(new[] { "4 InForce 纪检监察员 分管领导", "3 Approved  ", "2 Approved  ", "1 Approved  " }));
    }

    [Test]
    public async Task A_trial_shows_which_open_cases_would_change_and_changes_nothing()
    {
        var accepted = await App.FileComplaint("A01");
        await (await App.SignedIn("head-si")).PostJson($"/api/v1/cases/{accepted}/acceptance", null);
        var filed = await App.FileComplaint("A01");
        await App.FileComplaint("A01", "Gifts");
        var version = await Propose(Shorter("2026-11-17"));

        var trial = await _leader.GetJson($"/api/v1/policies/{version}/trial");
        Assert.That(((int?)trial["kept"], (int?)trial["changing"]), Is.EqualTo((1, 1)), "the leader knows nothing of the sealed one");
        var change = trial["cases"]![0]!;
        Assert.That(((string?)change["caseNumber"], (string?)change["dueAt"], (string?)change["dueAtThen"]), Is.EqualTo((filed, "2026-11-24T17:30:00+08:00", "2026-11-19T17:30:00+08:00")));
        Assert.That((int?)(await _inspector.GetJson($"/api/v1/policies/{version}/trial"))["changing"], Is.EqualTo(2));
        Assert.That(await App.Sql<int>("select count(*) from reference_document where kind = 'policy'"), Is.EqualTo(3));
        Assert.That((await _leader.GetJson("/api/v1/policies/9/trial")).Code, Is.EqualTo("policy_unknown"));
    }

    [Test]
    public async Task Whoever_proposed_cannot_approve_and_a_decision_is_made_once()
    {
        var version = await Propose(Shorter("2026-11-18"));
        var own = await Decide(_inspector, version, true);
        Assert.That((own.Status, own.Code), Is.EqualTo((403, "own_request")));

        Assert.That((await Decide(_leader, version, false)).Status, Is.EqualTo(204));
        var second = await Decide(_leader, version, true);
        Assert.That((second.Status, second.Code), Is.EqualTo((409, "policy_decided")));
        Assert.That(await App.Sql<int>("select count(*) from reference_document where kind = 'policy'"), Is.EqualTo(3));
        Assert.That(await Propose(Shorter("2026-11-18")), Is.EqualTo(version + 1), "a number is given once");
    }

    [Test]
    public async Task What_is_approved_too_late_never_takes_effect()
    {
        var version = await Propose(Shorter("2026-11-18"));
        await App.MoveTo("2026-11-18T00:00");
        var late = await Decide(_leader, version, true);
        Assert.That((late.Status, late.Code), Is.EqualTo((409, "policy_too_late")));
    }

    [TestCase("effectiveFrom", "\"2026-11-16\"", "policy.effectiveFrom", "effective_too_early")]
    [TestCase("effectiveFrom", "\"2023-11-16\"", "policy.effectiveFrom", "effective_too_early")]
    [TestCase("handOver", "null", "policy", "policy_malformed")]
    [TestCase("warning", "{\"share\": 1.5, \"before\": \"1wd\"}", "policy.warning.share", "out_of_range")]
    [TestCase("ladder", "{\"days\": [\"0wd\",\"3wd\",\"1wd\",\"5wd\"], \"hours\": [\"0h\",\"2h\",\"6h\",\"24h\"]}", "policy.ladder.days", "ladder_malformed")]
    [TestCase("ladder", "{\"days\": [\"0wd\",\"1wd\",\"3wd\",\"5wd\"], \"hours\": [\"0h\",\"2h\",\"6h\"]}", "policy.ladder.hours", "ladder_malformed")]
    [TestCase("ladder", "{\"steps\": [\"HallSupervisor\",\"UnitHead\"], \"days\": [\"0wd\",\"1wd\"], \"hours\": [\"0h\",\"2h\"]}", "policy.ladder.steps", "ladder_malformed")]
    [TestCase("pause", "{\"longest\": \"fifteen\"}", "policy.pause.longest", "policy_malformed")]
    [TestCase("caseTypes", "{}", "policy.caseTypes.Consultation", "case_type_missing")]
    [TestCase("unknown", "1", "policy", "policy_malformed")]
    [TestCase("oneTimeNotice", "null", "policy.oneTimeNotice", "notice_limit_missing")]
    [TestCase("oneTimeNotice", "{\"tell\": \"0wd\", \"online\": \"1wd\"}", "policy.oneTimeNotice.tell", "out_of_range")]
    public async Task A_policy_that_cannot_be_is_refused_by_its_field(string property, string value, string field, string code)
    {
        var policy = Shorter("2026-11-18");
        policy[property] = JsonNode.Parse(value);
        var refused = await _inspector.PostJson("/api/v1/policies", new { policy, reason = "试试" });
        Assert.That((refused.Status, refused.Code), Is.EqualTo((400, code)), refused.Json?.ToJsonString());
        Assert.That(refused["codes"]!.AsObject().Select(c => c.Key), Has.Some.StartsWith(field));
        Assert.That(await App.Sql<int>("select count(*) from policy_proposal"), Is.Zero);
    }

    [Test]
    public async Task The_hall_does_not_write_its_own_rules()
    {
        foreach (var login in new[] { "head-si", "supervisor", "admin" })
        {
            using var staff = await App.SignedIn(login);
            Assert.That((await staff.PostJson("/api/v1/policies", new { policy = Shorter("2026-11-18"), reason = "试试" })).Status, Is.EqualTo(403), login);
        }
    }

    private static JsonObject Shorter(string from)
    {
        var policy = JsonNode.Parse(EmbeddedScript.In("reference/policy")[^1].Text)!.AsObject();
        policy["effectiveFrom"] = from;
        policy["caseTypes"]!["General"]!["answer"] = "2wd";
        policy["caseTypes"]!["General"]!["extension"] = "2wd";
        return policy;
    }

    private static Task<Answer> Decide(HttpClient who, int version, bool approved) => who.PostJson($"/api/v1/policies/{version}/decision", new { approved, note = "已核对" });

    private async Task<int> Propose(JsonObject policy)
    {
        var proposed = await _inspector.PostJson("/api/v1/policies", new { policy, reason = "压缩时限" });
        Assert.That(proposed.Status, Is.EqualTo(201), proposed.Json?.ToJsonString());
        return (int)proposed["version"]!;
    }
}

using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Feedback.Features.Audit;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Inquiries;

/// <summary>The one-time notice, the second demand and the acknowledgement. The application came on Monday at ten.</summary>
internal sealed class OneTimeNoticeTests(Engine engine) : SliceTest(engine)
{
    private const string Dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private string _number = "";
    private string _code = "";

    [SetUp]
    public async Task Apply() => (_number, _code) = await App.Apply();

    [Test]
    public async Task A_notice_tells_what_the_guide_says_and_its_hash_can_be_checked_by_anybody()
    {
        var issued = await App.Tell(_number);
        Assert.That((issued.Status, (string?)issued["number"], (bool)issued["awaitsApproval"]!), Is.EqualTo((201, "GZ-H1-20261116-0001", false)));

        var sheet = await (await App.SignedIn("head-si")).GetJson("/api/v1/one-time-notices/GZ-H1-20261116-0001");
        var content = sheet["content"]!;
        Assert.That((string?)content["legalBasis"], Is.EqualTo("《社会保险法》第十六条"));
        Assert.That(content["missing"]!.ToJsonString(), Is.EqualTo(System.Text.Json.Nodes.JsonNode.Parse("""[{"name":"职工档案","copies":1,"form":"原件","issuer":"档案托管单位"}]""")!.ToJsonString()));
        Assert.That(content["conditions"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(content["procedure"]!.AsArray(), Has.Count.EqualTo(4));
        Assert.That(((string?)content["timeLimit"], (string?)content["fee"], (string?)content["supervisionPhone"], (string?)content["issuedBy"], (string?)content["phone"]), Is.EqualTo(("15wd", "不收费", "12333", "1号窗口值岗人员", "8800-1001")));

        var text = (string)sheet["text"]!;
        Assert.That(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), Is.EqualTo((string?)sheet["hash"]).And.EqualTo((string?)issued["hash"]));
        Assert.That((bool)sheet["hashFits"]!, Is.True);
    }

    [Test]
    public async Task Told_the_citizen_has_the_next_word_and_nothing_is_late()
    {
        await App.Tell(_number);
        await App.MoveTo("2027-01-15T10:00");

        var item = (await (await App.SignedIn("handler")).GetJson("/api/v1/cases"))["items"]![0]!;
        Assert.That(((string?)item["state"], (string?)item["light"], item["openMinutesLeft"], (bool)item["unacknowledged"]!), Is.EqualTo(("AwaitingMaterials", "Green", (System.Text.Json.Nodes.JsonNode?)null, true)));
        Assert.That(await App.Sql<int>("select count(*) from case_timer where outcome = 'Fired'"), Is.Zero);
        Assert.That((int)(await App.SignedIn("handler")).GetJson("/api/v1/cases?state=AwaitingMaterials").Result["items"]!.AsArray().Count, Is.EqualTo(1));
    }

    [Test]
    public async Task What_the_citizen_adds_starts_the_decision_anew_and_whoever_is_responsible_is_told()
    {
        await App.Tell(_number);
        await App.MoveTo("2026-11-30T11:00");
        Assert.That((await App.Citizen(_code).PostJson($"/api/v1/complaints/{_number}/materials", new { text = "职工档案已送到" })).Status, Is.EqualTo(204));

        var seen = await (await App.SignedIn("handler")).GetJson($"/api/v1/cases/{_number}");
        Assert.That(((string?)seen["state"], (string?)seen["dueAt"]), Is.EqualTo(("Filed", "2026-12-07T17:30:00+08:00")));
        Assert.That(await App.Sql<int>("select count(*) from notice where login = 'handler' and kind = 'MaterialAdded'"), Is.EqualTo(1));
        var again = await App.Tell(_number);
        Assert.That((again.Status, again.Code), Is.EqualTo((409, "second_demand")));
    }

    [Test]
    public async Task Accepting_means_that_all_is_complete_and_is_in_time_whenever_the_citizen_came()
    {
        await App.Tell(_number);
        await App.MoveTo("2026-12-14T10:00");
        var accepted = await (await App.SignedIn("handler")).PostJson($"/api/v1/cases/{_number}/acceptance", null);

        Assert.That((string?)accepted["dueAt"], Is.EqualTo("2027-01-04T17:30:00+08:00"), "fifteen working days from now");
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'CaseAccepted' and value = 'InTime'"), Is.EqualTo(1));
        Assert.That((await App.Tell(_number)).Code, Is.EqualTo("case_already_accepted"));
    }

    [Test]
    public async Task A_refusal_gives_reasons_and_remedies_and_ends_the_application()
    {
        var handler = await App.SignedIn("handler");
        var remediless = await handler.PostJson("/api/v1/one-time-notices", new { caseNumber = _number, refusal = new { reasons = "不符合条件" } });
        Assert.That((string?)remediless["codes"]!["refusal.remedies"]![0], Is.EqualTo("remedies_missing"));
        var both = await handler.PostJson("/api/v1/one-time-notices", new { caseNumber = _number, missing = new[] { "职工档案" }, refusal = new { reasons = "a", remedies = "b" } });
        Assert.That((string?)both["codes"]!["missing"]![0], Is.EqualTo("refusal_with_demand"));

        var refused = await handler.PostJson("/api/v1/one-time-notices", new { caseNumber = _number, refusal = new { reasons = "缴费年限不足", remedies = "六十日内可申请行政复议" } });
        Assert.That(refused.Status, Is.EqualTo(201));
        var progress = await App.Citizen(_code).GetJson($"/api/v1/complaints/{_number}");
        Assert.That((string?)progress["state"], Is.EqualTo("Declined"));
        Assert.That((string?)progress["timeline"]![0]!["text"], Does.Contain("缴费年限不足").And.Contain("六十日内可申请行政复议"));
        await App.MoveTo("2026-12-30T10:00");
        Assert.That(await App.Sql<int>("select count(*) from case_timer where outcome = 'Fired'"), Is.Zero);
    }

    [TestCase("{\"missing\":[\"职工档案\"]}", "caseNumber", "case_missing")]
    [TestCase("{\"caseNumber\":\"N\"}", "missing", "nothing_missing")]
    [TestCase("{\"caseNumber\":\"N\",\"missing\":[]}", "missing", "nothing_missing")]
    [TestCase("{\"caseNumber\":\"N\",\"missing\":[\"无犯罪记录证明\"]}", "missing", "material_not_in_guide")]
    [TestCase("{\"caseNumber\":\"N\",\"missing\":[\"职工档案\"],\"exception\":{\"reason\":\"x\"}}", "exception.code", "exception_missing")]
    [TestCase("{\"caseNumber\":\"N\",\"missing\":[\"职工档案\"],\"exception\":{\"code\":\"NewFact\"}}", "exception.reason", "reason_missing")]
    public async Task What_is_wrong_is_named(string body, string field, string code)
    {
        var refused = await (await App.SignedIn("handler")).PostRaw("/api/v1/one-time-notices", body.Replace("\"N\"", $"\"{_number}\"", StringComparison.Ordinal));
        Assert.That((refused.Status, (string?)refused["codes"]?[field]?[0]), Is.EqualTo((400, code)));
        Assert.That(await App.Sql<int>("select count(*) from one_time_notice"), Is.Zero);
    }

    [Test]
    public async Task A_remark_of_a_novel_is_refused() =>
        Assert.That((await (await App.SignedIn("handler")).PostJson("/api/v1/one-time-notices", new { caseNumber = _number, missing = new[] { "职工档案" }, note = new string('长', 501) })).Code, Is.EqualTo("note_too_long"));

    [Test]
    public async Task A_question_and_a_complaint_are_no_application()
    {
        var complaint = await App.FileComplaint("A01");
        Assert.That((await App.Tell(complaint, "head-si")).Code, Is.EqualTo("not_an_application"));
        var question = (string)(await (await App.SignedIn("handler")).PostJson("/api/v1/first-contacts", new { matter = "x" }))["caseNumber"]!;
        Assert.That((await App.Tell(question)).Code, Is.EqualTo("case_already_accepted"));
        Assert.That((await (await App.SignedIn("head-si")).GetJson($"/api/v1/cases/{complaint}"))["commands"]!.AsArray().Select(c => (string?)c), Has.None.EqualTo("IssueNotice"));
        Assert.That((await (await App.SignedIn("head-si")).GetJson($"/api/v1/cases/{_number}"))["commands"]!.AsArray().Select(c => (string?)c), Has.Member("IssueNotice"));
    }

    [Test]
    public async Task A_second_demand_needs_an_exception_and_the_supervisors_word()
    {
        Assert.That((await App.Tell(_number, exception: new { code = "NewFact", reason = "x" })).Code, Is.EqualTo("exception_not_needed"));
        await App.Tell(_number);
        Assert.That((await App.Tell(_number)).Code, Is.EqualTo("second_demand"));
        var asked = await App.Tell(_number, exception: new { code = "NewFact", reason = "发现另一份档案" });
        Assert.That((asked.Status, (string?)asked["number"], (bool)asked["awaitsApproval"]!), Is.EqualTo((202, "GZ-H1-20261116-0001-2", true)));
        Assert.That((await App.Tell(_number, exception: new { code = "LawChanged", reason = "x" })).Code, Is.EqualTo("demand_waiting"));
        Assert.That(await App.Sql<int>("select count(*) from one_time_notice"), Is.EqualTo(1), "nothing is issued yet");
        Assert.That(await App.Sql<int>("select count(*) from notice where login = 'supervisor' and kind = 'DemandAsked'"), Is.EqualTo(1));
        Assert.That((await App.Citizen(_code).GetJson($"/api/v1/complaints/{_number}"))["inquiry"]!["waiting"], Is.Null, "what waits inside stays inside");

        Assert.That((await Decide("head-si", new { approved = true })).Code, Is.EqualTo("not_allowed"));
        Assert.That((await Decide("head-em", new { approved = true })).Code, Is.EqualTo("notice_unknown"));
        Assert.That((await Decide("supervisor", new { })).Code, Is.EqualTo("decision_missing"));
        Assert.That((await Decide("supervisor", new { approved = true })).Status, Is.EqualTo(204));
        Assert.That((await Decide("supervisor", new { approved = true })).Code, Is.EqualTo("demand_decided"));

        var sheet = await (await App.SignedIn("handler")).GetJson("/api/v1/one-time-notices/GZ-H1-20261116-0001-2");
        Assert.That(((string?)sheet["content"]!["exception"]!["code"], (string?)sheet["content"]!["exception"]!["approvedBy"]), Is.EqualTo(("NewFact", "大厅值班长")));
    }

    [Test]
    public async Task A_refused_demand_needs_a_reason_and_issues_nothing()
    {
        await App.Tell(_number);
        await App.Tell(_number, exception: new { code = "LawChanged", reason = "新规" });
        Assert.That((await Decide("supervisor", new { approved = false })).Code, Is.EqualTo("reason_missing"));
        Assert.That((await Decide("supervisor", new { approved = false, reason = "新规尚未施行" })).Status, Is.EqualTo(204));

        Assert.That(await App.Sql<int>("select count(*) from one_time_notice"), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select count(*) from notice where login = 'handler' and kind = 'DemandRefused'"), Is.EqualTo(1));
        Assert.That((string?)(await App.Tell(_number, exception: new { code = "NewFact", reason = "y" }))["number"], Is.EqualTo("GZ-H1-20261116-0001-3"), "no number is used twice");
    }

    [Test]
    public async Task Whoever_asked_does_not_approve()
    {
        await App.Tell(_number);
        await App.Tell(_number, "supervisor", new { code = "ApplicationChanged", reason = "改为提前退休" });
        Assert.That((await Decide("supervisor", new { approved = true })).Code, Is.EqualTo("own_request"));
        Assert.That((await Decide("leader", new { approved = true })).Status, Is.EqualTo(204));
    }

    [Test]
    public async Task Of_ten_notices_at_once_one_is_issued()
    {
        var handler = await App.SignedIn("handler");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => handler.PostJson("/api/v1/one-time-notices", new { caseNumber = _number, missing = new[] { "职工档案" } })));

        Assert.That(answers.Count(a => a.Status == 201), Is.EqualTo(1));
        Assert.That(answers.Where(a => a.Status != 201).Select(a => a.Code), Is.All.EqualTo("second_demand"));
        Assert.That(await App.Sql<int>("select count(*) from one_time_notice"), Is.EqualTo(1));
    }

    [Test]
    public async Task Numbers_count_the_halls_notices_of_the_day()
    {
        var others = new[] { (await App.Apply()).Number, (await App.Apply()).Number };
        var numbers = await Task.WhenAll(others.Select(n => App.Tell(n)));
        Assert.That(numbers.Select(n => (string?)n["number"]), Is.EquivalentTo(new[] { "GZ-H1-20261116-0001", "GZ-H1-20261116-0002" }));
        await App.MoveTo("2026-11-17T10:00");
        Assert.That((string?)(await App.Tell(_number))["number"], Is.EqualTo("GZ-H1-20261117-0001"));
    }

    [Test]
    public async Task The_citizen_acknowledges_with_the_query_code_once()
    {
        await App.Tell(_number);
        const string path = "/api/v1/one-time-notices/GZ-H1-20261116-0001/acknowledgement";
        Assert.That((await App.Client.PostJson(path, new { })).Code, Is.EqualTo("complaint_unknown"));
        Assert.That((await App.Citizen("0000-0000-0000").PostJson(path, new { })).Code, Is.EqualTo("complaint_unknown"));
        Assert.That((await App.Citizen(_code).PostJson("/api/v1/one-time-notices/GZ-H1-20261116-0009/acknowledgement", new { })).Code, Is.EqualTo("complaint_unknown"));

        Assert.That((await App.Citizen(_code).PostJson(path, new { })).Status, Is.EqualTo(204));
        Assert.That((await App.Citizen(_code).PostJson(path, new { })).Code, Is.EqualTo("already_acknowledged"));
        Assert.That((bool)(await (await App.SignedIn("handler")).GetJson("/api/v1/cases"))["items"]![0]!["unacknowledged"]!, Is.False);
        Assert.That((await App.Citizen(_code).GetJson($"/api/v1/complaints/{_number}"))["inquiry"]!["notices"]![0]!["acknowledgedAt"], Is.Not.Null);
    }

    [Test]
    public async Task Staff_take_a_signature_and_it_is_kept_sealed()
    {
        await App.Tell(_number);
        const string path = "/api/v1/one-time-notices/GZ-H1-20261116-0001/acknowledgement";
        var handler = await App.SignedIn("handler");
        Assert.That((await handler.PostJson(path, new { })).Code, Is.EqualTo("signature_missing"));
        Assert.That((await handler.PostJson(path, new { signature = Convert.ToBase64String(Encoding.UTF8.GetBytes("<svg/>")) })).Code, Is.EqualTo("signature_not_png"));
        Assert.That((await handler.PostJson(path, new { signature = "not base64!" })).Code, Is.EqualTo("signature_not_png"));
        Assert.That((await handler.PostJson(path, new { signature = new string('A', (40 * 1024) + 4) })).Code, Is.EqualTo("signature_too_large"));
        Assert.That((await (await App.SignedIn("head-em")).PostJson(path, new { signature = Dot })).Code, Is.EqualTo("notice_unknown"));
        Assert.That((await (await App.SignedIn("auditor")).PostJson(path, new { signature = Dot })).Code, Is.EqualTo("not_allowed"));

        Assert.That((await handler.PostJson(path, new { signature = Dot })).Status, Is.EqualTo(204));
        Assert.That((string?)(await handler.GetJson("/api/v1/one-time-notices/GZ-H1-20261116-0001"))["acknowledgedBy"], Is.EqualTo("1号窗口值岗人员"));
        var kept = await App.Sql<byte[]>("select signature from acknowledgement");
        Assert.That(kept, Is.Not.Null.And.Not.EqualTo(Convert.FromBase64String(Dot)));
        Assert.That(Encoding.UTF8.GetString(kept!), Does.Not.Contain(Dot[..20]));
    }

    [Test]
    public async Task The_receipt_of_a_first_contact_is_acknowledged_in_the_same_way()
    {
        var path = $"/api/v1/first-contacts/{_number}/acknowledgement";
        Assert.That((await App.Citizen("0000-0000-0000").PostJson(path, new { })).Code, Is.EqualTo("complaint_unknown"));
        Assert.That((await App.Citizen(_code).PostJson(path, new { })).Status, Is.EqualTo(204));
        Assert.That((await (await App.SignedIn("handler")).PostJson(path, new { signature = Dot })).Code, Is.EqualTo("already_acknowledged"));
    }

    [TestCase("handler", 200)]
    [TestCase("head-si", 200)]
    [TestCase("supervisor", 200)]
    [TestCase("auditor", 200)]
    [TestCase("head-em", 404)]
    [TestCase("admin", 403)]
    public async Task Who_may_read_a_notice(string login, int status)
    {
        await App.Tell(_number);
        Assert.That((await (await App.SignedIn(login)).GetJson("/api/v1/one-time-notices/GZ-H1-20261116-0001")).Status, Is.EqualTo(status));
        Assert.That((await (await App.SignedIn(login)).GetJson("/api/v1/one-time-notices/GZ-H1-20261116-0002")).Status, Is.EqualTo(status == 403 ? 403 : 404));
    }

    [Test]
    public async Task Notices_and_acknowledgements_are_never_rewritten()
    {
        await App.Tell(_number);
        await App.Citizen(_code).PostJson("/api/v1/one-time-notices/GZ-H1-20261116-0001/acknowledgement", new { });
        foreach (var table in new[] { "one_time_notice", "acknowledgement" })
        {
            Assert.That(() => App.Sql<int>($"update {table} set case_number = case_number"), Throws.InstanceOf<DbException>().With.Message.Contains("never edited"));
            Assert.That(() => App.Sql<int>($"delete from {table}"), Throws.InstanceOf<DbException>().With.Message.Contains("never deleted"));
            Assert.That(await App.Sql<int>($"select count(*) from {table}"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_verification_names_a_changed_notice_even_with_its_hash_made_anew()
    {
        await App.Tell(_number);
        Assert.That((await App.Send(new VerifyAudit())).Value.Breaks, Is.Empty);
        foreach (var table in new[] { "one_time_notice", "first_contact" })
        {
            foreach (var deed in new[] { "update", "delete" }) await App.Sql<int>($"drop trigger {table}_is_final_{deed}");
        }

        await App.Sql<int>("update one_time_notice set body = replace(body, '职工档案', '无犯罪证明')");
        Assert.That(await Broken(), Is.EqualTo(new[] { ("GZ-H1-20261116-0001", "notice_changed") }));
        Assert.That((bool)(await (await App.SignedIn("handler")).GetJson("/api/v1/one-time-notices/GZ-H1-20261116-0001"))["hashFits"]!, Is.False);

        await App.Sql<int>("update one_time_notice set hash = @hash", new { hash = SHA256.HashData(Encoding.UTF8.GetBytes((await App.Sql<string>("select body from one_time_notice"))!)) });
        Assert.That(await Broken(), Is.EqualTo(new[] { ("GZ-H1-20261116-0001", "notice_changed") }), "the history knows the hash that was printed");

        await App.Sql<int>("delete from one_time_notice");
        await App.Sql<int>("update first_contact set first_login = 'head-si'");
        Assert.That(await Broken(), Is.EquivalentTo(new[] { ("GZ-H1-20261116-0001", "notice_missing"), (_number, "first_contact_changed") }));
    }

    private async Task<IEnumerable<(string Where, string What)>> Broken() => (await App.Send(new VerifyAudit())).Value.Breaks.Select(b => (b.Where, b.What));

    private async Task<Answer> Decide(string login, object body) => await (await App.SignedIn(login)).PostJson("/api/v1/one-time-notices/GZ-H1-20261116-0001-2/approval", body);
}

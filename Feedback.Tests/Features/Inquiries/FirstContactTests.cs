using Feedback.Domain.Staff;
using Feedback.Features.Staff;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Inquiries;

/// <summary>The register of first inquiry. It is Monday, ten o'clock.</summary>
internal sealed class FirstContactTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task A_question_is_accepted_at_once_and_answered_in_two_working_days()
    {
        var handler = await App.SignedIn("handler");
        var registered = await handler.PostJson("/api/v1/first-contacts", new { matter = "医保断缴怎么补" });

        Assert.That(registered.Status, Is.EqualTo(201));
        Assert.That(((string?)registered["dueAt"], (string?)registered["responsible"]!["name"], (string?)registered["responsible"]!["phone"]), Is.EqualTo(("2026-11-18T17:30:00+08:00", "1号窗口值岗人员", "8800-1001")));
        var number = (string)registered["caseNumber"]!;
        Assert.That((string?)registered["address"], Is.EqualTo($"/console/register/{number}"));

        var seen = await handler.GetJson($"/api/v1/cases/{number}");
        Assert.That(((string?)seen["state"], (string?)seen["about"], (string?)seen["said"]), Is.EqualTo(("Accepted", "Question", "医保断缴怎么补")));
        Assert.That((await handler.PostJson($"/api/v1/cases/{number}/answer", new { text = "到任一窗口补缴。" })).Status, Is.EqualTo(204));
        var progress = await App.Citizen((string)registered["queryCode"]!).GetJson($"/api/v1/complaints/{number}");
        Assert.That(((string?)progress["state"], (string?)progress["answer"]), Is.EqualTo(("Answered", "到任一窗口补缴。")));
    }

    [Test]
    public async Task A_question_about_an_item_is_answered_within_its_promise()
    {
        var registered = await (await App.SignedIn("handler")).PostJson("/api/v1/first-contacts", new { item = "LR-02", matter = "合同备案要带什么" });
        Assert.That((string?)registered["dueAt"], Is.EqualTo("2026-11-19T17:30:00+08:00"), "three working days; the item is another unit's, and whoever was asked is responsible");
    }

    [TestCase(null, "2026-11-23T17:30:00+08:00", "2026-12-14T17:30:00+08:00")]
    [TestCase("Window", "2026-11-23T17:30:00+08:00", "2026-12-14T17:30:00+08:00")]
    [TestCase("Online", "2026-11-17T17:30:00+08:00", "2026-12-08T17:30:00+08:00")]
    public async Task With_materials_it_is_an_application_and_the_time_to_tell_runs(string? intake, string tellBy, string dueAt)
    {
        var (number, _) = await App.Apply(intake: intake);
        var seen = await (await App.SignedIn("handler")).GetJson($"/api/v1/cases/{number}");

        Assert.That(((string?)seen["state"], (string?)seen["dueAt"]), Is.EqualTo(("Filed", tellBy)));
        Assert.That(await App.Sql<string>("select materials from first_contact"), Is.EqualTo("""[{"name":"居民身份证","copies":1},{"name":"银行卡","copies":2}]"""));
        var accepted = await (await App.SignedIn("handler")).PostJson($"/api/v1/cases/{number}/acceptance", null);
        Assert.That((string?)accepted["dueAt"], Is.EqualTo("2026-12-07T17:30:00+08:00"), "the guide promises fifteen working days, from today");
        Assert.That((await App.SignedIn("handler")).GetJson($"/api/v1/cases/{number}").Result["inquiry"]!["item"]!.GetValue<string>(), Is.EqualTo("养老待遇申领"));
        Assert.That(dueAt, Is.EqualTo(await PromisedAtFiling(intake)));
    }

    [Test]
    public async Task The_citizen_sees_who_was_asked_first_and_who_is_responsible_now()
    {
        var (number, code) = await App.Apply();
        await (await App.SignedIn("handler")).PostJson($"/api/v1/cases/{number}/hand-over", new { unit = "EM", reason = "属就业服务" });
        await (await App.SignedIn("head-em")).PostJson($"/api/v1/cases/{number}/hand-over/answer", new { accepted = true });

        var inquiry = (await App.Citizen(code).GetJson($"/api/v1/complaints/{number}"))["inquiry"]!;
        Assert.That(((string?)inquiry["first"]!["name"], (string?)inquiry["responsible"]!["name"], (string?)inquiry["responsible"]!["phone"]), Is.EqualTo(("1号窗口值岗人员", "就业服务中心负责人", "8800-1020")));
        Assert.That(await App.Sql<string>("select first_login from first_contact"), Is.EqualTo("handler"));
    }

    [Test]
    public async Task Who_does_it_is_told_and_sees_it_while_another_colleague_does_not()
    {
        foreach (var login in new[] { "doer", "other" }) await App.Send(new CreateStaff(login, login, Role.Handler, "H1", "SI", "A02", "long-password", "8800-1002"));
        var (number, _) = await App.Apply(doer: "doer");

        var doer = await App.SignedIn("doer");
        Assert.That((await doer.GetJson("/api/v1/cases"))["items"]!.AsArray().Select(i => (string?)i!["caseNumber"]), Is.EqualTo(new[] { number }));
        Assert.That((int)(await doer.GetJson("/api/v1/notices"))["unread"]!, Is.EqualTo(1));
        Assert.That((await doer.PostJson($"/api/v1/cases/{number}/acceptance", null)).Status, Is.EqualTo(200));
        Assert.That((await (await App.SignedIn("other")).GetJson($"/api/v1/cases/{number}")).Code, Is.EqualTo("case_unknown"));
        Assert.That((await (await App.SignedIn("other")).GetJson("/api/v1/cases"))["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task The_same_key_registers_once_and_gives_the_same_code()
    {
        var handler = await App.SignedIn("handler");
        var first = await handler.PostJson("/api/v1/first-contacts", new { matter = "同一件事" }, "key-1");
        var again = await handler.PostJson("/api/v1/first-contacts", new { matter = "同一件事" }, "key-1");

        Assert.That(again.Json!.ToJsonString(), Is.EqualTo(first.Json!.ToJsonString()));
        Assert.That(await App.Sql<int>("select count(*) from first_contact"), Is.EqualTo(1));
        Assert.That((await handler.PostJson("/api/v1/first-contacts", new { matter = "另一件事" }, "key-1")).Code, Is.EqualTo("idempotency_key_reused"));
    }

    [TestCase("{}", "matter", "matter_missing")]
    [TestCase("{\"matter\":\" \"}", "matter", "matter_missing")]
    [TestCase("{\"matter\":\"x\\u0000\"}", "matter", "text_malformed")]
    [TestCase("{\"matter\":\"x\",\"item\":\"XX-1\"}", "item", "item_unknown")]
    [TestCase("{\"matter\":\"x\",\"materials\":[{\"name\":\"居民身份证\",\"copies\":1}]}", "item", "item_missing")]
    [TestCase("{\"matter\":\"x\",\"item\":\"SI-03\",\"materials\":[{\"name\":\" \",\"copies\":1}]}", "materials", "material_malformed")]
    [TestCase("{\"matter\":\"x\",\"item\":\"SI-03\",\"materials\":[{\"name\":\"居民身份证\",\"copies\":0}]}", "materials", "material_malformed")]
    [TestCase("{\"matter\":\"x\",\"item\":\"SI-03\",\"materials\":[{\"name\":\"居民身份证\",\"copies\":100}]}", "materials", "material_malformed")]
    [TestCase("{\"matter\":\"x\",\"doer\":\"nobody\"}", "doer", "doer_unknown")]
    [TestCase("{\"matter\":\"x\",\"doer\":\"inspector\"}", "doer", "doer_unknown")]
    [TestCase("{\"matter\":\"x\",\"doer\":\"head-em\"}", "doer", "doer_unknown")]
    [TestCase("{\"matter\":\"x\",\"contact\":{\"phone\":\"abc\"}}", "contact.phone", "contact_phone_malformed")]
    [TestCase("{\"matter\":\"x\",\"intake\":\"Pigeon\"}", "intake", "field_malformed")]
    public async Task What_is_wrong_is_named(string body, string field, string code)
    {
        var refused = await (await App.SignedIn("handler")).PostRaw("/api/v1/first-contacts", body);
        Assert.That((refused.Status, (string?)refused["codes"]?[field]?[0]), Is.EqualTo((400, code)));
        Assert.That(await App.Sql<int>("select count(*) from case_file"), Is.Zero);
    }

    [Test]
    public async Task More_than_fifty_materials_and_a_matter_of_a_novel_are_refused()
    {
        var handler = await App.SignedIn("handler");
        var many = await handler.PostJson("/api/v1/first-contacts", new { matter = "x", item = "SI-03", materials = Enumerable.Range(1, 51).Select(i => new { name = $"材料{i}", copies = 1 }) });
        Assert.That((string?)many["codes"]!["materials"]![0], Is.EqualTo("materials_too_many"));
        Assert.That((await handler.PostJson("/api/v1/first-contacts", new { matter = new string('长', 2001) })).Code, Is.EqualTo("text_too_long"));
    }

    [TestCase("handler", "B01", 403, "window_of_other_unit")]
    [TestCase("handler", "A02", 201, null)]
    [TestCase("handler", "Z99", 404, "window_unknown")]
    [TestCase("head-si", null, 400, "window_missing")]
    [TestCase("head-si", "A02", 201, null)]
    [TestCase("head-si", "C01", 403, "window_of_other_unit")]
    [TestCase("supervisor", "C01", 201, null)]
    [TestCase("leader", "A01", 403, "not_allowed")]
    [TestCase("inspector", "A01", 403, "not_allowed")]
    [TestCase("auditor", "A01", 403, "not_allowed")]
    [TestCase("admin", "A01", 403, "not_allowed")]
    public async Task Who_may_register_where(string login, string? window, int status, string? code)
    {
        var answer = await (await App.SignedIn(login)).PostJson("/api/v1/first-contacts", new { window, matter = "问一件事" });
        Assert.That((answer.Status, answer.Code), Is.EqualTo((status, code)));
    }

    [Test]
    public async Task A_citizen_cannot_complain_about_a_question()
    {
        var refused = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Question", text = "x" });
        Assert.That((refused.Status, (string?)refused["codes"]!["about"]![0]), Is.EqualTo((400, "about_unknown")));
    }

    [Test]
    public async Task A_question_is_counted_as_itself_and_the_recount_agrees()
    {
        await (await App.SignedIn("handler")).PostJson("/api/v1/first-contacts", new { matter = "问一件事" });
        await App.FileComplaint("A01");
        var (number, _) = await App.Apply();
        await App.Tell(number);
        await App.MoveTo("2026-11-30T10:00");
        await (await App.SignedIn("handler")).PostJson($"/api/v1/cases/{number}/acceptance", null);

        var rows = (await (await App.SignedIn("inspector")).GetJson("/api/v1/statistics/monthly?month=2026-11&by=prohibition"))["rows"]!.AsArray();
        Assert.That(rows.Select(r => (string?)r!["key"]), Is.EqualTo(new[] { "LawAndDiscipline", "Shirking", "Delay", "NothingDone", "FalseFigures", "Rudeness", "BrokenPromise", "NeedlessTrips", "Gifts", "NoDistinction", "Question" }));
        Assert.That(rows[^1]!["figures"]!.AsArray().Where(f => (string?)f!["code"] is "cases_filed" or "cases_accepted").Select(f => (double)f!["value"]!), Is.EqualTo(new[] { 2d, 2d }));
        Assert.That((await App.Send(new Feedback.Features.Statistics.Recount("2026-11"))).Value.Differences, Is.Empty);
    }

    [Test]
    public async Task Nobody_rewrites_who_was_asked_first()
    {
        await App.Apply();
        Assert.That(() => App.Sql<int>("update first_contact set first_login = 'head-si'"), Throws.InstanceOf<System.Data.Common.DbException>().With.Message.Contains("never edited"));
        Assert.That(() => App.Sql<int>("delete from first_contact"), Throws.InstanceOf<System.Data.Common.DbException>().With.Message.Contains("never deleted"));
        Assert.That(await App.Sql<string>("select first_login from first_contact"), Is.EqualTo("handler"));
    }

    private async Task<string?> PromisedAtFiling(string? intake) =>
        (string?)(await (await App.SignedIn("handler")).PostJson("/api/v1/first-contacts", new { item = "SI-03", matter = "申领养老金", materials = FirstContacts.PensionWithoutFile, intake }))["dueAt"];
}

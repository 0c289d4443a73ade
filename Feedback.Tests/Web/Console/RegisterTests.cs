using System.Text.RegularExpressions;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Web.Console;

/// <summary>The register, the receipt and the notice as pages without script.</summary>
internal sealed partial class RegisterTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task The_receipt_answers_the_form_and_shows_the_code_once()
    {
        using var handler = await ConsoleClient.SignedIn(App, "handler");
        var page = await handler.Get("/console/register");
        var key = Key().Match(page.Text).Groups[1].Value;

        var receipt = await Register(handler, key);
        Assert.That(receipt.Status, Is.EqualTo(201));
        Assert.That(receipt.Text, Does.Contain("首问登记回执").And.Contain("1号窗口值岗人员").And.Contain("8800-1001").And.Contain("12月14日(周一)17:30").And.Contain("12333").And.Contain("居民身份证 1 份、银行卡 2 份").And.Contain("<svg"));
        var number = await App.Sql<string>("select case_number from first_contact");
        var code = Code().Match(receipt.Text).Value;
        Assert.That((await App.Citizen(code).GetJson($"/api/v1/complaints/{number}")).Status, Is.EqualTo(200), "the printed code opens the case");

        Assert.That((await Register(handler, key)).Text, Is.EqualTo(receipt.Text), "sent again, the same receipt");
        Assert.That(await App.Sql<int>("select count(*) from first_contact"), Is.EqualTo(1));
        var again = await handler.Get($"/console/register/{number}");
        Assert.That(again.Text, Does.Contain(number).And.Contain("见首次打印的回执").And.Not.Contain(code));
    }

    [Test]
    public async Task A_refused_form_stands_there_again_with_what_was_typed()
    {
        using var handler = await ConsoleClient.SignedIn(App, "handler");
        await handler.Get("/console/register");
        var refused = await handler.Post("/console/register", ("key", "K1"), ("item", "SI-03"), ("have:SI-03", "银行卡"), ("copies:SI-03:银行卡", "7"), ("phone", "abc"), ("name", "王女士"));

        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain("请写明市民要问或要办的事。").And.Contain("请填写有效的电话号码").And.Contain("王女士").And.Contain("value=\"K1\""));
        Assert.That(refused.Text, Does.Match("value=\"银行卡\" checked").And.Match("copies:SI-03:银行卡\" value=\"7\""));
        Assert.That(await App.Sql<int>("select count(*) from first_contact"), Is.Zero);
    }

    [Test]
    public async Task The_last_used_item_stands_first()
    {
        using var handler = await ConsoleClient.SignedIn(App, "handler");
        Assert.That(Items(await handler.Get("/console/register")), Is.EqualTo(new[] { "", "SI-01", "SI-02", "SI-03", "SI-04", "EM-01", "EM-02", "LR-01", "LR-02" }));
        await App.Apply();
        var after = await handler.Get("/console/register");
        Assert.That(Items(after), Is.EqualTo(new[] { "SI-03", "SI-01", "SI-02", "SI-04", "", "EM-01", "EM-02", "LR-01", "LR-02" }));
        Assert.That(after.Text, Does.Match("value=\"SI-03\" checked"));
    }

    [Test]
    public async Task A_notice_is_ticked_and_printed_with_its_hash()
    {
        var (number, _) = await App.Apply();
        using var handler = await ConsoleClient.SignedIn(App, "handler");
        var form = await handler.Get($"/console/register/{number}/notice");
        Assert.That(form.Text, Does.Match("value=\"职工档案\" checked").And.Not.Match("value=\"银行卡\" checked"), "what was handed over is not missing");

        var sent = await handler.Post($"/console/register/{number}/notice", ("missing", "职工档案"), ("note", "可邮寄"));
        Assert.That((sent.Status, sent.Location), Is.EqualTo((303, $"/console/register/{number}/notice/GZ-H1-20261116-0001")));
        var sheet = await handler.Get(sent.Location!);
        var hash = (string)(await (await App.SignedIn("handler")).GetJson("/api/v1/one-time-notices/GZ-H1-20261116-0001"))["hash"]!;
        Assert.That(sheet.Text.Replace(" ", "", StringComparison.Ordinal), Does.Contain("SHA-256" + hash));
        Assert.That(sheet.Text, Does.Contain("一次性告知单").And.Contain("职工档案").And.Contain("《社会保险法》第十六条").And.Contain("15 个工作日").And.Contain("签收人").And.Contain("可邮寄"));
        Assert.That((await handler.Get("/console/register/20261116-000000/notice/GZ-H1-20261116-0001")).Status, Is.EqualTo(404), "a sheet stands under its own case only");

        var nothing = await handler.Post($"/console/register/{number}/notice");
        Assert.That(nothing.Status, Is.EqualTo(400));
        Assert.That(nothing.Text, Does.Contain("请勾选缺少的材料。"));
    }

    [Test]
    public async Task A_second_demand_is_approved_on_the_page_by_the_supervisor()
    {
        var (number, _) = await App.Apply();
        await App.Tell(number);
        using var handler = await ConsoleClient.SignedIn(App, "handler");
        await handler.Get($"/console/register/{number}/notice");
        Assert.That((await handler.Post($"/console/register/{number}/notice", ("missing", "银行卡"))).Text, Does.Contain("已经一次性告知过"));
        var asked = await handler.Post($"/console/register/{number}/notice", ("missing", "银行卡"), ("code", "NewFact"), ("reason", "银行卡已注销"));
        Assert.That(asked.Location, Is.EqualTo($"/console/register/{number}/notice"));
        Assert.That((await handler.Get(asked.Location!)).Text, Does.Contain("银行卡已注销").And.Contain("大厅值班长同意后开具").And.Not.Contain("同意,开具告知单"));

        using var supervisor = await ConsoleClient.SignedIn(App, "supervisor");
        Assert.That((await supervisor.Get("/console/notices")).Text, Does.Contain("再次要求补材料,等待您审批"));
        Assert.That((await supervisor.Get($"/console/register/{number}/notice")).Text, Does.Contain("同意,开具告知单"));
        Assert.That((await supervisor.Post($"/console/register/{number}/notice/GZ-H1-20261116-0001-2/approval", ("approved", "false"), ("reason", ""))).Text, Does.Contain("请说明理由"));
        Assert.That((await supervisor.Post($"/console/register/{number}/notice/GZ-H1-20261116-0001-2/approval", ("approved", "true"), ("reason", ""))).Status, Is.EqualTo(303));
        Assert.That((await handler.Get($"/console/register/{number}/notice/GZ-H1-20261116-0001-2")).Text, Does.Contain("出现新的事实").And.Contain("大厅值班长批准"));
    }

    [Test]
    public async Task An_application_is_accepted_on_the_page_with_the_promise_of_its_item()
    {
        var (number, _) = await App.Apply();
        using var handler = await ConsoleClient.SignedIn(App, "handler");
        Assert.That((await handler.Get($"/console/cases/{number}")).Text, Does.Contain("受理即材料齐全,办结期限为 12月7日(周一)17:30").And.Not.Contain("name=\"type\""));
        Assert.That((await handler.Post($"/console/cases/{number}", ("command", "Accept"), ("type", "General"))).Status, Is.EqualTo(400), "it is no complaint");
        Assert.That((await handler.Post($"/console/cases/{number}", ("command", "Accept"))).Status, Is.EqualTo(303));
        Assert.That((await handler.Get($"/console/cases/{number}")).Text, Does.Contain("办理中").And.Contain("2026-12-07 周一 17:30"));
    }

    [Test]
    public async Task What_counts_as_accepted_is_confirmed_on_the_case()
    {
        var (number, _) = await App.Apply();
        await App.MoveTo("2026-11-25T10:00");
        using var handler = await ConsoleClient.SignedIn(App, "handler");
        Assert.That((await handler.Get($"/console/cases/{number}")).Text, Does.Contain("自收到材料之日起应视为受理").And.Not.Contain("确认视为受理"));
        Assert.That((await handler.Get($"/console/register/{number}/notice")).Text, Does.Contain("请先由值班长确认"));

        using var supervisor = await ConsoleClient.SignedIn(App, "supervisor");
        Assert.That((await supervisor.Get($"/console/cases/{number}")).Text, Does.Contain("确认视为受理"));
        Assert.That((await supervisor.Post($"/console/register/{number}/deemed-acceptance", ("confirmed", "true"), ("reason", ""))).Location, Is.EqualTo($"/console/cases/{number}"));
        Assert.That((await supervisor.Get($"/console/cases/{number}")).Text, Does.Contain("办理中").And.Contain("12月7日(周一)17:30"));
    }

    [Test]
    public async Task The_board_says_who_is_waited_for_and_what_is_not_acknowledged()
    {
        var (number, code) = await App.Apply();
        await App.Tell(number);
        using var handler = await ConsoleClient.SignedIn(App, "handler");
        Assert.That((await handler.Get("/console/cases")).Text, Does.Contain("等市民补材料").And.Contain("告知单未签收"));
        await App.Citizen(code).PostJson("/api/v1/one-time-notices/GZ-H1-20261116-0001/acknowledgement", new { });
        Assert.That((await handler.Get("/console/cases")).Text, Does.Contain("等市民补材料").And.Not.Contain("告知单未签收"));
    }

    [Test]
    public async Task Everything_reads_in_English()
    {
        var (number, code) = await App.Apply();
        await App.Tell(number);
        using var handler = await ConsoleClient.SignedIn(App, "handler");
        Assert.That((await handler.Get("/console/register?lang=en-GB")).Text, Does.Contain("First inquiry").And.Contain("Pension claim").And.Contain("Register and print the receipt"));
        Assert.That((await handler.Get($"/console/register/{number}")).Text, Does.Contain("Receipt of your inquiry").And.Contain("Supervision phone"));
        Assert.That((await handler.Get($"/console/register/{number}/notice")).Text, Does.Contain("What is missing?"));
        Assert.That((await handler.Get($"/console/register/{number}/notice/GZ-H1-20261116-0001")).Text, Does.Contain("One-time notice").And.Contain("15 working days from the day all is complete"));
        Assert.That((await handler.Get($"/console/cases/{number}")).Text, Does.Contain("First inquiry and notice").And.Contain("issued one-time notice"));
        Assert.That((await App.Client.PostForm("/track?lang=en-GB", ("number", number), ("code", code))).Text, Does.Contain("Something is missing").And.Contain("Who was asked first").And.Contain("I have seen this"));
    }

    [Test]
    public async Task The_citizen_reads_what_is_missing_and_acknowledges_it_there()
    {
        var (number, code) = await App.Apply();
        Assert.That((await App.Client.PostForm("/track", ("number", number), ("code", code))).Text, Does.Contain("首问责任人").And.Contain("8800-1001").And.Not.Contain("请补齐这些材料"));
        await App.Tell(number);
        var page = await App.Client.PostForm("/track", ("number", number), ("code", code));
        Assert.That(page.Text, Does.Contain("请补齐这些材料").And.Contain("职工档案").And.Contain("GZ-H1-20261116-0001").And.Not.Contain("您已于"));

        (string, string)[] form = [("number", number), ("code", code), ("document", "GZ-H1-20261116-0001")];
        Assert.That((await App.Client.PostForm("/track/acknowledgement", form)).Text, Does.Contain("您已于 11月16日(周一)10:00签收"));
        Assert.That((await App.Client.PostForm("/track/acknowledgement", form)).Text, Does.Contain("您已于 11月16日(周一)10:00签收"), "sent again, nothing changes");
        Assert.That((await App.Client.PostForm("/track/acknowledgement", ("number", number), ("code", "000000000000"), ("document", "GZ-H1-20261116-0001"))).Status, Is.EqualTo(404));
    }

    [TestCase("leader", "/console/register", 403)]
    [TestCase("auditor", "/console/register", 403)]
    [TestCase("admin", "/console/register", 403)]
    [TestCase("supervisor", "/console/register", 200)]
    [TestCase("head-em", "/console/register", 200)]
    public async Task Who_finds_the_register(string login, string path, int status)
    {
        using var visitor = await ConsoleClient.SignedIn(App, login);
        Assert.That((await visitor.Get(path)).Status, Is.EqualTo(status));
        Assert.That((await visitor.Get("/console/windows")).Text.Contains($"href=\"{path}\"", StringComparison.Ordinal), Is.EqualTo(status == 200));
    }

    [Test]
    public async Task Sheets_of_cases_that_one_may_not_know_of_do_not_exist()
    {
        var (number, _) = await App.Apply();
        await App.Tell(number);
        var complaint = await App.FileComplaint("A01");
        using var other = await ConsoleClient.SignedIn(App, "head-em");
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        foreach (var path in new[] { $"/console/register/{number}", $"/console/register/{number}/notice", $"/console/register/{number}/notice/GZ-H1-20261116-0001" })
        {
            Assert.That(((await other.Get(path)).Status, (await head.Get(path)).Status), Is.EqualTo((404, 200)), path);
        }

        foreach (var path in new[] { $"/console/register/{complaint}", $"/console/register/{complaint}/notice" }) Assert.That((await head.Get(path)).Status, Is.EqualTo(404), "a complaint has none");
    }

    private static Task<ConsolePage> Register(ConsoleClient visitor, string key) => visitor.Post(
        "/console/register", ("key", key), ("window", "A01"), ("item", "SI-03"), ("have:SI-03", "居民身份证"), ("copies:SI-03:居民身份证", "1"), ("have:SI-03", "银行卡"), ("copies:SI-03:银行卡", "2"), ("copies:SI-03:职工档案", "1"),
        ("matter", "申领养老金"), ("phone", "13800000000"));

    private static IEnumerable<string> Items(ConsolePage page) => Item().Matches(page.Text).Select(m => m.Groups[1].Value);

    [GeneratedRegex("type=\"radio\" name=\"item\"(?: value=\"([^\"]*)\")?")]
    private static partial Regex Item();

    [GeneratedRegex("name=\"key\" value=\"([^\"]+)\"")]
    private static partial Regex Key();

    [GeneratedRegex("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex Code();
}

using Feedback.Domain.Cases;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Web.Console;

/// <summary>Every command of a case through its form: what it says before, what it does, and how it refuses.</summary>
internal sealed class ConsoleCommandTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task A_case_is_declined_with_its_reason_and_the_right_body()
    {
        var found = await TestCase.In(App, CaseState.Filed);
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        Assert.That((await head.Get(found.Page)).Text, Does.Contain("市民会看到理由和应当受理的单位,可以申请复核。"));

        var incomplete = await head.Post(found.Page, ("command", "Decline"), ("reason", "不属于<人社>业务"), ("rightBody", " "));
        Refused(incomplete, 400, "Decline-rightBody", "请写明应当受理的单位。");
        Assert.That(incomplete.Text, Does.Contain("不属于<人社>业务</textarea>").And.Match("<details open>\\s*<summary>不予受理"));

        Assert.That(await head.Post(found.Page, ("command", "Decline"), ("reason", "不属于人社业务"), ("rightBody", "市医保局")), Is.EqualTo(new ConsolePage(303, "", found.Page)));
        Assert.That((await head.Get(found.Page)).Text, Does.Contain("社保经办中心负责人 决定不予受理,应当受理的是:市医保局。理由:不属于人社业务").And.Not.Contain("name=\"command\""));
    }

    [Test]
    public async Task A_clock_is_paused_with_reason_and_evidence_and_runs_on()
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        Assert.That((await head.Get(found.Page)).Text, Does.Contain("提交后停止计时,最迟 12月7日(周一)17:30自动恢复"));

        Refused(await head.Post(found.Page, ("command", "Pause"), ("evidence", "检测委托书 3 号")), 400, "Pause-reason", "请选择暂停计时的原因。");
        var refused = await head.Post(found.Page, ("command", "Pause"), ("reason", "Inspection"));
        Refused(refused, 400, "Pause-evidence", "请写明依据材料。");
        Assert.That(refused.Text, Does.Contain("<option value=\"Inspection\" selected>"));

        Assert.That((await head.Post(found.Page, ("command", "Pause"), ("reason", "Inspection"), ("evidence", "检测委托书 3 号"))).Status, Is.EqualTo(303));
        await App.MoveTo("2026-11-16T14:00");
        var paused = await head.Get(found.Page);
        Assert.That(paused.Text, Does.Contain("检测委托书 3 号").And.Contain("检验检测").And.Contain("现在恢复,答复期限为 11月24日(周二)11:30").And.Not.Contain("id=\"Answer\""));
        Assert.That((await head.Post(found.Page, ("command", "Resume"))).Status, Is.EqualTo(303));
        Assert.That((await head.Get(found.Page)).Text, Does.Contain("办理中").And.Contain("恢复计时,承诺在 11月24日(周二)11:30前答复。"));
    }

    [TestCase("true", "批准延期至 11月30日(周一)17:30", "2026-11-30 周一 17:30")]
    [TestCase("false", "没有批准延期,期限仍是 11月23日(周一)17:30", "2026-11-23 周一 17:30")]
    public async Task An_extension_is_asked_for_by_one_and_decided_by_another(string granted, string sentence, string due)
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        using var supervisor = await ConsoleClient.SignedIn(App, "supervisor");
        Assert.That((await head.Get(found.Page)).Text, Does.Contain("延期至 11月30日(周一)17:30,申请一次后不可再延"));
        Refused(await head.Post(found.Page, ("command", "RequestExtension")), 400, "RequestExtension-reason", "请说明理由");
        Assert.That((await head.Post(found.Page, ("command", "RequestExtension"), ("reason", "需外地协查"))).Status, Is.EqualTo(303));
        Assert.That((await head.Get(found.Page)).Text, Does.Contain("延期申请等待决定").And.Not.Contain("id=\"RequestExtension\"").And.Not.Contain("id=\"DecideExtension\""), "who asked does not decide");

        Assert.That((await supervisor.Get(found.Page)).Text, Does.Contain("需外地协查").And.Contain("同意:答复期限由 11月23日(周一)17:30延至 11月30日(周一)17:30"));
        Refused(await supervisor.Post(found.Page, ("command", "DecideExtension")), 400, null, "请选择同意或不同意。");
        Assert.That((await supervisor.Post(found.Page, ("command", "DecideExtension"), ("granted", granted))).Status, Is.EqualTo(303));
        Assert.That((await supervisor.Get(found.Page)).Text, Does.Contain(sentence).And.Contain($"<p class=\"due\">{due}</p>").And.Not.Contain("延期申请等待决定"));
    }

    [Test]
    public async Task A_hand_over_changes_nothing_until_the_other_unit_takes_the_case()
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        using var other = await ConsoleClient.SignedIn(App, "head-em");
        var page = await head.Get(found.Page);
        Assert.That(page.Text, Does.Contain("对方接收前仍由您负责").And.Contain("11月16日(周一)15:30前答复").And.Contain("<option value=\"EM\">就业服务中心").And.Not.Contain("<option value=\"SI\">"));

        Refused(await head.Post(found.Page, ("command", "OfferHandOver"), ("reason", "属于该单位业务")), 400, "OfferHandOver-unit", "请选择接收单位。");
        Assert.That((await head.Post(found.Page, ("command", "OfferHandOver"), ("unit", "EM"), ("reason", "属于该单位业务"))).Status, Is.EqualTo(303));
        Assert.That((await head.Get(found.Page)).Text, Does.Contain("移交等待答复").And.Contain("<dt>责任人</dt><dd>社保经办中心负责人</dd>").And.Not.Contain("id=\"DecideHandOver\""));

        Assert.That((await other.Get(found.Page)).Text, Does.Contain("接收后由您负责,时限照常计算").And.Not.Contain("id=\"Answer\""));
        Assert.That((await other.Post(found.Page, ("command", "DecideHandOver"), ("accepted", "true"))).Location, Is.EqualTo(found.Page));
        Assert.That((await other.Get(found.Page)).Text, Does.Contain("<dt>责任人</dt><dd>就业服务中心负责人</dd>").And.Contain("<dt>单位</dt><dd>就业服务中心</dd>").And.Not.Contain("移交等待答复"));
    }

    [Test]
    public async Task A_unit_that_refuses_a_hand_over_says_why_and_is_led_back_to_its_own_cases()
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        await found.Staff("head-si", "hand-over", new { unit = "EM", reason = "属于该单位业务" });
        using var other = await ConsoleClient.SignedIn(App, "head-em");
        await other.Get(found.Page);

        Refused(await other.Post(found.Page, ("command", "DecideHandOver"), ("accepted", "false")), 400, "DecideHandOver-reason", "请说明理由");
        Assert.That((await other.Post(found.Page, ("command", "DecideHandOver"), ("accepted", "false"), ("reason", "不是我们的业务"))).Location, Is.EqualTo("/console/cases"));
        Assert.That((await other.Get(found.Page)).Status, Is.EqualTo(404));
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        Assert.That((await head.Get(found.Page)).Text, Does.Contain("就业服务中心(就业服务中心负责人)不接收,件退回。理由:不是我们的业务"));
    }

    [Test]
    public async Task After_two_hand_overs_the_form_leads_to_the_hall_which_names_the_unit()
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        await found.Staff("head-si", "hand-over", new { unit = "EM", reason = "x" });
        await found.Staff("head-em", "hand-over/answer", new { accepted = true });
        await found.Staff("head-em", "hand-over", new { unit = "LR", reason = "x" });
        await found.Staff("head-lr", "hand-over/answer", new { accepted = true });
        using var head = await ConsoleClient.SignedIn(App, "head-lr");
        Assert.That((await head.Get(found.Page)).Text, Does.Contain("提交后由大厅在 11月17日(周二)17:30前裁定由谁负责"));
        await head.Post(found.Page, ("command", "OfferHandOver"), ("unit", "SI"), ("reason", "首次接待单位"));

        using var supervisor = await ConsoleClient.SignedIn(App, "supervisor");
        Assert.That((await supervisor.Get(found.Page)).Text, Does.Contain("等待大厅裁定由谁负责").And.Contain("该单位不能再移交").And.Contain("2026-11-17 周二 17:30"));
        Refused(await supervisor.Post(found.Page, ("command", "Arbitrate"), ("unit", "XX"), ("reason", "首次接待单位")), 400, "Arbitrate-unit", "没有这个单位。");
        Assert.That((await supervisor.Post(found.Page, ("command", "Arbitrate"), ("unit", "SI"), ("reason", "首次接待单位"))).Status, Is.EqualTo(303));
        Assert.That((await supervisor.Get(found.Page)).Text, Does.Contain("大厅值班长 裁定由社会保险经办中心(社保经办中心负责人)负责。理由:首次接待单位").And.Not.Contain("id=\"Arbitrate\""));
    }

    [Test]
    public async Task An_answer_that_the_citizen_left_alone_is_closed()
    {
        var found = await TestCase.In(App, CaseState.Answered);
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        Assert.That((await head.Get(found.Page)).Text, Does.Contain("仍可在期限内申请复核"));
        Assert.That((await head.Post(found.Page, ("command", "Close"))).Status, Is.EqualTo(303));
        Assert.That((await head.Get(found.Page)).Text, Does.Contain("已办结").And.Contain("社保经办中心负责人 办结。").And.Not.Contain("name=\"command\""));
    }

    [TestCase("true", "办理中", "复核支持市民的意见,重新办理,承诺在 11月23日(周一)17:30前答复。说明:请重新核实")]
    [TestCase("false", "已办结", "复核维持原来的决定,办结。说明:请重新核实")]
    public async Task An_appeal_is_decided_by_somebody_who_took_no_part(string upheld, string state, string sentence)
    {
        var found = await TestCase.In(App, CaseState.Appealed);
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        Assert.That((await head.Get(found.Page)).Text, Does.Contain("没有核实。").And.Not.Contain("name=\"command\""), "took part");

        using var supervisor = await ConsoleClient.SignedIn(App, "supervisor");
        Assert.That((await supervisor.Get(found.Page)).Text, Does.Contain("没有核实。").And.Contain("2026-12-16 周三 17:30").And.Contain("支持:该件重新办理,答复期限为 11月23日(周一)17:30"));
        Refused(await supervisor.Post(found.Page, ("command", "DecideAppeal"), ("upheld", upheld)), 400, "DecideAppeal-note", "请说明理由");
        Assert.That((await supervisor.Post(found.Page, ("command", "DecideAppeal"), ("upheld", upheld), ("note", "请重新核实"))).Status, Is.EqualTo(303));
        Assert.That((await supervisor.Get(found.Page)).Text, Does.Contain($"<strong>{state}</strong>").And.Contain(sentence));
    }

    [Test]
    public async Task What_the_citizen_added_and_every_answer_stay_on_the_page()
    {
        var found = await TestCase.In(App, CaseState.Answered);
        await found.Citizen("materials", new { text = "补充:取号单照片" });
        await found.Citizen("verdict", new { solved = false });
        await found.Staff("head-si", "answer", new { text = "第二次答复" });
        using var head = await ConsoleClient.SignedIn(App, "head-si");

        var page = (await head.Get(found.Page)).Text;
        var order = new[] { "说好当天办结", "补充:取号单照片", "第二次答复", "此前的答复", "已核实,向您致歉。" }.Select(t => page.IndexOf(t, StringComparison.Ordinal)).ToList();
        Assert.That(order, Has.None.EqualTo(-1).And.Ordered);
    }

    [Test]
    public async Task What_was_written_for_a_form_that_is_offered_no_more_is_shown_to_be_copied()
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        await head.Get(found.Page);
        await found.Citizen("withdrawal");

        var late = await head.Post(found.Page, ("command", "Answer"), ("text", "写了半小时的答复"));

        Assert.That(late.Status, Is.EqualTo(409));
        Assert.That(late.Text, Does.Contain("按时,止于").And.Contain("随撤回停止"), "the first clock was met, the second was not");
        Assert.That(late.Text, Does.Contain("该件已由群众撤回。").And.Match("readonly[^>]*>写了半小时的答复</textarea>").And.Not.Contain("name=\"command\""));
    }

    [TestCase("Withdraw")]
    [TestCase("Nonsense")]
    [TestCase("")]
    public async Task What_is_no_form_of_the_page_is_refused(string command)
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        await head.Get(found.Page);

        Refused(await head.Post(found.Page, ("command", command)), 400, null, "没有这个操作。");
        Assert.That(await App.Sql<string>("select state from case_file"), Is.EqualTo("Accepted"));
    }

    [Test]
    public async Task A_case_in_any_state_has_its_page_in_both_languages([Values] CaseState state)
    {
        var found = await TestCase.In(App, state);
        using var supervisor = await ConsoleClient.SignedIn(App, "supervisor");
        var chinese = await supervisor.Get(found.Page + "?lang=zh-CN");
        var english = await supervisor.Get(found.Page + "?lang=en-GB");

        Assert.That((chinese.Status, english.Status), Is.EqualTo((200, 200)));
        Assert.That(chinese.Text, Does.Contain(state == CaseState.AwaitingMaterials ? "首问登记,由其负责。" : "市民提交了投诉。").And.Contain("<html lang=\"zh"));
        Assert.That(english.Text, Does.Contain(state == CaseState.AwaitingMaterials ? "was asked first and is responsible." : "The citizen filed the complaint.").And.Contain("<html lang=\"en"));
        Assert.That((await supervisor.Get("/console/notices")).Status, Is.EqualTo(200));
    }

    /// <summary>The page stands there again and leads to the field.</summary>
    private static void Refused(ConsolePage seen, int status, string? field, string sentence)
    {
        Assert.That(seen.Status, Is.EqualTo(status));
        Assert.That(seen.Text, Does.Match($"role=\"alert\">[\\s\\S]*{sentence}"));
        if (field is not null) Assert.That(seen.Text, Does.Contain($"id=\"{field}-error\">{sentence}").And.Contain($"aria-describedby=\"{field}-error\""));
    }
}

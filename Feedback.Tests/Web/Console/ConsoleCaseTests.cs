using Feedback.Tests.Harness;

namespace Feedback.Tests.Web.Console;

internal sealed class ConsoleCaseTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task A_case_is_accepted_and_answered_through_its_forms_and_the_citizen_reads_the_answer()
    {
        var complained = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "说好当天办结,等了四天。" });
        var (number, queryCode) = ((string)complained["caseNumber"]!, (string)complained["queryCode"]!);
        var path = $"/console/cases/{number}";
        using var visitor = await ConsoleClient.SignedIn(App, "head-si");

        var filed = await visitor.Get(path);
        Assert.That(filed.Text, Does.Contain("说好当天办结,等了四天。").And.Contain("按一般投诉受理,答复期限为 11月23日(周一)17:30").And.Not.Contain("name=\"text\""));

        Assert.That(await visitor.Post(path, ("command", "Accept")), Is.EqualTo(new ConsolePage(303, "", path)));
        var accepted = await visitor.Get(path);
        Assert.That(accepted.Text, Does.Contain("办理中").And.Contain("社保经办中心负责人 受理,承诺在 11月23日(周一)17:30前答复。").And.Not.Contain("value=\"Accept\""));

        Assert.That((await visitor.Post(path, ("command", "Answer"), ("text", "已核实,向您致歉。"))).Status, Is.EqualTo(303));
        var answered = await visitor.Get(path);
        Assert.That(answered.Text, Does.Contain("已答复").And.Contain("已核实,向您致歉。").And.Contain("社保经办中心负责人 答复了市民。").And.Not.Contain("name=\"text\""));
        Assert.That((string?)(await App.Client.GetJson($"/api/v1/complaints/{number}", ("X-Query-Code", queryCode)))["answer"], Is.EqualTo("已核实,向您致歉。"));
    }

    [Test]
    public async Task Accepting_twice_is_refused_at_the_form_and_changes_nothing()
    {
        var number = await App.FileComplaint("A01");
        var path = $"/console/cases/{number}";
        using var visitor = await ConsoleClient.SignedIn(App, "head-si");
        await visitor.Get(path);
        await visitor.Post(path, ("command", "Accept"));

        var again = await visitor.Post(path, ("command", "Accept"));

        Assert.That(again.Status, Is.EqualTo(409));
        Assert.That(again.Text, Does.Contain("该件已经受理。").And.Contain("办理中"));
        Assert.That(await App.Sql<int>("select count(*) from case_event where kind = 'Accepted'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_refused_answer_keeps_the_text()
    {
        var number = await App.FileComplaint("A01");
        var path = $"/console/cases/{number}";
        using var visitor = await ConsoleClient.SignedIn(App, "head-si");
        await visitor.Get(path);

        var tooEarly = await visitor.Post(path, ("command", "Answer"), ("text", "写了一半的答复"));
        Assert.That(tooEarly.Status, Is.EqualTo(409));
        Assert.That(tooEarly.Text, Does.Contain("该件尚未受理,请先受理。").And.Contain("写了一半的答复</textarea>"));

        await visitor.Post(path, ("command", "Accept"));
        var empty = await visitor.Post(path, ("command", "Answer"), ("text", ""));
        Assert.That(empty.Status, Is.EqualTo(400));
        Assert.That(empty.Text, Does.Contain("请写明答复内容。"));
        Assert.That(await App.Sql<int>("select count(*) from case_file where state = 'Answered'"), Is.Zero);
    }

    [Test]
    public async Task A_case_out_of_scope_is_unknown_to_forms_too()
    {
        var number = await App.FileComplaint("A01", about: "Gifts");
        using var visitor = await ConsoleClient.SignedIn(App, "supervisor");
        await visitor.Get("/console/cases");

        var refused = await visitor.Post($"/console/cases/{number}", ("command", "Accept"));

        Assert.That(refused.Status, Is.EqualTo(404));
        Assert.That(refused.Text, Does.Contain("没有找到这个件。").And.Not.Contain("情况说明"));
        Assert.That(await App.Sql<int>("select count(*) from case_file where state = 'Filed'"), Is.EqualTo(1));
    }

    [Test]
    public async Task An_auditor_reads_and_has_nothing_to_press()
    {
        var number = await App.FileComplaint("A01");
        using var visitor = await ConsoleClient.SignedIn(App, "auditor");

        var page = await visitor.Get($"/console/cases/{number}");
        Assert.That(page.Text, Does.Contain("市民说").And.Not.Contain("name=\"command\""));
        Assert.That((await visitor.Post($"/console/cases/{number}", ("command", "Accept"))).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task The_history_says_what_fired_when_it_was_due_and_who_was_told()
    {
        var number = await App.FileComplaint("A01");
        await App.MoveTo("2026-11-17T17:30");
        using var visitor = await ConsoleClient.SignedIn(App, "head-si");

        Assert.That((await visitor.Get($"/console/cases/{number}")).Text, Does.Contain("受理时限到期,督办至单位负责人。").And.Contain("应于 11月17日(周二)17:30触发,准时").And.Contain("已通知:社保经办中心负责人"));
    }

    [Test]
    public async Task The_history_of_a_sealed_case_names_only_those_who_may_know_of_it()
    {
        var number = await App.FileComplaint("A01", about: "Gifts");
        await App.MoveTo("2026-11-19T10:00");
        using var visitor = await ConsoleClient.SignedIn(App, "inspector");

        Assert.That((await visitor.Get($"/console/cases/{number}")).Text, Does.Contain("受理时限超期,升级至纪检监察。").And.Not.Contain("大厅值班长"));
        Assert.That((await visitor.Get("/console/cases")).Text, Does.Contain("升级至纪检监察").And.Not.Contain("升级至大厅值班长"));
    }
}

using Feedback.Domain.Cases;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Web;

/// <summary>What the citizen can do on the page of a complaint, without script.</summary>
internal sealed class ProgressPageTests(Engine engine) : SliceTest(engine)
{
    [TestCase(CaseState.Filed, "已收到,等待受理", "离承诺的答复时间还有 8 天。", "AddMaterial AddPictures Remind Withdraw")]
    [TestCase(CaseState.Accepted, "已受理,正在办理", "离承诺的答复时间还有 7 天。", "AddMaterial AddPictures Remind Withdraw")]
    [TestCase(CaseState.Paused, "暂停计时", "我们在等您补充材料,您一补充就恢复计时;最迟 12月7日(周一)17:30恢复。", "AddMaterial AddPictures Remind Withdraw")]
    [TestCase(CaseState.Answered, "已经答复", "在 11月23日(周一)17:30前再次答复", "ApproveAnswer RejectAnswer AddMaterial AddPictures Appeal")]
    [TestCase(CaseState.Closed, "已经办结", "由没有参与办理的人,在 12月16日(周三)17:30前作出决定", "Appeal")]
    [TestCase(CaseState.Declined, "没有受理", "理由:不属于人社业务。 请向市医保局提出。", "Appeal")]
    [TestCase(CaseState.Withdrawn, "您已撤回", "这件投诉不再办理", "")]
    [TestCase(CaseState.Appealed, "正在复核", "由没有参与办理的人,在 12月16日(周三)17:30前作出决定", "AddMaterial AddPictures")]
    public async Task Each_state_has_its_words_and_offers_what_can_be_done(CaseState state, string heading, string sentence, string commands)
    {
        var found = await TestCase.In(App, state);
        var page = await Send(found);

        Assert.That(page.Status, Is.EqualTo(200));
        Assert.That(page.Text, Does.Contain($"<h1>{heading}</h1>").And.Contain(sentence));
        Assert.That(System.Text.RegularExpressions.Regex.Matches(page.Html, "name=\"command\" value=\"([A-Za-z]+)\"").Select(m => m.Groups[1].Value), Is.EqualTo(commands.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        var english = await App.Client.PostForm("/track?lang=en-GB", ("number", found.Number), ("code", found.Code));
        Assert.That(english.Status, Is.EqualTo(200));
        Assert.That(english.Text, Does.Contain("What has happened").And.Not.Contain(heading));
    }

    [Test]
    public async Task Number_and_code_travel_in_bodies_alone()
    {
        var found = await TestCase.In(App, CaseState.Answered);
        var page = await Send(found);

        Assert.That(page.Html, Does.Contain($"type=\"hidden\" name=\"code\" value=\"{found.Code}\""));
        Assert.That(System.Text.RegularExpressions.Regex.Matches(page.Html, "(?:href|src|action|formaction)=\"[^\"]*").Select(m => m.Value), Has.None.Contains(found.Code).And.None.Contains(found.Number));
    }

    [Test]
    public async Task What_the_citizen_adds_reaches_the_case_and_ends_the_wait()
    {
        var found = await TestCase.In(App, CaseState.Paused);
        var empty = await Send(found, ("command", "AddMaterial"), ("key", "k1"), ("material", " "));
        Assert.That(empty.Status, Is.EqualTo(400));
        Assert.That(empty.Text, Does.Contain("<a href=\"#material\">请写下要补充的内容。").And.Contain("id=\"material-error\">请写下要补充的内容。").And.Contain("<h1>暂停计时</h1>"));

        var added = await Send(found, ("command", "AddMaterial"), ("key", "k1"), ("material", "补充:取号单照片"));
        Assert.That(added.Status, Is.EqualTo(200));
        Assert.That(added.Text, Does.Contain("role=\"status\">收到了您补充的内容,已经通知责任人。").And.Contain("<h1>已受理,正在办理</h1>").And.Not.Contain("补充:取号单照片</textarea>"));
        Assert.That((await found.Show("head-si"))["materials"]![0]!["text"]!.ToString(), Is.EqualTo("补充:取号单照片"));
    }

    [Test]
    public async Task A_refused_text_is_kept_beside_its_error()
    {
        var found = await TestCase.In(App, CaseState.Answered);
        var refused = await Send(found, ("command", "Appeal"), ("key", "k1"), ("appeal", new string('长', 2001)));

        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain("<a href=\"#appeal\">").And.Contain("id=\"appeal-error\">最多 2000 个字").And.Contain("长长</textarea>"));
        Assert.That(refused.Key, Is.EqualTo("k1"), "corrected and sent again it is the same request");
        Assert.That(await App.Sql<int>("select count(*) from case_appeal"), Is.Zero);
    }

    [Test]
    public async Task Sent_twice_it_is_done_once()
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        var first = await Send(found, ("command", "AddMaterial"), ("key", "k1"), ("material", "只说一次"));
        var second = await Send(found, ("command", "AddMaterial"), ("key", "k1"), ("material", "只说一次"));

        Assert.That((first.Status, second.Status), Is.EqualTo((200, 200)));
        Assert.That(second.Text, Does.Contain("收到了您补充的内容"));
        Assert.That(await App.Sql<int>("select count(*) from case_material"), Is.EqualTo(1));
        var other = await Send(found, ("command", "AddMaterial"), ("key", first.Key), ("material", "再说一句"));
        Assert.That(other.Status, Is.EqualTo(200), "the page after it has a key of its own");
        Assert.That(await App.Sql<int>("select count(*) from case_material"), Is.EqualTo(2));
    }

    [Test]
    public async Task The_switches_ask_for_the_page_again_and_not_for_the_command()
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        var done = await Send(found, ("command", "Remind"), ("key", "k1"));
        var switches = done.Html[done.Html.IndexOf("class=\"switches\"", StringComparison.Ordinal)..];
        Assert.That(switches, Does.Contain($"name=\"code\" value=\"{found.Code}\"").And.Not.Contain("name=\"command\"").And.Not.Contain("name=\"key\""));

        var refused = await Send(found, ("command", "AddMaterial"), ("key", "k2"), ("material", ""));
        Assert.That(refused.Html[refused.Html.IndexOf("class=\"switches\"", StringComparison.Ordinal)..], Does.Contain("name=\"command\" value=\"AddMaterial\""), "what was refused is shown again with its error");
    }

    [Test]
    public async Task A_reminder_is_taken_once_a_day()
    {
        var found = await TestCase.In(App, CaseState.Filed);
        var done = await Send(found, ("command", "Remind"), ("key", "k1"));
        Assert.That(done.Text, Does.Contain("role=\"status\">已经提醒责任人。").And.Not.Contain("value=\"Remind\""));

        var again = await Send(found, ("command", "Remind"), ("key", "k2"));
        Assert.That(again.Status, Is.EqualTo(429));
        Assert.That(again.Text, Does.Contain("今天已经催办过了"));
    }

    [Test]
    public async Task A_withdrawal_says_what_follows_and_ends_the_case()
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        Assert.That((await Send(found)).Text, Does.Contain("撤回后这件投诉不再办理,也不能恢复"));
        Assert.That((await Send(found, ("command", "Withdraw"), ("key", "k1"))).Text, Does.Contain("<h1>您已撤回</h1>"));

        var late = await Send(found, ("command", "Withdraw"), ("key", "k2"));
        Assert.That(late.Status, Is.EqualTo(409));
        Assert.That(late.Text, Does.Contain("该件已由群众撤回。").And.Contain("<h1>您已撤回</h1>"));
    }

    [Test]
    public async Task Solved_closes_the_case_with_how_content_the_citizen_is()
    {
        var found = await TestCase.In(App, CaseState.Answered);
        var done = await Send(found, ("command", "ApproveAnswer"), ("key", "k1"), ("grade", "4"));

        Assert.That(done.Text, Does.Contain("谢谢,已按您的意见办结。").And.Contain("<h1>已经办结</h1>"));
        Assert.That(await App.Sql<int>("select verdict from case_file where state = 'Closed'"), Is.EqualTo(4));
    }

    [Test]
    public async Task Not_solved_sends_it_back_once()
    {
        var found = await TestCase.In(App, CaseState.Answered);
        var done = await Send(found, ("command", "RejectAnswer"), ("key", "k1"));
        Assert.That(done.Text, Does.Contain("<h1>正在重新办理</h1>").And.Contain("上一次的答复").And.Contain("已核实,向您致歉。"));

        await found.Staff("head-si", "answer", new { text = "第二次答复" });
        Assert.That((await Send(found)).Text, Does.Contain("已经重新办理过一次").And.Not.Contain("value=\"RejectAnswer\""));
        var second = await Send(found, ("command", "RejectAnswer"), ("key", "k2"));
        Assert.That(second.Status, Is.EqualTo(409));
        Assert.That(second.Text, Does.Contain("该件已经重新办理过一次"));
    }

    [TestCase("grade", "很好")]
    [TestCase("grade", "9")]
    public async Task A_grade_that_is_no_face_is_refused(string field, string value)
    {
        var found = await TestCase.In(App, CaseState.Answered);

        Assert.That((await Send(found, ("command", "ApproveAnswer"), ("key", "k1"), (field, value))).Status, Is.EqualTo(400));
        Assert.That(await App.Sql<string>("select state from case_file"), Is.EqualTo("Answered"));
    }

    [Test]
    public async Task An_appeal_goes_to_somebody_who_took_no_part()
    {
        var found = await TestCase.In(App, CaseState.Declined);
        var done = await Send(found, ("command", "Appeal"), ("key", "k1"), ("appeal", "就是这里的事"));

        Assert.That(done.Text, Does.Contain("收到了您的复核申请。").And.Contain("<h1>正在复核</h1>"));
        Assert.That((await found.Show("supervisor"))["appeal"]!["text"]!.ToString(), Is.EqualTo("就是这里的事"));
    }

    [TestCase("Accept")]
    [TestCase("Nonsense")]
    public async Task What_is_no_form_of_the_page_is_refused(string command)
    {
        var found = await TestCase.In(App, CaseState.Filed);
        var refused = await Send(found, ("command", command), ("key", "k1"));

        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain("没有这个操作。"));
        Assert.That(await App.Sql<string>("select state from case_file"), Is.EqualTo("Filed"));
    }

    [TestCase("AddMaterial")]
    [TestCase("Withdraw")]
    [TestCase("Appeal")]
    public async Task Without_the_code_nothing_is_done_and_nothing_is_told(string command)
    {
        var found = await TestCase.In(App, CaseState.Filed);
        var refused = await App.Client.PostForm("/track", ("number", found.Number), ("code", "AAAA-BBBB-CCCC"), ("command", command), ("key", "k1"), ("material", "x"), ("appeal", "x"));

        Assert.That(refused.Status, Is.EqualTo(404));
        Assert.That(refused.Text, Does.Contain("没有找到。请核对受理编号和查询码。"));
        Assert.That(await App.Sql<int>("select count(*) from case_event"), Is.EqualTo(1));
    }

    private Task<Page> Send(TestCase found, params (string Name, string Value)[] fields) =>
        App.Client.PostForm("/track", [("number", found.Number), ("code", found.Code), .. fields]);
}

using Feedback.Tests.Harness;

namespace Feedback.Tests.Web;

internal sealed class ComplaintPageTests(Engine engine) : SliceTest(engine)
{
    private static readonly (string Name, string Value)[] Delay = [("key", "k1"), ("about", "Delay"), ("text", "说好当天办结,等了四天。"), ("receiver", "Hall")];

    private async Task<string> Path() => $"/w/{await App.Token("A01")}/complaint";

    [Test]
    public async Task The_form_asks_in_the_order_of_telling()
    {
        var page = await App.Client.GetPage(await Path());

        Assert.That(page.Status, Is.EqualTo(200));
        var asked = new[] { "发生了什么?", "让我多跑了一趟", "请写下经过", "什么时候、哪个窗口", "1号窗口 社保登记", "11月16日(周一)10:00", "想告诉谁?", "要不要留联系方式?" }.Select(q => page.Text.IndexOf(q, StringComparison.Ordinal)).ToList();
        Assert.That(asked, Has.None.EqualTo(-1).And.Ordered);
        Assert.That(page.Text, Does.Not.Contain("一趟路"), "the slogans are for staff");
        Assert.That(page.Text, Does.Contain("只有纪检监察看得到"));
    }

    [Test]
    public async Task The_receipt_shows_number_code_date_with_weekday_who_is_responsible_and_whom_to_call()
    {
        var receipt = await App.Client.PostForm(await Path(), Delay);

        Assert.That(receipt.Status, Is.EqualTo(201));
        Assert.That(receipt.Fact("受理编号"), Is.EqualTo(await App.Sql<string>("select case_number from case_file")));
        Assert.That(receipt.Fact("查询码"), Does.Match("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$"));
        Assert.That(receipt.Fact("最迟答复"), Does.Contain("11月24日(周二)17:30"));
        Assert.That(receipt.Fact("最迟决定是否受理"), Is.EqualTo("11月17日(周二)17:30"));
        Assert.That(receipt.Fact("负责"), Does.Contain("社会保险经办中心").And.Contain("社保经办中心负责人"));
        Assert.That(receipt.Fact("监督电话"), Does.Contain("12333"));
        Assert.That(receipt.Text, Does.Contain("请截图保存").And.Contain("<svg"));
        Assert.That(await App.Sql<int>("select count(*) from case_file where about = 'Delay' and receiver = 'Hall' and window_code = 'A01' and contact_id is null"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_query_code_is_in_no_address_no_cookie_and_no_cache()
    {
        var receipt = await App.Client.PostForm(await Path(), Delay);

        Assert.That(receipt.Response.Headers.CacheControl!.NoStore, Is.True);
        Assert.That(receipt.Cookies, Is.Empty);
        var code = receipt.Fact("查询码");
        Assert.That(System.Text.RegularExpressions.Regex.Matches(receipt.Text, "(?:href|src|action|formaction)=\"[^\"]*").Select(m => m.Value), Has.None.Contains(code).And.None.Contains(code.Replace("-", "")));
    }

    [Test]
    public async Task Sending_it_again_shows_the_same_receipt_in_whatever_language_and_size()
    {
        var path = await Path();
        var first = await App.Client.PostForm(path, Delay);
        var english = await App.Client.PostForm(path + "?lang=en-GB", Delay);
        var large = await App.Client.PostForm(path + "?type=large", Delay);

        Assert.That(english.Text, Does.Contain("We have your complaint"));
        Assert.That(large.Html, Does.Contain("<body class=\"large\">"));
        Assert.That((english.Fact("Case number"), english.Fact("Query code")), Is.EqualTo((first.Fact("受理编号"), first.Fact("查询码"))));
        Assert.That((large.Fact("受理编号"), large.Fact("查询码")), Is.EqualTo((first.Fact("受理编号"), first.Fact("查询码"))));
        Assert.That(await App.Sql<int>("select count(*) from case_file"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_switches_on_the_receipt_send_the_form_again_instead_of_leaving_it()
    {
        var receipt = await App.Client.PostForm(await Path(), Delay);

        Assert.That(receipt.Text, Does.Contain("<input type=\"hidden\" name=\"key\" value=\"k1\" />").And.Contain($"formaction=\"{await Path()}?lang=en-GB\""));
        Assert.That((await App.Client.GetPage(await Path())).Text, Does.Contain($"href=\"{await Path()}?lang=en-GB\"").And.Not.Contain("formaction"));
    }

    [Test]
    public async Task Gifts_go_to_discipline_inspection_whoever_was_chosen()
    {
        var receipt = await App.Client.PostForm(await Path(), ("key", "k1"), ("about", "Gifts"), ("text", "有人暗示请吃饭。"), ("receiver", "Hall"));

        Assert.That(receipt.Fact("负责"), Does.Contain("纪检监察").And.Not.Contain("社会保险"));
    }

    [Test]
    public async Task A_contact_is_kept_sealed_and_apart()
    {
        await App.Client.PostForm(await Path(), [.. Delay, ("name", "王某"), ("phone", "\uFF11\uFF13\uFF18 0000 0000"), ("email", "w@example.cn"), ("ticket", "a012")]);

        Assert.That(await App.Sql<int>("select count(*) from case_file where contact_id is not null and ticket = 'a012'"), Is.EqualTo(1));
        Assert.That(System.Text.Encoding.UTF8.GetString((await App.Sql<byte[]>("select sealed from contact"))!), Does.Not.Contain("王某"));
    }

    [Test]
    public async Task A_refused_complaint_keeps_what_was_typed_and_leads_to_the_fields()
    {
        const string attack = "<script>alert(1)</script>";
        var sent = await App.Client.PostForm(await Path(), ("key", "k1"), ("text", attack), ("receiver", "Director"), ("name", "王某"), ("email", "不是邮箱"), ("ticket", "号 12"));

        Assert.That(sent.Status, Is.EqualTo(400));
        Assert.That(sent.Text, Does.Contain("<a href=\"#about\">").And.Contain("id=\"about\"").And.Contain("<a href=\"#email\">").And.Contain("<a href=\"#ticket\">"));
        Assert.That(sent.Text, Does.Contain(attack).And.Contain("value=\"Director\" checked").And.Contain("value=\"王某\"").And.Contain("value=\"不是邮箱\"").And.Contain("value=\"号 12\""));
        Assert.That(sent.Html, Does.Not.Contain("<script>"));
        Assert.That(await App.Sql<int>("select count(*) from case_file"), Is.Zero);
    }

    [TestCase("about", "Murder")]
    [TestCase("about", "99")]
    [TestCase("receiver", "Nobody")]
    public async Task A_choice_that_is_not_on_the_page_is_refused(string field, string value)
    {
        var sent = await App.Client.PostForm(await Path(), [.. Delay.Where(d => d.Name != field), (field, value)]);

        Assert.That(sent.Status, Is.EqualTo(400));
        Assert.That(sent.Text, Does.Contain($"<a href=\"#{field}\">"));
        Assert.That(await App.Sql<int>("select count(*) from case_file"), Is.Zero);
    }

    [Test]
    public async Task A_forged_code_files_nothing()
    {
        Assert.That((await App.Client.PostForm("/w/AAAABBBBCCCCDDDD/complaint", Delay)).Status, Is.EqualTo(404));
        Assert.That((await App.Client.GetPage("/w/AAAABBBBCCCCDDDD/complaint")).Status, Is.EqualTo(404));
        Assert.That(await App.Sql<int>("select count(*) from case_file"), Is.Zero);
    }
}

using Feedback.Tests.Harness;

namespace Feedback.Tests.Web;

internal sealed class RatePageTests(Engine engine) : SliceTest(engine)
{
    private async Task<string> Path(string window = "A01") => "/w/" + await App.Token(window);

    [Test]
    public async Task A_refused_text_keeps_the_empty_lines_that_it_begins_with()
    {
        var page = await App.Client.PostForm("/w/" + await App.Token("A01"), ("key", "k1"), ("comment", "\n\n等了很久"));
        Assert.That(page.Status, Is.EqualTo(400));
        Assert.That(page.Text, Does.Match("<textarea[^>]*>\n\n\n等了很久</textarea>"), "a browser drops the first");
    }

    [Test]
    public async Task The_page_names_the_window_and_offers_five_faces_with_their_tags()
    {
        var page = await App.Client.GetPage(await Path());

        Assert.That(page.Status, Is.EqualTo(200));
        Assert.That(page.Html, Does.Contain("<html lang=\"zh-CN\">"));
        Assert.That(page.Text, Does.Contain("示范区人社服务大厅").And.Contain("1号窗口 社保登记").And.Contain("材料齐全,当场办结").And.Contain("12333"));
        foreach (var word in new[] { "非常满意", "满意", "基本满意", "不满意", "非常不满意" }) Assert.That(page.Text, Does.Contain($"<span>{word}</span>"));
        Assert.That(page.Text, Does.Contain("name=\"tags2\" value=\"209\"").And.Contain("未在承诺时间内办结"));
        Assert.That(page.Text, Does.Contain(await Path() + "/complaint"));
        Assert.That(page.Html, Does.Not.Contain("checked"));
    }

    [Test]
    public async Task Each_rendering_has_a_key_of_its_own_and_no_cache_hands_it_on()
    {
        var (first, second) = (await App.Client.GetPage(await Path()), await App.Client.GetPage(await Path()));

        Assert.That(Guid.Parse(first.Key).Version, Is.EqualTo(7));
        Assert.That(second.Key, Is.Not.EqualTo(first.Key));
        Assert.That(first.Response.Headers.CacheControl!.ToString(), Does.Contain("no-cache").And.Contain("private"));
    }

    [Test]
    public async Task One_tap_and_submit_is_enough()
    {
        var path = await Path();
        var sent = await App.Client.PostForm(path, ("key", "k1"), ("grade", "5"));

        Assert.That((sent.Status, sent.Location), Is.EqualTo((303, path + "/thanks")));
        Assert.That(await App.Sql<int>("select count(*) from rating where grade = 5 and comment is null and ticket is null and visits is null and item_code is null and contact_id is null"), Is.EqualTo(1));
    }

    [Test]
    public async Task All_that_was_typed_is_stored()
    {
        await App.Client.PostForm(
            await Path(),
            ("key", "k1"), ("grade", "2"), ("tags2", "209"), ("tags2", "214"), ("comment", "等了很久"), ("ticket", " A012 "), ("visits", "3"), ("item", "SI-01"), ("phone", "13800000000"));

        Assert.That(await App.Sql<int>("select count(*) from rating where grade = 2 and comment = '等了很久' and ticket = 'A012' and visits = 3 and item_code = 'SI-01' and contact_id is not null"), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select count(*) from rating_tag where tag_code in ('209', '214')"), Is.EqualTo(2));
    }

    [Test]
    public async Task Numbers_in_full_width_are_numbers()
    {
        await App.Client.PostForm(await Path(), ("key", "k1"), ("grade", "4"), ("visits", "\uFF13"), ("ticket", "\uFF21\uFF10\uFF11\uFF12"));

        Assert.That(await App.Sql<int>("select count(*) from rating where visits = 3 and ticket = 'A012'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Ticks_left_under_another_face_do_not_count()
    {
        var sent = await App.Client.PostForm(await Path(), ("key", "k1"), ("grade", "5"), ("tags5", "510"), ("tags2", "209"));

        Assert.That(sent.Status, Is.EqualTo(303));
        Assert.That(await App.Sql<string>("select tag_code from rating_tag"), Is.EqualTo("510"));
    }

    [Test]
    public async Task A_tag_that_was_forged_under_the_chosen_face_is_refused()
    {
        var sent = await App.Client.PostForm(await Path(), ("key", "k1"), ("grade", "5"), ("tags5", "209"));

        Assert.That(sent.Status, Is.EqualTo(400));
        Assert.That(sent.Html, Does.Contain("href=\"#tags\"").And.Contain("id=\"tags\""));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.Zero);
    }

    [Test]
    public async Task The_page_afterwards_thanks_by_name_of_the_grade_and_shows_the_receipt()
    {
        var path = await Path();
        var sent = await App.Client.PostForm(path, ("key", "k1"), ("grade", "1"));
        var thanks = await App.Client.GetPage(sent.Location!, sent.Cookies);

        Assert.That(thanks.Status, Is.EqualTo(200));
        Assert.That(thanks.Text, Does.Contain("谢谢您的直言").And.Contain("非常不满意").And.Contain("1 个工作日内核实"));
        Assert.That(thanks.Fact("回执号").Replace("-", ""), Is.EqualTo(await App.Sql<string>("select receipt from rating")));
        Assert.That(sent.Location, Does.Not.Contain(thanks.Fact("回执号")));
    }

    [Test]
    public async Task The_page_afterwards_invents_nothing_without_its_cookie()
    {
        var sent = await App.Client.PostForm(await Path(), ("key", "k1"), ("grade", "1"));
        foreach (var cookie in new[] { "", "rated=9.AAAA-BBBB", "rated=1.<b>" })
        {
            var thanks = await App.Client.GetPage(sent.Location!, cookie);
            Assert.That(thanks.Text, Does.Contain("谢谢您的评价").And.Not.Contain("回执号"));
        }
    }

    [Test]
    public async Task A_refused_form_keeps_what_was_typed_and_leads_to_the_fields()
    {
        var sent = await App.Client.PostForm(
            await Path(), ("key", "k1"), ("grade", "2"), ("tags2", "213"), ("comment", new string('好', 151)), ("visits", "好几次"), ("item", "SI-02"), ("phone", "打我手机"));

        Assert.That(sent.Status, Is.EqualTo(400));
        Assert.That(sent.Text, Does.Contain("还没有提交成功").And.Contain("<a href=\"#visits\">").And.Contain("<a href=\"#phone\">"));
        Assert.That(sent.Text, Does.Contain("value=\"2\" checked").And.Contain("value=\"213\" checked").And.Contain("value=\"SI-02\" selected"));
        Assert.That(sent.Text, Does.Contain(new string('好', 151)).And.Contain("value=\"好几次\"").And.Contain("value=\"打我手机\"").And.Contain("<details open"));
        Assert.That(sent.Key, Is.EqualTo("k1"));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.Zero);
    }

    [Test]
    public async Task A_comment_that_is_too_long_says_by_how_much()
    {
        var sent = await App.Client.PostForm(await Path(), ("key", "k1"), ("grade", "2"), ("comment", new string('好', 151)));

        Assert.That(sent.Status, Is.EqualTo(400));
        Assert.That(sent.Text, Does.Contain("<a href=\"#comment\">最多 150 个字,现在有 151 个。</a>"));
    }

    [TestCase("")]
    [TestCase("6")]
    [TestCase("great")]
    public async Task No_face_is_a_question_not_a_rating(string grade)
    {
        var sent = await App.Client.PostForm(await Path(), ("key", "k1"), ("grade", grade), ("comment", "还行"));

        Assert.That(sent.Status, Is.EqualTo(400));
        Assert.That(sent.Text, Does.Contain("<a href=\"#grade\">").And.Contain("id=\"grade\"").And.Contain("还行"));
    }

    [Test]
    public async Task Markup_in_what_was_typed_stays_text()
    {
        const string attack = "</textarea><script>alert('x')</script>";
        var sent = await App.Client.PostForm(await Path(), ("key", "\"><script>k</script>"), ("comment", attack), ("phone", "\" onfocus=\"alert(1)"), ("visits", "<img src=x>"));

        Assert.That(sent.Text, Does.Contain(attack));
        Assert.That(sent.Html, Does.Not.Contain("<script>").And.Not.Contain("<img").And.Not.Contain("\" onfocus"));
    }

    [Test]
    public async Task Sending_the_form_twice_stores_one_rating_and_thanks_twice()
    {
        var (path, fields) = (await Path(), new[] { ("key", "k1"), ("grade", "4"), ("comment", "好") });
        var (first, second) = (await App.Client.PostForm(path, fields), await App.Client.PostForm(path, fields));

        Assert.That((first.Status, second.Status, second.Cookies), Is.EqualTo((303, 303, first.Cookies)));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(1));
    }

    [Test]
    public async Task Going_back_to_change_a_sent_form_says_that_it_was_sent()
    {
        var path = await Path();
        await App.Client.PostForm(path, ("key", "k1"), ("grade", "4"));
        var changed = await App.Client.PostForm(path, ("key", "k1"), ("grade", "1"));

        Assert.That(changed.Status, Is.EqualTo(409));
        Assert.That(changed.Text, Does.Contain("已经提交过了").And.Not.Contain("Idempotency"));
        Assert.That(await App.Sql<int>("select grade from rating"), Is.EqualTo(4));
    }

    [Test]
    public async Task A_ticket_that_was_rated_is_named_at_its_field()
    {
        await App.Client.PostForm(await Path(), ("key", "k1"), ("grade", "4"), ("ticket", "A012"));
        var again = await App.Client.PostForm(await Path(), ("key", "k2"), ("grade", "1"), ("ticket", "A012"));

        Assert.That(again.Status, Is.EqualTo(409));
        Assert.That(again.Text, Does.Contain("<a href=\"#ticket\">这张取号单已经评价过了"));
    }

    [TestCase("GET")]
    [TestCase("POST")]
    public async Task A_forged_code_leads_to_typing_the_right_one(string method)
    {
        var page = method == "GET" ? await App.Client.GetPage("/w/AAAABBBBCCCCDDDD") : await App.Client.PostForm("/w/AAAABBBBCCCCDDDD", ("grade", "5"));

        Assert.That(page.Status, Is.EqualTo(404));
        Assert.That(page.Text, Does.Contain("没有找到这个窗口").And.Contain("href=\"/w\""));
    }

    [Test]
    public async Task A_revoked_code_says_so()
    {
        var path = await Path();
        using var supervisor = await App.SignedIn("supervisor");
        await supervisor.PostAsync("/api/v1/windows/A01/token", null);

        foreach (var page in new[] { await App.Client.GetPage(path), await App.Client.GetPage(path + "/complaint"), await App.Client.PostForm(path, ("grade", "5")) })
        {
            Assert.That(page.Status, Is.EqualTo(410));
            Assert.That(page.Text, Does.Contain("已经停用").And.Contain("href=\"/w\""));
        }

        Assert.That((await App.Client.GetPage(await Path())).Status, Is.EqualTo(200));
    }
}

using Feedback.Tests.Harness;

namespace Feedback.Tests.Web;

internal sealed class StartPageTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task The_start_page_links_to_rating_receipt_tracking_and_sign_in()
    {
        var page = await App.Client.GetPage("/");

        Assert.That(page.Status, Is.EqualTo(200));
        Assert.That(page.Text, Does.Contain("href=\"/w\"").And.Contain("href=\"/r\"").And.Contain("href=\"/track\"").And.Contain("href=\"/console/sign-in\""));
    }

    [Test]
    public async Task Chinese_travels_as_it_is_and_markup_never_does()
    {
        Assert.That((await App.Client.GetPage("/")).Html, Does.Contain("评价和投诉").And.Not.Contain("&#x"));
        Assert.That((await App.Client.GetPage("/track?number=" + Uri.EscapeDataString("<b>'编号"))).Html, Does.Contain("&lt;b&gt;&#x27;编号").And.Not.Contain("<b>"));
    }

    [Test]
    public async Task The_code_of_the_poster_may_be_typed_as_people_type()
    {
        var token = await App.Token("B02");
        var typed = string.Join(' ', token.ToLowerInvariant().Chunk(4).Select(c => new string(c)));

        Assert.That((await App.Client.GetPage("/w")).Text, Does.Contain("name=\"code\""));
        var found = await App.Client.GetPage("/w?code=" + Uri.EscapeDataString(typed));
        Assert.That((found.Status, found.Location), Is.EqualTo((303, "/w/" + token)));
    }

    [Test]
    public async Task A_mistyped_code_is_kept_for_correction()
    {
        var page = await App.Client.GetPage("/w?code=" + Uri.EscapeDataString("7K2M <9XQA"));

        Assert.That(page.Status, Is.EqualTo(404));
        Assert.That(page.Text, Does.Contain("没有找到这个窗口").And.Contain("value=\"7K2M <9XQA\""));
    }

    [Test]
    public async Task An_unknown_address_gets_a_page_and_a_style_sheet_gets_itself()
    {
        var unknown = await App.Client.GetPage("/no/such.page");
        Assert.That((unknown.Status, unknown.Response.Content.Headers.ContentType!.MediaType), Is.EqualTo((404, "text/html")));
        Assert.That(unknown.Text, Does.Contain("没有这个页面").And.Contain("href=\"/\""));

        var known = await App.Client.GetPage("/citizen.css");
        Assert.That((known.Status, known.Response.Content.Headers.ContentType!.MediaType), Is.EqualTo((200, "text/css")));
    }

    [Test]
    public async Task An_unknown_address_under_api_stays_a_problem()
    {
        var answer = await App.Client.GetJson("/api/v1/nothing");

        Assert.That((answer.Status, answer.Code), Is.EqualTo((404, "not_found")));
    }

    [Test]
    public async Task The_language_switch_holds_at_once_and_from_then_on()
    {
        Assert.That((await App.Client.GetPage("/track")).Text, Does.Contain("<html lang=\"zh-CN\">").And.Contain("href=\"/track?lang=en-GB\""));

        var english = await App.Client.GetPage("/track?lang=en-GB");
        Assert.That(english.Text, Does.Contain("<html lang=\"en").And.Contain("Follow a complaint").And.Contain("href=\"/track?lang=zh-CN\""));
        Assert.That((await App.Client.GetPage("/", english.Cookies)).Text, Does.Contain("Ratings and complaints"));

        var back = await App.Client.GetPage("/track?lang=zh-CN", english.Cookies);
        Assert.That((await App.Client.GetPage("/", back.Cookies)).Text, Does.Contain("评价和投诉"));
    }

    [Test]
    public async Task A_language_that_is_not_spoken_changes_nothing()
    {
        var page = await App.Client.GetPage("/?lang=fr");

        Assert.That(page.Html, Does.Contain("<html lang=\"zh-CN\">"));
        Assert.That(page.Cookies, Is.Empty);
    }

    [Test]
    public async Task Large_type_holds_at_once_and_from_then_on_until_it_is_switched_back()
    {
        Assert.That((await App.Client.GetPage("/")).Html, Does.Not.Contain("class=\"large\""));

        var large = await App.Client.GetPage("/?type=large");
        Assert.That(large.Html, Does.Contain("<body class=\"large\">"));
        Assert.That((await App.Client.GetPage("/track", large.Cookies)).Html, Does.Contain("<body class=\"large\">"));

        var standard = await App.Client.GetPage("/?type=standard", large.Cookies);
        Assert.That(standard.Html, Does.Not.Contain("class=\"large\""));
        Assert.That((await App.Client.GetPage("/track", standard.Cookies)).Html, Does.Not.Contain("class=\"large\""));
        Assert.That((await App.Client.GetPage("/?type=huge")).Cookies, Is.Empty);
    }

    [Test]
    public async Task The_switches_keep_the_rest_of_the_address()
    {
        Assert.That((await App.Client.GetPage("/track?number=20261116-483920")).Text, Does.Contain("href=\"/track?number=20261116-483920&lang=en-GB\""));
    }

    [Test]
    public async Task A_failure_of_ours_speaks_the_readers_language_and_offers_what_was_sent_again()
    {
        var path = $"/w/{await App.Token("A01")}";
        await App.Sql<int>("drop table rating_tag");
        var page = await App.Client.PostForm(path + "?lang=en-GB", ("key", "k1"), ("grade", "5"), ("tags5", "510"), ("comment", "很<好>"));

        Assert.That(page.Status, Is.EqualTo(500));
        Assert.That(page.Text, Does.Contain("<html lang=\"en").And.Contain("Something went wrong").And.Contain("Try again").And.Contain("name=\"comment\" value=\"很<好>\""));
        Assert.That(page.Html, Does.Not.Contain("<好>"));
    }

    [Test]
    public async Task A_failure_at_a_form_of_the_staffs_repeats_nothing()
    {
        var page = await App.Client.PostForm("/no/such/form", ("password", "secret"));

        Assert.That(page.Status, Is.EqualTo(404));
        Assert.That(page.Text, Does.Not.Contain("secret").And.Not.Contain("Try again"));
    }

    [Test]
    public async Task What_an_address_does_not_take_asks_nobody_to_sign_in()
    {
        var json = await App.Client.PostAsync($"/w/{await App.Token("A01")}", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));
        var delete = await App.Client.DeleteAsync("/track");

        Assert.That(((int)json.StatusCode, (int)delete.StatusCode), Is.EqualTo((415, 405)));
    }
}

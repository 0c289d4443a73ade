using Feedback.Tests.Harness;

namespace Feedback.Tests.Web;

/// <summary>追评: a rating opened with its receipt, and what is added to it.</summary>
internal sealed class SupplementPageTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task The_page_afterwards_leads_to_the_rating()
    {
        var sent = await App.Client.PostForm("/w/" + await App.Token("A01"), ("key", "k1"), ("grade", "2"), ("comment", "等了很久"));
        var thanks = await App.Client.GetPage(sent.Location!, sent.Cookies);
        Assert.That(thanks.Html, Does.Contain("action=\"/r\"").And.Contain($"name=\"receipt\" value=\"{thanks.Fact("回执号")}\""));

        var rating = await App.Client.PostForm("/r", ("receipt", thanks.Fact("回执号")));
        Assert.That(rating.Status, Is.EqualTo(200));
        Assert.That(rating.Text, Does.Contain("1号窗口 社保登记").And.Contain("<strong>不满意</strong>").And.Contain("12月16日(周三)及以前可以追评一次").And.Contain("name=\"comment\""));
        Assert.That(rating.Text, Does.Not.Contain("等了很久"), "a receipt is no key to what was written");
        Assert.That(rating.Response.Headers.CacheControl!.NoStore, Is.True);
    }

    [Test]
    public async Task What_is_added_is_stored_once_and_thanked_for_however_often_it_is_sent()
    {
        var receipt = await Receipt();
        var fields = new[] { ("key", "k2"), ("receipt", receipt.ToLowerInvariant()), ("adds", "true"), ("grade", "5"), ("comment", "后来解决了") };
        var (first, second) = (await App.Client.PostForm("/r", fields), await App.Client.PostForm("/r", fields));

        foreach (var page in new[] { first, second })
        {
            Assert.That(page.Status, Is.EqualTo(200));
            Assert.That(page.Text, Does.Contain("收到了您的追评").And.Contain("<strong>不满意</strong>").And.Contain("<strong>非常满意</strong>").And.Not.Contain("name=\"comment\""));
        }

        Assert.That(await App.Sql<int>("select count(*) from rating_supplement where grade = 5 and comment = '后来解决了'"), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select grade from rating"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_second_one_is_refused_and_says_that_there_is_one()
    {
        var receipt = await Receipt();
        await App.Client.PostForm("/r", ("key", "k2"), ("receipt", receipt), ("adds", "true"), ("comment", "第一次"));
        var again = await App.Client.PostForm("/r", ("key", "k3"), ("receipt", receipt), ("adds", "true"), ("comment", "第二次"));

        Assert.That(again.Status, Is.EqualTo(409));
        Assert.That(again.Text, Does.Contain("这条评价已经追评过").And.Contain("11月16日(周一)10:00 已经补充").And.Not.Contain("收到了您的追评"));
        Assert.That(await App.Sql<string>("select comment from rating_supplement"), Is.EqualTo("第一次"));
    }

    [Test]
    public async Task A_refused_supplement_keeps_what_was_typed()
    {
        var receipt = await Receipt();
        var (empty, longer) = (
            await App.Client.PostForm("/r", ("key", "k2"), ("receipt", receipt), ("adds", "true")),
            await App.Client.PostForm("/r", ("key", "k3"), ("receipt", receipt), ("adds", "true"), ("grade", "4"), ("comment", new string('好', 151))));

        Assert.That((empty.Status, longer.Status), Is.EqualTo((400, 400)));
        Assert.That(empty.Text, Does.Contain("<a href=\"#comment\">请补充评价或留言。</a>"));
        Assert.That(longer.Text, Does.Contain("<a href=\"#comment\">最多 150 个字,现在有 151 个。</a>").And.Contain(new string('好', 151)).And.Contain("value=\"4\" checked").And.Contain("<details open"));
        Assert.That(longer.Key, Is.EqualTo("k3"));
        Assert.That(await App.Sql<int>("select count(*) from rating_supplement"), Is.Zero);
    }

    [TestCase("2026-12-16T23:59", true)]
    [TestCase("2026-12-17T00:00", false)]
    public async Task After_the_last_day_the_form_is_gone(string then, bool open)
    {
        var receipt = await Receipt();
        App.Clock.Now = TestApp.Local(then);
        var page = await App.Client.PostForm("/r", ("receipt", receipt));

        Assert.That(page.Text.Contains("name=\"comment\"", StringComparison.Ordinal), Is.EqualTo(open));
        Assert.That(page.Text.Contains("现在已经过期", StringComparison.Ordinal), Is.EqualTo(!open));
    }

    [TestCase("")]
    [TestCase("AAAA-BBBB")]
    public async Task An_unknown_receipt_is_asked_for_again(string receipt)
    {
        foreach (var fields in new[] { new[] { ("receipt", receipt) }, [("receipt", receipt), ("adds", "true"), ("comment", "补充")] })
        {
            var page = await App.Client.PostForm("/r", fields);
            Assert.That(page.Status, Is.EqualTo(404));
            Assert.That(page.Text, Does.Contain("<a href=\"#receipt\">没有找到这条评价,请核对回执号。</a>").And.Contain($"value=\"{receipt}\""));
        }
    }

    [Test]
    public async Task Another_language_asks_for_the_page_and_not_for_the_deed()
    {
        var page = await App.Client.PostForm("/r?lang=en-GB", ("key", "k2"), ("receipt", await Receipt()), ("adds", "true"), ("comment", "后来解决了"));

        Assert.That(page.Text, Does.Contain("We received what you added").And.Contain("Dissatisfied").And.Contain("Window 1, registration"));
        var switches = page.Text[page.Text.IndexOf("class=\"switches\"", StringComparison.Ordinal)..];
        Assert.That(switches, Does.Contain("name=\"receipt\"").And.Not.Contain("name=\"adds\"").And.Not.Contain("name=\"comment\""));
    }

    [Test]
    public async Task No_address_opens_a_rating()
    {
        var receipt = await Receipt();
        var page = await App.Client.GetPage("/r?receipt=" + receipt);
        Assert.That(page.Status, Is.EqualTo(200));
        Assert.That(page.Text, Does.Contain("name=\"receipt\"").And.Not.Contain($"value=\"{receipt}\"").And.Not.Contain("不满意"));
    }

    private async Task<string> Receipt() => (string)(await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 2 }))["receipt"]!;
}

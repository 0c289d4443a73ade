using Feedback.Tests.Harness;

namespace Feedback.Tests.Web.Console;

/// <summary>The page of a bad rating: each sees what they can do now, and the forms do it.</summary>
internal sealed class BadRatingPageTests(Engine engine) : SliceTest(engine)
{
    private string _page = "";

    [SetUp]
    public async Task GiveABadRating()
    {
        await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 1, tags = new[] { "115" }, comment = "等了<三>天", contact = new { phone = "13800000000" } });
        _page = $"/console/cases/{await App.Sql<string>("select case_number from bad_rating")}/rating";
    }

    [Test]
    public async Task The_unit_verifies_and_somebody_outside_calls_back()
    {
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        using var supervisor = await ConsoleClient.SignedIn(App, "supervisor");
        Assert.That((await head.Get(_page)).Text, Does.Contain("等了<三>天").And.Contain("标签反映:态度问题").And.Contain("id=\"Verify\"").And.Contain("id=\"Appeal\"").And.Not.Contain("id=\"CallBack\""));
        Assert.That((await supervisor.Get(_page)).Text, Does.Not.Contain("id=\"Appeal\""));

        var verified = await head.Post(_page, ("command", "Verify"), ("outcome", "Explained"), ("Attitude", "false"), ("note", "已当面说明"));
        Assert.That(verified, Is.EqualTo(new ConsolePage(303, "", _page)));
        Assert.That((await head.Get(_page)).Text, Does.Contain("待回访").And.Not.Contain("id=\"CallBack\""), "the unit does not call back itself");

        await supervisor.Get(_page);
        Assert.That((await supervisor.Post(_page, ("command", "CallBack"), ("result", "Content"), ("note", "市民认可"))).Status, Is.EqualTo(303));
        Assert.That((await supervisor.Get(_page)).Text, Does.Contain("已闭环"));
        Assert.That((await supervisor.Get(_page.Replace("/rating", "", StringComparison.Ordinal))).Text, Does.Contain("回访市民,市民满意。市民认可").And.Contain(_page));
    }

    [Test]
    public async Task A_refused_form_keeps_what_was_written()
    {
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        await head.Get(_page);
        var refused = await head.Post(_page, ("command", "Verify"), ("outcome", "Explained"), ("note", "已当面说明"));
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain("请逐项说明标签所指的问题是否属实。").And.Contain("已当面说明</textarea>").And.Contain("value=\"Explained\" selected"));
        Assert.That((await head.Post(_page, ("command", "Erase"), ("note", "x"))).Status, Is.EqualTo(400));
        Assert.That(await App.Sql<int>("select count(*) from bad_rating where stage = 'Verifying'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Another_unit_finds_no_such_page()
    {
        using var other = await ConsoleClient.SignedIn(App, "head-em");
        Assert.That((await other.Get(_page)).Status, Is.EqualTo(404));
    }
}

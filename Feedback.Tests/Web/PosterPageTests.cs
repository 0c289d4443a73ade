using Feedback.Tests.Harness;

namespace Feedback.Tests.Web;

internal sealed class PosterPageTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task The_poster_says_in_both_languages_where_to_scan_and_what_to_type()
    {
        using var supervisor = await App.SignedIn("supervisor");
        var poster = await supervisor.GetPage("/windows/A02/poster");

        var code = string.Join('-', (await App.Token("A02")).Chunk(4).Select(c => new string(c)));
        Assert.That(poster.Status, Is.EqualTo(200));
        Assert.That(poster.Text, Does.Contain("示范区人社服务大厅").And.Contain("2号窗口 养老待遇").And.Contain("Window 2, pensions").And.Contain("<svg"));
        Assert.That(poster.Text, Does.Contain(code).And.Contain(App.Address.Authority + "/w").And.Contain("12333").And.Contain("缺什么,一次说清").And.Contain("We tell you once what is missing"));
        Assert.That(poster.Text, Does.Contain("扫一扫").And.Contain("Scan to rate").And.Contain("非常不满意"));
    }

    [Test]
    public async Task A_visitor_is_asked_to_sign_in()
    {
        var page = await App.Client.GetPage("/windows/A02/poster");

        Assert.That(page.Status, Is.EqualTo(302));
        Assert.That(page.Location, Does.Contain("/console/sign-in"));
    }

    [Test]
    public async Task A_window_that_does_not_exist_has_no_poster()
    {
        using var supervisor = await App.SignedIn("supervisor");

        Assert.That((await supervisor.GetPage("/windows/Z99/poster")).Status, Is.EqualTo(404));
    }
}

using Feedback.Tests.Harness;

namespace Feedback.Tests.Web;

/// <summary>The screen at a window and the citizen's page that its code opens.</summary>
internal sealed class ScreenPageTests(Engine engine) : SliceTest(engine)
{
    [TestCase("2026-11-16T10:00:00", 30)]
    [TestCase("2026-11-16T10:00:12.500", 18)]
    [TestCase("2026-11-16T10:00:29.999", 1)]
    public async Task The_screen_opens_itself_anew_when_the_code_changes(string now, int seconds)
    {
        App.Clock.Now = TestApp.Local(now);
        var screen = await App.Client.GetPage(await App.Screen("A02"));

        Assert.That(screen.Status, Is.EqualTo(200));
        Assert.That(screen.Html, Does.Contain($"<meta http-equiv=\"refresh\" content=\"{seconds}\"").And.Not.Contain("<script"));
        Assert.That(screen.Text, Does.Contain("10:00:30").And.Contain("2号窗口 养老待遇").And.Contain("Window 2, pensions").And.Contain("<svg"));
        Assert.That(screen.Response.Headers.CacheControl!.NoStore, Is.True);
    }

    [Test]
    public async Task The_code_stays_for_its_step_and_changes_with_the_next()
    {
        var first = await App.PresenceCode("A01");
        App.Clock.Now = TestApp.Local("2026-11-16T10:00:29.999");
        Assert.That(await App.PresenceCode("A01"), Is.EqualTo(first));
        Assert.That(await App.PresenceCode("A02"), Is.Not.EqualTo(first));
        App.Clock.Now = TestApp.Local("2026-11-16T10:00:30");
        Assert.That(await App.PresenceCode("A01"), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task A_screen_ends_with_the_windows_code_and_says_so()
    {
        var old = await App.Screen("A01");
        using var supervisor = await App.SignedIn("supervisor");
        await supervisor.PostAsync("/api/v1/windows/A01/token", null);

        var ended = await App.Client.GetPage(old);
        Assert.That(ended.Status, Is.EqualTo(410));
        Assert.That(ended.Text, Does.Contain("这块屏幕已经停用").And.Contain("this screen has ended").And.Not.Contain("class=\"code\""));
        Assert.That((await App.Client.GetPage(await App.Screen("A01"))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_screen_is_opened_by_its_own_address_only()
    {
        foreach (var key in new[] { await App.Token("A01"), await App.Token("A01") + "AAAABBBB", "A01", "AAAABBBBCCCCDDDDEEEEFFFF" })
        {
            var page = await App.Client.GetPage("/screen/" + key);
            Assert.That(page.Status, Is.EqualTo(404), key);
            Assert.That(page.Text, Does.Contain("没有这块屏幕").And.Contain("There is no such screen"));
        }
    }

    [TestCase("supervisor", 303)]
    [TestCase("admin", 303)]
    [TestCase("handler", 403)]
    [TestCase("inspector", 403)]
    public async Task Who_may_open_a_screen(string login, int status)
    {
        using var staff = await App.SignedIn(login);
        Assert.That((await staff.GetPage("/windows/A01/screen")).Status, Is.EqualTo(status));
        Assert.That((await staff.GetPage("/console/windows")).Text.Contains("/windows/A01/screen", StringComparison.Ordinal), Is.EqualTo(status == 303));
    }

    [Test]
    public async Task A_visitor_opens_no_screen_and_a_missing_window_has_none()
    {
        Assert.That((await App.Client.GetPage("/windows/A01/screen")).Location, Does.Contain("/console/sign-in"));
        using var supervisor = await App.SignedIn("supervisor");
        Assert.That((await supervisor.GetPage("/windows/Z99/screen")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Who_scans_the_screen_has_half_an_hour_to_write()
    {
        var (path, page) = await Scanned();
        Assert.That(page.Text, Does.Contain("您在窗口现场,已核对").And.Not.Contain("窗口屏幕上的 6 位数字"));

        App.Clock.Now = TestApp.Local("2026-11-16T10:29");
        Assert.That((await App.Client.PostForm(path, ("key", page.Key), ("grade", "5"), ("presence", page.Proof))).Status, Is.EqualTo(303));
        Assert.That(await Proved(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_proof_of_one_form_serves_no_other()
    {
        var (path, page) = await Scanned();
        foreach (var key in new[] { "another", page.Key + "0" })
        {
            Assert.That((await App.Client.PostForm(path, ("key", key), ("grade", "5"), ("presence", page.Proof))).Status, Is.EqualTo(303));
        }

        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(2));
        Assert.That(await Proved(), Is.Zero);
    }

    [Test]
    public async Task An_old_code_is_named_quietly_and_the_rating_counts()
    {
        var path = "/w/" + await App.Token("A01");
        var code = await App.PresenceCode("A01");
        App.Clock.Now = TestApp.Local("2026-11-16T10:05");
        var page = await App.Client.GetPage($"{path}?p={code}");

        Assert.That(page.Status, Is.EqualTo(200));
        Assert.That(page.Text, Does.Contain("您的评价照样算数").And.Contain("窗口屏幕上的 6 位数字").And.Not.Contain("您在窗口现场"));
        Assert.That(page.Proof, Is.Empty);
        Assert.That((await App.Client.PostForm(path, ("key", page.Key), ("grade", "5"))).Status, Is.EqualTo(303));
        Assert.That(await Proved(), Is.Zero);
    }

    [Test]
    public async Task The_printed_code_opens_the_page_as_ever()
    {
        var page = await App.Client.GetPage("/w/" + await App.Token("A01"));
        Assert.That(page.Text, Does.Not.Contain("您的评价照样算数").And.Not.Contain("您在窗口现场").And.Contain("窗口屏幕上的 6 位数字"));
    }

    [Test]
    public async Task Six_digits_typed_in_full_width_prove_it_too()
    {
        var typed = string.Concat((await App.PresenceCode("A01")).Select(c => (char)(c + 0xFEE0)));
        await App.Client.PostForm("/w/" + await App.Token("A01"), ("key", "k1"), ("grade", "5"), ("presence", typed));
        Assert.That(await Proved(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_refused_form_keeps_what_it_proved()
    {
        var path = "/w/" + await App.Token("A01");
        var refused = await App.Client.PostForm(path, ("key", "k1"), ("grade", "5"), ("visits", "好几次"), ("presence", await App.PresenceCode("A01")));
        Assert.That(refused.Status, Is.EqualTo(400));

        App.Clock.Now = TestApp.Local("2026-11-16T10:10");
        await App.Client.PostForm(path, ("key", refused.Key), ("grade", "5"), ("presence", refused.Proof));
        Assert.That(await Proved(), Is.EqualTo(1));
    }

    [Test]
    public async Task Another_language_or_type_keeps_the_form_and_its_proof()
    {
        var (path, page) = await Scanned();
        App.Clock.Now = TestApp.Local("2026-11-16T10:20");
        foreach (var reading in new[] { "lang=en-GB", "type=large" })
        {
            var link = System.Text.RegularExpressions.Regex.Match(page.Text, $"href=\"([^\"]+{reading})\"").Groups[1].Value;
            var again = await App.Client.GetPage(link);
            Assert.That((again.Key, again.Proof), Is.EqualTo((page.Key, page.Proof)), link);
        }

        var forged = await App.Client.GetPage($"{path}?p={page.Proof}&key=chosen");
        Assert.That((Guid.Parse(forged.Key).Version, forged.Proof), Is.EqualTo((7, "")), "a key without its proof is not taken");
    }

    private async Task<(string Path, Page Page)> Scanned()
    {
        var path = "/w/" + await App.Token("A01");
        return (path, await App.Client.GetPage($"{path}?p={await App.PresenceCode("A01")}"));
    }

    private Task<int> Proved() => App.Sql<int>("select count(*) from rating where presence is not null");
}

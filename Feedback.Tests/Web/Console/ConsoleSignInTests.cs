using Feedback.Tests.Harness;

namespace Feedback.Tests.Web.Console;

internal sealed class ConsoleSignInTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task The_right_password_leads_to_the_first_place_of_the_role()
    {
        using var visitor = await ConsoleClient.SignedIn(App, "supervisor");

        Assert.That((await visitor.Get("/console")).Location, Is.EqualTo("/console/cases"));
        var board = await visitor.Get("/console/cases");
        Assert.That(board.Status, Is.EqualTo(200));
        Assert.That(board.Text, Does.Contain("示范区人社服务大厅").And.Contain("大厅值班长"));
    }

    [TestCase("supervisor", "not-the-password", 403, "账号或密码不正确。")]
    [TestCase("nobody", "feedback-demo", 403, "账号或密码不正确。")]
    [TestCase("supervisor", "", 400, "请输入密码。")]
    [TestCase("", "feedback-demo", 400, "请输入账号。")]
    public async Task A_wrong_password_and_an_unknown_account_look_alike_and_nobody_is_signed_in(string login, string password, int status, string sentence)
    {
        using var visitor = new ConsoleClient(App);
        await visitor.Get("/console/sign-in");

        var refused = await visitor.Post("/console/sign-in", ("login", login), ("password", password));

        Assert.That(refused.Status, Is.EqualTo(status));
        Assert.That(refused.Text, Does.Contain(sentence));
        Assert.That(refused.Text, login.Length == 0 ? Does.Not.Contain("value=\"supervisor\"") : Does.Contain($"value=\"{login}\""));
        Assert.That((await visitor.Get("/console")).Location, Does.Contain("/console/sign-in?ReturnUrl=%2Fconsole"));
    }

    [TestCase("/console/windows", "/console/windows")]
    [TestCase("https://evil.example/console", "/console")]
    [TestCase("//evil.example", "/console")]
    [TestCase("/\\evil.example", "/console")]
    [TestCase("", "/console")]
    public async Task After_signing_in_the_reader_returns_within_this_site_and_to_no_other(string returnUrl, string expected)
    {
        using var visitor = new ConsoleClient(App);
        var address = "/console/sign-in?ReturnUrl=" + Uri.EscapeDataString(returnUrl);
        await visitor.Get(address);

        var done = await visitor.Post(address, ("login", "supervisor"), ("password", "feedback-demo"));

        Assert.That((done.Status, done.Location), Is.EqualTo((303, expected)));
    }

    [Test]
    public async Task Signing_out_ends_it()
    {
        using var visitor = await ConsoleClient.SignedIn(App, "supervisor");
        await visitor.Get("/console/cases");

        Assert.That((await visitor.Post("/console/sign-out")).Status, Is.EqualTo(303));
        Assert.That((await visitor.Get("/console/cases")).Status, Is.EqualTo(302));
    }

    [Test]
    public async Task The_language_is_kept_and_the_switch_leads_to_no_other_site()
    {
        using var visitor = await ConsoleClient.SignedIn(App, "supervisor");
        await visitor.Get("/console/windows");

        Assert.That((await visitor.Post("/console/language", ("lang", "en-GB"), ("returnUrl", "/console/windows"))).Location, Is.EqualTo("/console/windows"));
        Assert.That((await visitor.Get("/console/windows")).Text, Does.Contain("Demonstration Service Hall").And.Contain("Sign out"));
        Assert.That((await visitor.Post("/console/language", ("lang", "zh-CN"), ("returnUrl", "https://evil.example"))).Location, Is.EqualTo("/console"));
        Assert.That((await visitor.Get("/console/windows")).Text, Does.Contain("示范区人社服务大厅").And.Not.Contain("Sign out"));
    }

    [TestCase("/console/sign-in")]
    [TestCase("/console/sign-out")]
    [TestCase("/console/language")]
    [TestCase("/console/notices")]
    [TestCase("/console/windows")]
    [TestCase("/console/cases/20261116-000000")]
    public async Task A_form_that_another_site_sends_is_refused(string path)
    {
        using var visitor = await ConsoleClient.SignedIn(App, "supervisor");

        var refused = await visitor.PostWithoutToken(path, ("login", "inspector"), ("password", "feedback-demo"), ("lang", "en-GB"), ("window", "A01"), ("command", "Accept"));

        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain("这个页面已经过期"));
        Assert.That((await visitor.Get("/console/windows")).Text, Does.Contain("大厅值班长"));
    }

    [Test]
    public async Task A_place_that_the_role_has_not_is_refused_in_a_sentence()
    {
        using var admin = await ConsoleClient.SignedIn(App, "admin");

        Assert.That((await admin.Get("/console")).Location, Is.EqualTo("/console/windows"));
        foreach (var path in new[] { "/console/cases", "/console/cases/20261116-000000", "/console/notices", "/console/search?number=1" })
        {
            var refused = await admin.Get(path);
            Assert.That(refused.Status, Is.EqualTo(403));
            Assert.That(refused.Text, Does.Contain("您的岗位无权使用此功能。"));
        }

        Assert.That((await admin.Get("/console/windows")).Text, Does.Not.Contain("/console/cases").And.Not.Contain("/console/statistics"));
    }
}

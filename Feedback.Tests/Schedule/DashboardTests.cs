using Feedback.Demo;
using Feedback.Tests.Harness;
using Feedback.Tests.Web;
using Feedback.Tests.Web.Console;
using Hangfire;
using Hangfire.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Schedule;

/// <summary>Who sees Hangfire's dashboard, and who may press its buttons. On SQLite alone: it is the same dashboard over another storage.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class DashboardTests
{
    private const string Trigger = "/hangfire/recurring/trigger";
    private const string Job = "MakeAnchors";

    private static readonly string[] Others = ["handler", "head-si", "supervisor", "leader", "inspector"];

    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task Start() => _app = await TestApp.Start(configure: builder =>
    {
        builder.Configuration["Schedule:InProcess"] = "true";
        builder.Configuration["ForwardedHeaders:Proxies:0"] = "127.0.0.1";
    });

    [OneTimeTearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [TestCase("GET", "/hangfire")]
    [TestCase("GET", "/hangfire/recurring")]
    [TestCase("GET", "/hangfire/js18000")]
    [TestCase("POST", "/hangfire/stats")]
    [TestCase("POST", Trigger)]
    public async Task A_stranger_is_sent_to_the_sign_in_wherever_the_request_seems_to_come_from(string method, string path)
    {
        // From this machine itself, from a proxy on it that names somebody far away, and from one that names this machine.
        foreach (var forwarded in new[] { null, "203.0.113.9", "127.0.0.1" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method == "POST") request.Content = new FormUrlEncodedContent([KeyValuePair.Create("jobs[]", Job)]);
            if (forwarded is not null) request.Headers.Add("X-Forwarded-For", forwarded);
            using var answer = await _app.Client.SendAsync(request);
            Assert.That(((int)answer.StatusCode, answer.Headers.Location?.AbsolutePath), Is.EqualTo((302, "/console/sign-in")), forwarded);
        }
    }

    [TestCaseSource(nameof(Others))]
    public async Task Another_role_is_refused(string login)
    {
        using var staff = await ConsoleClient.SignedIn(_app, login);
        Assert.That((await staff.Get("/hangfire")).Status, Is.EqualTo(403));
        Assert.That((await staff.Get("/console/windows")).Text, Does.Not.Contain("/hangfire"));
        var before = LastRun();
        Assert.That((await staff.Post(Trigger, ("jobs[]", Job))).Status, Is.EqualTo(403));
        Assert.That(LastRun(), Is.EqualTo(before));
    }

    [Test]
    public async Task The_administrator_sees_it_and_starts_a_job()
    {
        using var admin = await ConsoleClient.SignedIn(_app, "admin");
        Assert.That((await admin.Get("/console/windows")).Text, Does.Contain("href=\"/hangfire\"").And.Contain("定时任务"));
        Assert.That((await admin.Get("/console/windows?lang=en")).Text, Does.Contain("Scheduled jobs"));
        Assert.That((await admin.Get("/hangfire/recurring")).Text, Does.Contain("FireDueTimers").And.Contain(Job).And.Contain("trigger"));

        var before = LastRun();
        await admin.Get("/console/windows");
        Assert.That((await admin.PostWithoutToken(Trigger, ("jobs[]", Job))).Status, Is.EqualTo(403), "a form without its token");
        Assert.That(LastRun(), Is.EqualTo(before));
        Assert.That((await admin.Post(Trigger, ("jobs[]", Job))).Status, Is.EqualTo(204));
        Assert.That(LastRun(), Is.Not.EqualTo(before));
    }

    [Test]
    public async Task Nobody_takes_a_job_out_of_the_registry()
    {
        using var admin = await ConsoleClient.SignedIn(_app, "admin");
        await admin.Get("/console/windows");
        Assert.That((await admin.Post("/hangfire/recurring/remove", ("jobs[]", Job))).Status, Is.EqualTo(403));
        Assert.That((await admin.Get("/hangfire/recurring")).Text, Does.Contain(Job));
    }

    [Test]
    public async Task The_auditor_sees_it_and_changes_nothing()
    {
        using var auditor = await ConsoleClient.SignedIn(_app, "auditor");
        Assert.That((await auditor.Get("/console/windows")).Text, Does.Contain("href=\"/hangfire\""));
        var page = await auditor.Get("/hangfire/recurring");
        Assert.That((page.Status, page.Text), Is.EqualTo((200, page.Text)));
        Assert.That(page.Text, Does.Contain(Job).And.Not.Contain(Trigger), "no button");
        await auditor.Get("/console/windows");
        var before = LastRun();
        Assert.That((await auditor.Post(Trigger, ("jobs[]", Job))).Status, Is.InRange(401, 403));
        Assert.That((await auditor.Post("/hangfire/recurring/remove", ("jobs[]", Job))).Status, Is.InRange(401, 403));
        Assert.That(LastRun(), Is.EqualTo(before));
        Assert.That((await auditor.Post("/hangfire/stats", ("metrics[]", "servers:count"))).Status, Is.EqualTo(200), "what the page asks for by itself");
    }

    [Test]
    public async Task Another_site_starts_nothing_in_the_administrators_name()
    {
        using var admin = await ConsoleClient.SignedIn(_app, "admin");
        var cookies = admin.Cookies;
        foreach (var (name, value) in new[] { ("Sec-Fetch-Site", "cross-site"), ("Origin", "https://elsewhere.example") })
        {
            var before = LastRun();
            using var request = new HttpRequestMessage(HttpMethod.Post, Trigger) { Content = new FormUrlEncodedContent([KeyValuePair.Create("jobs[]", Job)]) };
            request.Headers.Add("Cookie", cookies);
            request.Headers.Add(name, value);
            using var answer = await _app.Client.SendAsync(request);
            Assert.That((int)answer.StatusCode, Is.EqualTo(400));
            Assert.That(LastRun(), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task A_token_opens_it_for_nobody()
    {
        foreach (var login in new[] { "admin", "auditor" })
        {
            using var program = await _app.SignedIn(login);
            using var answer = await program.GetAsync("/hangfire");
            Assert.That((int)answer.StatusCode, Is.EqualTo(403), login);
        }
    }

    [Test]
    public async Task A_password_without_the_second_step_opens_nothing()
    {
        using var half = new ConsoleClient(_app);
        await half.Get("/console/sign-in");
        var answer = await half.Post("/console/sign-in", ("login", "admin"), ("password", DemoHall.Password));
        Assert.That(answer.Location, Does.StartWith("/console/sign-in/code"));
        Assert.That((await half.Get("/hangfire")).Status, Is.EqualTo(302));
    }

    [Test]
    public void Its_endpoint_names_the_policy_like_every_other()
    {
        var endpoint = MappedEndpoints.Of(_app).Single(d => d.RoutePattern.RawText!.StartsWith("/hangfire", StringComparison.Ordinal));
        Assert.That(endpoint.Metadata.OfType<IAuthorizeData>().Select(a => a.Policy), Is.EqualTo(new[] { "Jobs" }));
        Assert.That(endpoint.Metadata.OfType<IAllowAnonymous>(), Is.Empty);
    }

    [Test]
    public async Task Where_no_jobs_run_there_is_neither_link_nor_page()
    {
        await using var without = await TestApp.Start();
        using var admin = await ConsoleClient.SignedIn(without, "admin");
        Assert.That((await admin.Get("/console/windows")).Text, Does.Not.Contain("/hangfire"));
        Assert.That((await admin.Get("/hangfire")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task In_a_browser_it_breaks_no_rule_of_the_content_policy()
    {
        var faults = new List<string>();
        await using var browser = new WatchedBrowser(await Browser.Start(), _app, faults);
        var page = await browser.NewPerson();
        await page.SignIn(_app, "admin");
        foreach (var path in new[] { "/hangfire", "/hangfire/recurring", "/hangfire/servers", "/hangfire/jobs/processing", "/hangfire/jobs/succeeded" })
        {
            var answer = await page.GotoAsync(path);
            Assert.That(answer!.Status, Is.EqualTo(200), path);
            var policy = answer.Headers["content-security-policy"];
            Assert.That(policy, Does.Contain("font-src 'self'").And.Contain("img-src 'self' data:").And.Not.Contain("unsafe").And.Not.Contain("http"), path);
            await page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
        }

        Assert.That(faults, Is.Empty);
    }

    /// <summary>The last job that was made of the recurring one.</summary>
    private string? LastRun()
    {
        using var connection = _app.Services.GetRequiredService<JobStorage>().GetConnection();
        return connection.GetRecurringJobs([Job])[0].LastJobId;
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Processes;

/// <summary>The published worker as an operator meets it: its dashboard, its zone, and how it ends.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WorkerProgramTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("feedback-worker-");

    public WorkerProgramTests()
    {
        foreach (var file in Directory.EnumerateFiles(Published.Seeded)) File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task Its_dashboard_answers_whoever_may_see_it_and_nobody_else()
    {
        await using var api = Running.Start(Published.Api, _folder.FullName, ("Schedule__InProcess", "false"));
        var console = (await api.Addresses())[0];
        var (worker, site) = await Worker();
        await using var _ = worker;

        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site };
        using var asked = await stranger.GetAsync("/hangfire");
        Assert.That(((int)asked.StatusCode, asked.Headers.Location?.PathAndQuery), Is.EqualTo((302, "/console/sign-in?ReturnUrl=%2Fhangfire")));
        using var forged = await stranger.PostAsync("/hangfire/recurring/trigger", new FormUrlEncodedContent([KeyValuePair.Create("jobs[]", "MakeAnchors")]));
        Assert.That(((int)forged.StatusCode, forged.Headers.Location?.AbsolutePath), Is.EqualTo((302, "/console/sign-in")));

        // Signed in at the worker's own page, second step included.
        using var administrator = await Running.SignIn(site, "admin", home: "/hangfire");
        Assert.That(await administrator.GetStringAsync("/hangfire/recurring"), Does.Contain("FireDueTimers").And.Contain("RecomputeClocks"));

        // Signed in at the console of the same host: it is one session.
        foreach (var (login, status) in new[] { ("auditor", 200), ("inspector", 403), ("handler", 403), ("supervisor", 403) })
        {
            using var staff = await Running.SignIn(console, login);
            using var answer = await staff.GetAsync(new Uri(site, "/hangfire"));
            Assert.That((int)answer.StatusCode, Is.EqualTo(status), login);
        }

        // The Api has no job to show and says so by having no such page.
        using var none = await administrator.GetAsync(new Uri(console, "/hangfire"));
        Assert.That((int)none.StatusCode, Is.EqualTo(404));
        Assert.That(await worker.Stop(), Is.Zero);
        Assert.That(await api.Stop(), Is.Zero);
    }

    /// <summary>The second turn is begun by the cron, which is read in UTC wherever the machine is; the first by the start.</summary>
    [Test]
    public async Task It_takes_its_turns_whatever_the_zone_of_the_machine()
    {
        string?[] zones = [null, "UTC", "Asia/Shanghai", "America/New_York"];
        var workers = new List<Running>();
        try
        {
            foreach (var zone in zones)
            {
                var settings = new List<(string, string)> { ("Logging__LogLevel__Feedback.Schedule", "Debug") };
                if (zone is not null) settings.Add(("TZ", zone));
                // A setting, where somebody prefers the other name of the hall's zone.
                if (zone == "UTC") settings.Add(("TimeZone", "China Standard Time"));
                workers.Add(Running.Start(Published.Worker, _folder.FullName, [.. settings]));
            }

            for (var n = 0; n < zones.Length; n++)
            {
                await workers[n].Eventually(() => Task.FromResult(Turns(workers[n].Output) >= 2 ? "" : null), $"a second turn, TZ {zones[n] ?? "unset"}", TimeSpan.FromSeconds(60));
            }

            foreach (var worker in workers) Assert.That(await worker.Stop(), Is.Zero, worker.Output);
        }
        finally
        {
            foreach (var worker in workers) await worker.DisposeAsync();
        }
    }

    /// <summary>143 is how the runtime itself ends on this signal, before any of our code runs.</summary>
    [TestCase("Feedback.Worker")]
    [TestCase("Feedback.Api")]
    public async Task Told_to_stop_while_it_starts_it_ends_quietly(string program)
    {
        for (var after = 100; after <= 1900; after += 200)
        {
            await using var starting = Running.Start(program == "Feedback.Api" ? Published.Api : Published.Worker, _folder.FullName);
            await Task.Delay(after);
            var code = await starting.Stop();
            Assert.That(code, Is.AnyOf(0, 143), $"after {after} ms: {starting.Output}");
            Assert.That(starting.Output, Does.Not.Contain("Unhandled exception"), $"after {after} ms");
        }
    }

    private static int Turns(string output) => output.Split("A turn of FireDueTimers begins").Length - 1;

    private async Task<(Running Worker, Uri Site)> Worker()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var site = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var worker = Running.Start(Published.Worker, _folder.FullName, ("ASPNETCORE_URLS", site.ToString()));
        using var client = new HttpClient { BaseAddress = site };
        await worker.Eventually(async () =>
        {
            try
            {
                return (await client.GetAsync("/health/ready")).IsSuccessStatusCode ? "" : null;
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }, "readiness");
        return (worker, site);
    }
}

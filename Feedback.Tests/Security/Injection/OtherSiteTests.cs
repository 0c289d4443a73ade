using System.Net;
using System.Text.Json;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Inquiries;
using Feedback.Tests.Harness;
using Feedback.Tests.Web;
using Microsoft.Playwright;

namespace Feedback.Tests.Security.Injection;

/// <summary>
/// What a page of another origin can do with the browser of somebody who is signed in: send each form, call each endpoint, frame each page,
/// and none of it has an effect or can be read.
/// </summary>
internal sealed class OtherSiteTests
{
    /// <summary>Sends a form as it would be sent by the product's own page, but for the token, which another site cannot know; the answer goes into a frame.</summary>
    private const string SendForm =
        """
        ([address, fields]) => {
          document.body.append(Object.assign(document.createElement('iframe'), { name: 'answer' }));
          const form = Object.assign(document.createElement('form'), { method: 'post', action: address, target: 'answer' });
          for (const [name, value] of fields) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
          document.body.append(form);
          setTimeout(() => form.submit());
        }
        """;

    /// <summary>Calls an endpoint in each way that asks nobody first, and in the one that does; says what could be read.</summary>
    private const string Call =
        """
        async ([method, address, body]) => {
          const read = [];
          const tries = method === 'GET'
            ? [{ mode: 'cors' }, { mode: 'no-cors' }]
            : [{ mode: 'no-cors', headers: { 'content-type': 'text/plain' } }, { mode: 'no-cors', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, { mode: 'cors', headers: { 'content-type': 'application/json' } }];
          for (const how of tries) {
            try {
              const answer = await fetch(address, { ...how, method, body: method === 'GET' || method === 'DELETE' ? undefined : body, credentials: 'include' });
              if (answer.type !== 'opaque') read.push(how.mode + ' ' + answer.status);
            } catch { }
          }
          return read;
        }
        """;

    private const string Frame =
        """
        addresses => Promise.all(addresses.map(src => new Promise(done => {
          const frame = Object.assign(document.createElement('iframe'), { src });
          frame.onload = frame.onerror = done;
          document.body.append(frame);
        })))
        """;

    private static readonly string[] Logins = ["head-si", "supervisor", "leader", "inspector", "admin"];

    private readonly List<string> _faults = [];
    private TestApp _app = null!;
    private WatchedBrowser _browser = null!;
    private MatrixHall _hall = null!;
    private OtherSite _other = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _app = await TestApp.Start();
        _hall = await MatrixHall.Build(_app);
        _other = await OtherSite.Start();
        _browser = new WatchedBrowser(await Browser.Start(), _app, _faults);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        if (_other is not null) await _other.DisposeAsync();
        _hall?.Dispose();
        if (_app is not null) await _app.DisposeAsync();
    }

    [Test]
    public async Task Nothing_that_another_site_sends_calls_or_frames_has_an_effect_or_can_be_read()
    {
        var people = new Dictionary<string, IPage>();
        foreach (var login in Logins) await (people[login] = await _browser.NewPerson()).SignIn(_app, login);
        var requests = new List<(string Endpoint, string Login, HttpRequestMessage Request)>();
        foreach (var endpoint in MappedEndpoints.Of(_app).Select(d => d.Name()).Where(d => !d.StartsWith("GET /health", StringComparison.Ordinal)))
        {
            // By somebody whom the endpoint lets in, where there is one.
            var row = MatrixRow.ReadAll().Single(r => r.Endpoint == endpoint);
            var caller = Enum.GetValues<Caller>().Where(c => MatrixHall.LoginOf(c) is { } l && Logins.Contains(l)).OrderBy(c => row.Expected(c, 0)).First();
            requests.Add((endpoint, MatrixHall.LoginOf(caller)!, SampleRequest.For(endpoint).ToHttp(endpoint, await _hall.Target(SampleRequest.For(endpoint), endpoint, caller, Situation.Own))));
        }

        var before = await Contents();
        foreach (var mine in requests.GroupBy(k => k.Login))
        {
            await TestContext.Progress.WriteLineAsync($"other site: calls {mine.Count()} endpoints as {mine.Key}");
            await people[mine.Key].GotoAsync(_other.Address);
            foreach (var (endpoint, _, request) in mine) Assert.That(await people[mine.Key].EvaluateAsync<string[]>(Call, new object[] { request.Method.Method, AddressOf(request), await BodyOf(request) }), Is.Empty, $"{endpoint} could be read");
        }

        var (posts, n) = (requests.Where(k => k.Request.Method == HttpMethod.Post).ToList(), 0);
        foreach (var (endpoint, login, request) in posts)
        {
            await TestContext.Progress.WriteLineAsync($"other site: form {++n} of {posts.Count}: {endpoint} as {login}");
            var (page, address, body) = (people[login], AddressOf(request), await BodyOf(request));
            var fields = request.Content is FormUrlEncodedContent ? body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('=').Select(WebUtility.UrlDecode).ToArray()).ToArray() : [["x", body]];
            await page.GotoAsync(_other.Address);
            var answered = page.WaitForResponseAsync(r => r.Url == address);
            await page.EvaluateAsync(SendForm, new object[] { address, fields });
            Assert.That((await answered).Status, Is.InRange(400, 499), endpoint);
        }

        Assert.That(posts, Has.Count.GreaterThan(80));
        Assert.That(await Contents(), Is.EqualTo(before), "what the database holds");
        await Framed(people["head-si"], [.. requests.Where(k => k.Request.Method == HttpMethod.Get).Select(k => AddressOf(k.Request))]);
    }

    [Test]
    public async Task The_session_that_another_site_tries_to_use_is_good()
    {
        var page = await _browser.NewPerson();
        await page.SignIn(_app, "head-si");
        await page.GotoAsync(_other.Address);
        var asked = page.WaitForRequestAsync(r => r.Method == "POST");
        await page.EvaluateAsync(SendForm, new object[] { new Uri(_app.Address, "/console/notices").AbsoluteUri, Array.Empty<string[]>() });
        Assert.That(await (await asked).HeaderValueAsync("cookie"), Does.Contain("feedback-staff="));

        await page.GotoAsync("/console/notices");
        Assert.That(await page.Locator("nav.places").CountAsync(), Is.EqualTo(1));
    }

    private string AddressOf(HttpRequestMessage request) => new Uri(_app.Address, request.RequestUri!).AbsoluteUri;

    private static async Task<string> BodyOf(HttpRequestMessage request) => request.Content is null ? "" : await request.Content.ReadAsStringAsync();

    private async Task Framed(IPage page, string[] addresses)
    {
        await page.GotoAsync(_other.Address);
        await page.EvaluateAsync(Frame, addresses);
        Assert.That(page.Frames, Has.Count.EqualTo(addresses.Length + 1));
        Assert.That(page.Frames.Skip(1).Select(f => f.Url).Where(u => !u.StartsWith("chrome-error:", StringComparison.Ordinal)), Is.Empty);
    }

    /// <summary>Every row of every table.</summary>
    private async Task<string> Contents()
    {
        var tables = (await _app.Query("select name from sqlite_master where type = 'table' order by name")).Select(t => (string)t["name"]!);
        var rows = new List<string>();
        foreach (var table in tables.Where(t => t != "staff_session")) rows.Add($"{table} {JsonSerializer.Serialize(await _app.Query($"select * from {table}"))}");
        return string.Join('\n', rows);
    }
}

using Feedback.Features.Demo;
using Feedback.Tests.Harness;
using Microsoft.Playwright;

namespace Feedback.Tests.Web;

/// <summary>A browser that is led through every page it finds a link to, as a citizen and as each role, breaks no rule of the Content-Security-Policy.</summary>
internal sealed class ContentPolicyTests
{
    private const string Listen = "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))";

    private readonly List<string> _faults = [];
    private Browser _browser = null!;
    private TestApp _app = null!;
    private TestCase _case = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _browser = await Browser.Start();
        _app = await TestApp.Start();
        _case = await TestCase.File(_app);
        await _app.FileComplaint("A01", "Gifts");
        await _app.Client.PostJson("/api/v1/ratings", new { window = await _app.Token("A01"), grade = 1, comment = "等了很久" });
        await _app.Apply();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_app is not null) await _app.DisposeAsync();
        if (_browser is not null) await _browser.DisposeAsync();
    }

    [Test]
    public async Task The_citizen_s_pages_break_no_rule()
    {
        await using var context = await Watched();
        var page = await context.NewPageAsync();
        var window = "/w/" + await _app.Token("A01");
        await page.GotoAsync(window);
        await page.Locator("label.g1").ClickAsync();
        await page.Locator("#comment").FillAsync("说明");
        await page.Locator("button.primary").ClickAsync();
        await page.GotoAsync(window + "/complaint");
        await page.Locator("#about-Delay").CheckAsync();
        await page.Locator("#text").FillAsync("等了四天");
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".qr svg")).ToBeVisibleAsync();
        await page.GotoAsync("/track?number=" + _case.Number);
        await page.FillAsync("#code", _case.Code);
        await page.ClickAsync("button.primary");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("已收到");
        Assert.That(await Walk(page, "/", window, await _app.Screen("A01"), "/r", "/w", "/nowhere"), Is.GreaterThanOrEqualTo(6));
        Assert.That(_faults, Is.Empty);
    }

    [TestCase("handler", 4)]
    [TestCase("head-si", 6)]
    [TestCase("supervisor", 8)]
    [TestCase("leader", 6)]
    [TestCase("inspector", 6)]
    [TestCase("admin", 4)]
    public async Task The_console_of_each_role_breaks_no_rule(string login, int least)
    {
        await using var context = await Watched();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/console/sign-in");
        await page.GetByLabel("账号").FillAsync(login);
        await page.GetByLabel("密码").FillAsync(DemoHall.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.EnterCode(_app, login);
        await Assertions.Expect(page.Locator("nav").First).ToBeVisibleAsync();
        Assert.That(await Walk(page, "/console", "/console/account", "/console/staff"), Is.GreaterThanOrEqualTo(least));
        Assert.That(_faults, Is.Empty);
    }

    [Test]
    public async Task What_breaks_a_rule_is_noticed_and_does_not_run()
    {
        await using var context = await Watched();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.EvaluateAsync("document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = true' }))");
        await page.EvaluateAsync("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\" onclick=\"window.ran = true\">x</p>')");
        await page.EvaluateAsync("document.querySelector('p[onclick]').click()");
        await page.EvaluateAsync("new Promise(r => setTimeout(r, 50))");
        var faults = _faults.ToList();
        _faults.Clear();

        Assert.That(faults.Where(f => f.Contains("CSP script-src", StringComparison.Ordinal)).ToList(), Has.Count.GreaterThanOrEqualTo(2));
        Assert.That(faults, Has.Some.Contain("CSP style-src"));
        Assert.That(await page.EvaluateAsync<bool>("window.ran === undefined"));
    }

    /// <summary>Opens these pages and all that they lead to within the product, but for exports and other cases' filters.</summary>
    private static async Task<int> Walk(IPage page, params string[] from)
    {
        var (seen, waiting) = (new HashSet<string>(), new Queue<string>(from));
        while (waiting.TryDequeue(out var path))
        {
            if (!seen.Add(path)) continue;
            await page.GotoAsync(path);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
            var links = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]:not([download])')].filter(a => a.origin === location.origin).map(a => a.pathname)");
            foreach (var link in links.Where(l => !l.StartsWith("/api/", StringComparison.Ordinal))) waiting.Enqueue(link);
        }

        return seen.Count;
    }

    private async Task<IBrowserContext> Watched()
    {
        var context = await _browser.Chromium.NewContextAsync(new() { BaseURL = _app.Address.AbsoluteUri, Locale = "zh-CN", ViewportSize = new() { Width = 1280, Height = 800 } });
        context.SetDefaultTimeout(60_000);
        await context.AddInitScriptAsync(Listen);
        context.Console += (_, message) =>
        {
            // The browser itself notes a page that answers 403 or 404; that is what such a page is for.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource: the server responded with a status of 40", StringComparison.Ordinal)) _faults.Add($"{message.Page?.Url} {message.Text}");
        };
        context.WebError += (_, error) => _faults.Add(error.Error);
        return context;
    }
}

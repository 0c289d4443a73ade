using Feedback.Tests.Harness;
using Feedback.Tests.Web;
using Microsoft.Playwright;

namespace Feedback.Tests.Security;

/// <summary>
/// A browser that is led through every page it finds a link to, as a citizen and as each of the staff, in a hall where every page has
/// something to show, breaks no rule of the Content-Security-Policy. There is no page that nobody was led to.
/// </summary>
internal sealed class ContentPolicyTests
{
    private readonly List<string> _faults = [];
    private WatchedBrowser _browser = null!;
    private TestApp _app = null!;

    [SetUp]
    public async Task Start()
    {
        _faults.Clear();
        _app = await TestApp.Start(now: PopulatedHall.BeginsAt, configure: PopulatedHall.Configure);
        _browser = new WatchedBrowser(await Browser.Start(), _app, _faults);
    }

    [TearDown]
    public async Task Stop()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        if (_app is not null) await _app.DisposeAsync();
    }

    [Test]
    public async Task No_page_of_anybody_breaks_a_rule()
    {
        var hall = await PopulatedHall.Build(_app, (_, _) => "说好当天办结");
        var endpoints = new PageEndpoints(_app);
        var citizen = await _browser.NewPerson();
        await AsCitizen(citizen, hall);
        await Through(new LinkCrawler(endpoints, "citizen"), citizen, "/", "/w/" + await _app.Token("A01"), await _app.Screen("A01"), "/nowhere");
        foreach (var login in PopulatedHall.Logins)
        {
            var page = await _browser.NewPerson();
            await page.SignIn(_app, login);
            await Through(new LinkCrawler(endpoints, login, "/console", "/windows"), page, "/console", "/console/cases/" + hall.BadRating);
        }

        Assert.That(_faults, Is.Empty);
        var visited = _browser.Asked.Select(a => endpoints.NameOf(a.Split(' ')[0], a.Split(' ')[1])).ToHashSet();
        Assert.That(endpoints.Gets.Where(d => !visited.Contains(d)), Is.Empty, "Pages that nobody was led to");
    }

    [Test]
    public async Task What_breaks_a_rule_is_noticed_and_does_not_run()
    {
        var page = await _browser.NewPerson();
        await page.GotoAsync("/");
        await page.EvaluateAsync("document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = true' }))");
        await page.EvaluateAsync("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\" onclick=\"window.ran = true\">x</p><img src=\"http://127.0.0.1:9/x\">')");
        await page.EvaluateAsync("document.querySelector('p[onclick]').click()");
        await page.EvaluateAsync("new Promise(r => setTimeout(r, 50))");

        Assert.That(_faults.Where(f => f.Contains("CSP script-src", StringComparison.Ordinal)).ToList(), Has.Count.GreaterThanOrEqualTo(2));
        Assert.That(_faults, Has.Some.Contain("CSP style-src"));
        Assert.That(_faults, Has.Some.Contain("CSP img-src"));
        Assert.That(await page.EvaluateAsync<bool>("window.ran === undefined"));
    }

    /// <summary>What a citizen reaches only by a form: thanks, receipt, progress, a rating to add to.</summary>
    private async Task AsCitizen(IPage page, PopulatedHall hall)
    {
        var window = "/w/" + await _app.Token("A01");
        await page.GotoAsync(window);
        await page.Locator("label.g1").ClickAsync();
        await page.Locator("#comment").FillAsync("说明");
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("谢谢");
        await page.GotoAsync(window + "/complaint");
        await page.Locator("#about-Delay").CheckAsync();
        await page.Locator("#text").FillAsync("等了四天");
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".qr svg")).ToBeVisibleAsync();
        foreach (var found in hall.Cases)
        {
            await page.GotoAsync("/track?number=" + found.Number);
            await page.FillAsync("#code", found.Code);
            await page.ClickAsync("button.primary");
            await Assertions.Expect(page.Locator(".timeline")).ToBeVisibleAsync();
        }

        foreach (var receipt in hall.Receipts)
        {
            await page.GotoAsync("/r");
            await page.FillAsync("#receipt", receipt);
            await page.ClickAsync("button.primary");
            await Assertions.Expect(page.Locator(".done").First).ToBeVisibleAsync();
        }
    }

    /// <summary>Opens these pages and all that they lead to, their forms that only ask included, with everything unfolded.</summary>
    private static Task Through(LinkCrawler crawler, IPage page, params string[] from) => crawler.Crawl(6, 3, async path =>
    {
        await page.GotoAsync(path);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        var links = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]:not([download])')].filter(a => a.origin === location.origin).map(a => a.pathname + a.search)");
        var asked = await page.EvaluateAsync<string[]>("[...document.forms].filter(f => f.method === 'get').map(f => new URL(f.action).pathname + '?' + new URLSearchParams(new FormData(f)))");
        return [.. links.Concat(asked).Where(l => !l.StartsWith("/api/", StringComparison.Ordinal))];
    }, from);
}

using Feedback.Tests.Harness;
using Feedback.Tests.Web;

namespace Feedback.Tests.Security.Injection;

/// <summary>
/// Whatever is sent by whichever field of whichever page, or stands in an address, is text: in a browser nothing of it runs, asks
/// another host or becomes an element, on the page that answers and on all that show it to somebody later. fields.txt says what
/// has to be found.
/// </summary>
internal sealed class InjectionTests
{
    private static readonly string[] Inside = ["/console", "/windows"];

    private readonly HostileTexts _texts = new();
    private readonly FieldList _list = new();
    private readonly Dictionary<string, PageReader> _people = [];
    private readonly HashSet<string> _opened = [];
    private readonly HashSet<string> _asked = [];
    private TestApp _app = null!;
    private WatchedBrowser _browser = null!;
    private PageEndpoints _endpoints = null!;
    private Attack _attack = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _app = await TestApp.Start(now: PopulatedHall.BeginsAt, configure: PopulatedHall.Configure);
        _browser = new WatchedBrowser(await Browser.Start(), _app, _texts.Faults);
        _endpoints = new PageEndpoints(_app);
        _attack = new Attack(_endpoints, _texts, _list);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        if (_app is not null) await _app.DisposeAsync();
    }

    [Test]
    public async Task Whatever_is_sent_is_text_and_nothing_else_wherever_it_is_shown()
    {
        var hall = await PopulatedHall.Build(_app, _texts.For);
        var citizen = await NewReader();
        await AttackAsCitizen(citizen, hall);
        await FollowCases(citizen, hall, attacks: true);
        foreach (var login in PopulatedHall.Logins) await AttackAs(login);
        await FollowCases(citizen, hall, attacks: false);
        foreach (var login in PopulatedHall.Logins) await Read(login);

        TestContext.Out.WriteLine($"{_attack.Sent} forms sent");
        var differences = _list.Differences(_texts.Shown);
        Assert.Multiple(() =>
        {
            Assert.That(_texts.Faults.Distinct(), Is.Empty);
            Assert.That(_endpoints.Gets.Concat(_endpoints.Posts).Where(d => !_list.Has(d)), Is.Empty, "Pages that nobody opened, forms that nobody found");
            Assert.That(differences, Is.Empty, $"fields.txt is not what was found (- listed, + found; ! stood on a page afterwards):\n{differences}");
        });
    }

    [Test]
    public async Task A_page_that_forgets_to_escape_is_noticed()
    {
        var reader = await NewReader();
        await reader.Page.RouteAsync("**/forgetful", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!DOCTYPE html><h1></h1>" + _texts.For("test") }));
        await reader.Open("/forgetful");
        var escaped = await Noticed();
        await reader.Open("/");
        var text = _texts.For("test");
        await reader.Page.EvaluateAsync("text => document.querySelector('h1').textContent = text", text);
        await reader.ReadOpen();
        var whole = await Noticed();
        await reader.Page.EvaluateAsync("text => document.querySelector('h1').textContent = text", text.Replace("<svg", "", StringComparison.Ordinal));
        await reader.ReadOpen();

        Assert.That(escaped, Has.Some.Contain("<q-hit").And.Some.Contain("<img src").And.Some.Contain("<script").And.Some.Contain("RAN").And.Some.Contain("dialog").And.Some.Contain("asked http://evil.example"));
        Assert.That(whole, Is.Empty);
        Assert.That(await Noticed(), Has.Some.Contain("test is shown changed"));

        async Task<List<string>> Noticed()
        {
            await reader.Page.EvaluateAsync("new Promise(r => setTimeout(r, 100))");
            List<string> faults = [.. _texts.Faults];
            _texts.Faults.Clear();
            return faults;
        }
    }

    private async Task AttackAsCitizen(PageReader reader, PopulatedHall hall)
    {
        var window = "/w/" + await _app.Token("A01");
        await reader.Open("/");
        await new LinkCrawler(_endpoints, "citizen").Crawl(0, 4, path => Visit(reader, path), "/", "/w", "/track", "/r", "/console/sign-in", window, window + "/thanks", window + "/complaint", await _app.Screen("A01"), "/nowhere");
        await reader.Read("/track/pictures/" + Uri.EscapeDataString(_texts.For("GET /track/pictures/{ticket} {ticket}")));
        foreach (var receipt in hall.Receipts) await Follow(reader, "/r", new() { ["receipt"] = receipt }, attacks: true);
    }

    /// <summary>What is opened by a code: looked at as any page.</summary>
    private async Task Follow(PageReader reader, string path, Dictionary<string, string> code, bool attacks)
    {
        async Task<PageContent> Open()
        {
            var form = (await reader.Open(path)).Forms.First(f => f.Path == path);
            await reader.Send(form, code);
            return await reader.ReadOpen();
        }

        var content = await Open();
        Assert.That(content.Status, Is.EqualTo(200));
        if (attacks && _attack.IsNew(content)) await _attack.On(reader, content, Open);
    }

    private async Task FollowCases(PageReader reader, PopulatedHall hall, bool attacks)
    {
        foreach (var found in hall.Cases) await Follow(reader, "/track", new() { ["number"] = found.Number, ["code"] = found.Code }, attacks);
    }

    private async Task AttackAs(string login)
    {
        var reader = _people[login] = await NewReader();
        await reader.Page.SignIn(_app, login, before: () => Visit(reader, new Uri(reader.Page.Url).AbsolutePath));
        await new LinkCrawler(_endpoints, login, Inside).Crawl(60, 8, path => Visit(reader, path), "/console");
    }

    private Task Read(string login)
    {
        var reader = _people[login];
        return new LinkCrawler(_endpoints, login + " reads", Inside).Crawl(60, 8, async path =>
        {
            var content = await reader.Read(path);
            if (!content.Forms.Any(IsReveal)) return content.Links;

            // A contact that may be read stands behind a button.
            await reader.Send((await reader.Open(path)).Forms.First(IsReveal), new Dictionary<string, string>());
            await reader.ReadOpen();
            return content.Links;
        }, "/console");
    }

    /// <summary>Reads a page, sends its forms that are new and, the first time, tries its address.</summary>
    private async Task<IReadOnlyList<string>> Visit(PageReader reader, string path)
    {
        var content = await reader.Read(path);
        if (_attack.IsNew(content)) await _attack.On(reader, await reader.Open(path), () => reader.Open(path));
        foreach (var at in new[] { path.Split('?')[0], content.Path }.Distinct())
        {
            if (_endpoints.NameOf("GET", at) is not { } endpoint || !_asked.Add(endpoint)) continue;
            await _attack.Ask(reader, at);
            await reader.Open(path);
        }

        return content.Links;
    }

    private static bool IsReveal(PageForm form) => form.Path.EndsWith("/contact/reading", StringComparison.Ordinal);

    private async Task<PageReader> NewReader() => new(await _browser.NewPerson(), _endpoints, _texts, _opened);
}

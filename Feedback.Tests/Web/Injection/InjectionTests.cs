using Feedback.Tests.Harness;
using Microsoft.Playwright;

namespace Feedback.Tests.Web.Injection;

/// <summary>
/// Whatever is sent by whichever field of whichever page, or stands in an address, is text: in a browser nothing of it runs, asks
/// another host or becomes an element, on the page that answers and on all that show it to somebody later. fields.txt says what the
/// walk has to find.
/// </summary>
internal sealed class InjectionTests
{
    private readonly HostileTexts _texts = new();
    private readonly FieldList _list = new();
    private readonly Dictionary<string, IPage> _staff = [];
    private readonly HashSet<string> _asked = [];
    private TestApp _app = null!;
    private WatchedBrowser _browser = null!;
    private PageDoors _doors = null!;
    private Attack _attack = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _app = await TestApp.Start(now: FullHall.Night);
        _browser = new WatchedBrowser(await Browser.Start(), _app, _texts.Faults);
        _doors = new PageDoors(_app);
        _attack = new Attack(_doors, _texts, _list);
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
        var hall = await FullHall.Build(_app, _texts.For);
        var citizen = await _browser.NewPerson();
        await AttackAsCitizen(citizen, hall);
        foreach (var login in FullHall.Logins) await AttackAs(login);
        await Follow(citizen, hall.Cases, attacks: false);
        foreach (var login in FullHall.Logins) await Read(login);

        TestContext.Out.WriteLine($"{_attack.Sent} forms sent");
        var differences = _list.Differences(_texts.Shown);
        Assert.Multiple(() =>
        {
            Assert.That(_texts.Faults.Distinct(), Is.Empty);
            Assert.That(_doors.Gets.Concat(_doors.Posts).Where(d => !_list.Has(d)), Is.Empty, "Pages that nobody opened, forms that nobody found");
            Assert.That(differences, Is.Empty, $"fields.txt is not what was found (- listed, + found; ! stood on a page afterwards):\n{differences}");
        });
    }

    private async Task AttackAsCitizen(IPage page, FullHall hall)
    {
        var window = "/w/" + await _app.Token("A01");
        await new Walk(_doors, "citizen").Through(0, 4, path => Visit(page, path), "/", "/w", "/track", "/r", "/console/sign-in", window, window + "/thanks", window + "/complaint", await _app.Screen("A01"), "/nowhere");
        foreach (var receipt in hall.Receipts)
        {
            Task<Sight> Open() => Open(page, "/r", new() { ["receipt"] = receipt });
            await _attack.On(page, await Open(), Open);
        }

        await Follow(page, hall.Cases, attacks: true);
    }

    private async Task Follow(IPage page, IEnumerable<TestCase> cases, bool attacks)
    {
        foreach (var found in cases)
        {
            await TestContext.Progress.WriteLineAsync($"citizen: case {found.Number}");
            Task<Sight> Open() => this.Open(page, "/track", new() { ["number"] = found.Number, ["code"] = found.Code });
            var sight = await Open();
            Assert.That(sight.Status, Is.EqualTo(200));
            if (attacks) await _attack.On(page, sight, Open);
        }
    }

    private async Task AttackAs(string login)
    {
        var page = _staff[login] = await _browser.NewPerson();
        await page.SignIn(_app, login, async () => await Visit(page, new Uri(page.Url).PathAndQuery));
        await new Walk(_doors, login).Through(60, 8, path => Visit(page, path), "/console");
    }

    private async Task Read(string login)
    {
        var page = _staff[login];
        await new Walk(_doors, login + " reads").Through(login is "head-si" or "inspector" ? 60 : 8, 8, async path =>
        {
            await page.GotoAsync(path);
            var sight = await _attack.Look(page);
            if (sight.Forms.FirstOrDefault(f => f.Path.EndsWith("/contact/reading", StringComparison.Ordinal)) is not { } reveal) return sight.Links;
            await _attack.Submit(page, reveal, new Dictionary<string, string>());
            await _attack.Look(page);
            return sight.Links;
        }, "/console");
    }

    /// <summary>Opens a page, sends its forms that are new and, the first time, tries its address.</summary>
    private async Task<IReadOnlyList<string>> Visit(IPage page, string path)
    {
        Task Open() => page.GotoAsync(path);
        await Open();
        var here = new Uri(page.Url).AbsolutePath;
        var sight = await _attack.Look(page);
        await _attack.On(page, sight, Open);
        foreach (var at in new[] { path.Split('?')[0], here }.Distinct())
        {
            if (_doors.NameOf("GET", at) is not { } door || !_asked.Add(door)) continue;
            await _attack.Ask(page, at);
            await Open();
        }

        return sight.Links;
    }

    /// <summary>What is opened by a form: looked at as any page.</summary>
    private async Task<Sight> Open(IPage page, string path, Dictionary<string, string> fields)
    {
        await page.GotoAsync(path);
        await _attack.Submit(page, (await Sight.Of(page)).Forms.First(f => f.Path == path), fields);
        return await _attack.Look(page);
    }
}

using Feedback.Accounts;
using Feedback.Commands;
using Feedback.Features.Cases;
using Feedback.Tests.Harness;
using Feedback.Tests.Web;

namespace Feedback.Tests.Security.Injection;

/// <summary>
/// Whatever is sent by whichever field of whichever page, or stands in an address, is text: in a browser nothing of it runs, asks
/// another host or becomes an element, on the page that answers and on all that show it to somebody later. fields.txt says what the
/// walk has to find.
/// </summary>
internal sealed class InjectionTests
{
    private static readonly string[] Inside = ["/console", "/windows"];

    private readonly HostileTexts _texts = new();
    private readonly FieldList _list = new();
    private readonly Dictionary<string, Eyes> _people = [];
    private readonly HashSet<string> _opened = [];
    private readonly HashSet<string> _asked = [];
    private TestApp _app = null!;
    private WatchedBrowser _browser = null!;
    private PageDoors _doors = null!;
    private Attack _attack = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _app = await TestApp.Start(now: FullHall.Night, configure: FullHall.Configure);
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
        var citizen = await Somebody();
        await AttackAsCitizen(citizen, hall);
        await FollowCases(citizen, hall, attacks: true);
        foreach (var login in FullHall.Logins) await AttackAs(login);
        await FollowCases(citizen, hall, attacks: false);
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

    [Test]
    public async Task A_page_that_forgets_to_escape_is_noticed()
    {
        var eyes = await Somebody();
        await eyes.Page.RouteAsync("**/forgetful", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!DOCTYPE html><h1></h1>" + _texts.For("test") }));
        await eyes.Open("/forgetful");
        var escaped = await Noticed();
        await eyes.Open("/");
        var text = _texts.For("test");
        await eyes.Page.EvaluateAsync("text => document.querySelector('h1').textContent = text", text);
        await eyes.Look();
        var whole = await Noticed();
        await eyes.Page.EvaluateAsync("text => document.querySelector('h1').textContent = text", text.Replace("<svg", "", StringComparison.Ordinal));
        await eyes.Look();

        Assert.That(escaped, Has.Some.Contain("<q-hit").And.Some.Contain("<img src").And.Some.Contain("<script").And.Some.Contain("RAN").And.Some.Contain("dialog").And.Some.Contain("asked http://evil.example"));
        Assert.That(whole, Is.Empty);
        Assert.That(await Noticed(), Has.Some.Contain("test is shown changed"));

        async Task<List<string>> Noticed()
        {
            await eyes.Page.EvaluateAsync("new Promise(r => setTimeout(r, 100))");
            List<string> faults = [.. _texts.Faults];
            _texts.Faults.Clear();
            return faults;
        }
    }

    private async Task AttackAsCitizen(Eyes eyes, FullHall hall)
    {
        var window = "/w/" + await _app.Token("A01");
        await eyes.Open("/");
        await new Walk(_doors, "citizen").Through(0, 4, path => Visit(eyes, path), "/", "/w", "/track", "/r", "/console/sign-in", window, window + "/thanks", window + "/complaint", await _app.Screen("A01"), "/nowhere");
        await eyes.Glance("/track/pictures/" + Uri.EscapeDataString(_texts.For("GET /track/pictures/{ticket} {ticket}")));
        foreach (var receipt in hall.Receipts) await Follow(eyes, "/r", new() { ["receipt"] = receipt }, attacks: true);
    }

    /// <summary>What is opened by a code: looked at as any page.</summary>
    private async Task Follow(Eyes eyes, string path, Dictionary<string, string> code, bool attacks)
    {
        async Task<Sight> Open()
        {
            var form = (await eyes.Open(path)).Forms.First(f => f.Path == path);
            await eyes.Send(form, code);
            return await eyes.Look();
        }

        var sight = await Open();
        Assert.That(sight.Status, Is.EqualTo(200));
        if (attacks && _attack.IsNew(sight)) await _attack.On(eyes, sight, Open);
    }

    private async Task FollowCases(Eyes eyes, FullHall hall, bool attacks)
    {
        foreach (var found in hall.Cases) await Follow(eyes, "/track", new() { ["number"] = found.Number, ["code"] = found.Code }, attacks);
    }

    private async Task AttackAs(string login)
    {
        var eyes = _people[login] = await Somebody();
        await eyes.Page.SignIn(_app, login, before: () => Visit(eyes, new Uri(eyes.Page.Url).AbsolutePath));
        await new Walk(_doors, login, Inside).Through(60, 8, path => Visit(eyes, path), "/console");
    }

    private Task Read(string login)
    {
        var eyes = _people[login];
        return new Walk(_doors, login + " reads", Inside).Through(60, 8, async path =>
        {
            var sight = await eyes.Glance(path);
            if (!sight.Forms.Any(IsReveal)) return sight.Links;

            // A contact that may be read stands behind a button.
            await eyes.Send((await eyes.Open(path)).Forms.First(IsReveal), new Dictionary<string, string>());
            await eyes.Look();
            return sight.Links;
        }, "/console");
    }

    /// <summary>Reads a page, sends its forms that are new and, the first time, tries its address.</summary>
    private async Task<IReadOnlyList<string>> Visit(Eyes eyes, string path)
    {
        var sight = await eyes.Glance(path);
        if (_attack.IsNew(sight)) await _attack.On(eyes, await eyes.Open(path), () => eyes.Open(path));
        foreach (var at in new[] { path.Split('?')[0], sight.Path }.Distinct())
        {
            if (_doors.NameOf("GET", at) is not { } door || !_asked.Add(door)) continue;
            await _attack.Ask(eyes, at);
            await eyes.Open(path);
        }

        return sight.Links;
    }

    private static bool IsReveal(SeenForm form) => form.Path.EndsWith("/contact/reading", StringComparison.Ordinal);

    private async Task<Eyes> Somebody() => new(await _browser.NewPerson(), _doors, _texts, _opened);
}

using System.Text.Json;
using Feedback.Tests.Features.Ratings;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Web;

/// <summary>
/// What a citizen wrote stands on every page as it was written, and is nothing but text there: a browser reads each page with such a
/// text and with a plain word, and finds the same elements and attributes.
/// </summary>
internal sealed class EscapedTextTests(Engine engine) : SliceTest(engine)
{
    private const string Plain = "一句话";

    /// <summary>The elements with their attributes' names, and whatever stands in an element or an attribute. A text area tells what it would send.</summary>
    private const string Read =
        """
        html => {
          const all = [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('*')];
          return {
            shape: all.map(e => e.tagName + ' ' + [...e.attributes].map(a => a.name).join(' ')),
            texts: all.flatMap(e => [e.textContent, ...[...e.attributes].map(a => a.value)]),
          };
        }
        """;

    private Browser _browser = null!;
    private HttpClient _head = null!;
    private int _sent;

    [SetUp]
    public async Task Start() => (_browser, _head) = (await Browser.Start(), await App.SignedIn("head-si"));

    [TearDown]
    public async Task Stop()
    {
        _head?.Dispose();
        if (_browser is not null) await _browser.DisposeAsync();
    }

    [Test]
    public async Task Every_page_shows_what_was_written_as_text_and_as_nothing_else()
    {
        await using var context = await _browser.Phone(script: true);
        var reader = await context.NewPageAsync();
        var plain = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (name, (html, _)) in await Seen(Plain)) plain[name] = (await ReadPage(html)).Shape;
        foreach (var text in HostileRequests.NastyTexts)
        {
            foreach (var (name, (html, shows)) in await Seen(text))
            {
                var found = await ReadPage(html);
                Assert.That(found.Shape, Is.EqualTo(plain[name]), $"{name}: {text}");
                if (shows) Assert.That(found.Texts, Has.Member(text), $"{name}: {text}");
            }
        }

        async Task<(IReadOnlyList<string> Shape, IReadOnlyList<string> Texts)> ReadPage(string html)
        {
            var read = await reader.EvaluateAsync<JsonElement>(Read, html);
            return (Strings(read, "shape"), Strings(read, "texts"));
        }

        static IReadOnlyList<string> Strings(JsonElement read, string name) => [.. read.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];
    }

    /// <summary>The pages on which a text appears, and whether it must stand there: codes are tidied before they are shown.</summary>
    private async Task<Dictionary<string, (string Html, bool Shows)>> Seen(string text)
    {
        var (a01, window) = (await App.Token("A01"), $"/w/{await App.Token("A01")}");
        var rated = await App.Client.PostJson("/api/v1/ratings", new { window = a01, grade = 1, comment = text, contact = new { name = "<b>", phone = "13800000000" } });
        var receipt = (string)rated["receipt"]!;
        Assert.That((await App.Client.PostJson($"/api/v1/ratings/{receipt}/supplement", new { comment = text })).Status, Is.EqualTo(201));
        var bad = await App.Sql<string>("select b.case_number from bad_rating b join rating r on r.id = b.rating_id where r.receipt = @receipt", new { receipt = receipt.Replace("-", "", StringComparison.Ordinal) });
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = a01, about = "Delay", text });
        var (number, code) = ((string)filed["caseNumber"]!, (string)filed["queryCode"]!);
        using var citizen = App.Citizen(code);
        Assert.That((await citizen.PostJson($"/api/v1/complaints/{number}/materials", new { text })).Status, Is.LessThan(300));
        var second = (string)(await App.Client.PostJson("/api/v1/ratings", new { window = a01, grade = 3 }))["receipt"]!;
        var sent = await App.Client.PostForm(window, ("grade", "1"), ("comment", text));
        return new()
        {
            ["the bad rating in the console"] = ((await _head.GetPage($"/console/cases/{bad}/rating")).Html, true),
            ["the bad rating's case in the console"] = ((await _head.GetPage($"/console/cases/{bad}")).Html, false),
            ["the case in the console"] = ((await _head.GetPage($"/console/cases/{number}")).Html, true),
            ["the progress"] = ((await App.Client.PostForm("/track", ("number", number), ("code", code))).Html, false),
            ["a refused reason on the progress"] = ((await App.Client.PostForm("/track", ("number", number), ("code", code), ("key", "a b"), ("command", "AddMaterial"), ("material", text))).Html, true),
            ["an unknown number"] = ((await App.Client.PostForm("/track", ("number", text), ("code", text))).Html, false),
            ["thanks"] = ((await App.Client.GetPage(sent.Location!, sent.Cookies)).Html, false),
            ["a supplemented rating"] = ((await App.Client.PostForm("/r", ("receipt", receipt))).Html, false),
            ["a refused supplement"] = ((await App.Client.PostForm("/r", ("receipt", second), ("adds", "true"), ("grade", "9"), ("comment", text))).Html, true),
            ["an unknown receipt"] = ((await App.Client.PostForm("/r", ("receipt", text))).Html, false),
            ["a refused rating"] = ((await App.Client.PostForm(window, ("key", $"k{_sent++}"), ("grade", "7"), ("comment", text), ("phone", text + "!"), ("ticket", text + "!"), ("visits", text + "!"), ("item", text), ("presence", text))).Html, true),
            ["a refused complaint"] = ((await App.Client.PostForm(window + "/complaint", ("text", text), ("name", text), ("ticket", text + "!"), ("phone", text + "!"), ("email", text), ("receiver", text))).Html, true),
        };
    }
}

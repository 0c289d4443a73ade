using System.Net.Http.Headers;
using Feedback.Domain.Cases;
using Feedback.Tests.Harness;
using Microsoft.AspNetCore.Builder;

namespace Feedback.Tests.Security;

/// <summary>A complaint that exists in one of two halls only.</summary>
/// <param name="Window">Where.</param>
/// <param name="About">Gifts make it a sealed one.</param>
/// <param name="Against">Who is complained about.</param>
internal sealed record Extra(string Window, string About, Against Against)
{
    public static readonly Extra Sealed = new("A01", "Gifts", Against.Window);
    public static readonly Extra OfWindow = new("A01", "Delay", Against.Window);
    public static readonly Extra OfHead = new("A01", "Rudeness", Against.UnitHead);
    public static readonly Extra OfSupervisor = new("A02", "Delay", Against.HallSupervisor);
}

/// <summary>
/// A hall that was lived in for a week, and then copied: each copy goes on through the same weeks, with or without complaints of
/// its own. Case numbers, tokens and sign-ins are made before the copies part, so that they are the same in all.
/// </summary>
internal sealed class TwoHalls : IAsyncDisposable
{
    /// <summary>Who has a token; the same in every copy.</summary>
    private static readonly string[] Logins = ["handler", "head-si", "supervisor", "inspector", "admin"];

    private readonly TestApp _origin;
    private readonly Dictionary<string, string> _tokens = [];
    private readonly Dictionary<string, string> _codes = [];
    private readonly List<string> _notices = [];
    private readonly List<string> _screens = [];

    private string _accepted = "";
    private string _asked = "";

    private TwoHalls(TestApp origin) => _origin = origin;

    /// <summary>The cases that are in every copy, with their query codes.</summary>
    public IReadOnlyDictionary<string, string> Codes => _codes;

    public IReadOnlyList<string> Notices => _notices;

    public IReadOnlyList<string> Screens => _screens;

    public IReadOnlyList<string> Receipts { get; private set; } = [];

    public static async Task<TwoHalls> Build()
    {
        var halls = new TwoHalls(await TestApp.Start(now: "2026-11-02T10:00", configure: Configure));
        await halls.LiveAWeek();
        return halls;
    }

    /// <summary>The address of an e-mail to a member of staff.</summary>
    public static string Address(string login) => login + "@example.gov.cn";

    /// <summary>Three more weeks, in a copy of its own.</summary>
    /// <param name="extras">What is complained about in this copy alone; each three times, and each is let run late.</param>
    public async Task<TestApp> Live(params Extra[] extras)
    {
        var app = await _origin.Copy(Configure);
        var inspector = Client(app, "inspector");
        var hidden = new List<(string Number, string Code)>();
        foreach (var extra in extras)
        {
            for (var n = 0; n < 3; n++)
            {
                var filed = await app.Client.PostJson("/api/v1/complaints", new { window = await app.Token(extra.Window), about = extra.About, against = extra.Against.ToString(), text = "不能让他知道的事。", contact = new { name = "王群众", phone = "13912345678" } });
                Assert.That(filed.Status, Is.EqualTo(201), filed.Json?.ToJsonString());
                hidden.Add(((string)filed["caseNumber"]!, (string)filed["queryCode"]!));
            }
        }

        // One is left alone; one is accepted, reminded of and left; one is answered late and appealed against.
        async Task Hidden(int from, string deed, object? body)
        {
            foreach (var (number, _) in hidden.Where((_, i) => i % 3 >= from)) await Must(inspector.PostJson($"/api/v1/cases/{number}/{deed}", body));
        }

        async Task Said(int from, string deed, object? body)
        {
            foreach (var (number, code) in hidden.Where((_, i) => i % 3 >= from))
            {
                using var citizen = app.Citizen(code);
                await Must(citizen.PostJson($"/api/v1/complaints/{number}/{deed}", body));
            }
        }

        var (head, handler) = (Client(app, "head-si"), Client(app, "handler"));
        await app.MoveTo("2026-11-10T10:00");
        await Hidden(1, "acceptance", null);
        await Must(head.PostJson($"/api/v1/cases/{_accepted}/pause", new { reason = "Hearing", evidence = "听证通知 7 号" }));
        await app.MoveTo("2026-11-11T10:00");
        await Said(1, "reminder", new { });
        await Said(2, "materials", new { text = "还有一段录音。" });
        foreach (var (number, code) in hidden.Where((_, i) => i % 3 >= 1))
        {
            using var citizen = app.Citizen(code);
            await Must(citizen.SendPictures(number, Pictures.Png()));
        }

        await app.MoveTo("2026-11-13T10:00");
        await Must(head.PostJson($"/api/v1/cases/{_accepted}/resumption", new { }));
        await app.MoveTo("2026-11-24T10:00");
        await Hidden(2, "answer", new { text = "已核实,处理如下。" });
        await Must(handler.PostJson($"/api/v1/cases/{_asked}/answer", new { text = "可以转。" }));
        await Said(2, "appeal", new { text = "没有核实。" });
        await app.MoveTo("2026-12-02T10:00");
        foreach (var client in new[] { inspector, head, handler }) client.Dispose();
        return app;
    }

    public HttpClient Client(TestApp app, string login)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = app.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[login]);
        return client;
    }

    public ValueTask DisposeAsync() => _origin.DisposeAsync();

    /// <summary>Addresses in pages and pictures are not those of a copy's port.</summary>
    private static void Configure(WebApplicationBuilder builder) => builder.Configuration["PublicAddress"] = "https://fw.example.gov.cn/";

    private static async Task<Answer> Must(Task<Answer> call)
    {
        var answer = await call;
        Assert.That(answer.Status, Is.InRange(200, 299), $"{answer.Response.RequestMessage?.RequestUri}: {answer.Json?.ToJsonString()}");
        return answer;
    }

    private async Task LiveAWeek()
    {
        foreach (var login in Logins)
        {
            using var client = await _origin.SignedIn(login);
            _tokens[login] = client.DefaultRequestHeaders.Authorization!.Parameter!;
        }

        using var admin = Client(_origin, "admin");
        foreach (var login in Logins[..4]) await Must(admin.PutJson($"/api/v1/staff/{login}/address", new { email = Address(login) }));
        await Must(admin.PostJson("/api/v1/webhooks", new { url = "https://hooks.example.gov.cn/h1", label = "督办平台" }));
        foreach (var window in new[] { "A01", "B01" }) _screens.Add((await _origin.Screen(window))["/screen/".Length..]);

        var (head, handler) = (Client(_origin, "head-si"), Client(_origin, "handler"));
        async Task<string> Filed(Task<Answer> call)
        {
            var filed = await Must(call);
            _codes[(string)filed["caseNumber"]!] = (string)filed["queryCode"]!;
            return (string)filed["caseNumber"]!;
        }

        async Task<string> Complain(string window, string about) =>
            await Filed(_origin.Client.PostJson("/api/v1/complaints", new { window = await _origin.Token(window), about, text = "说好当天办结,等了四天。" }));

        async Task Rate(string window, int grade) =>
            Receipts = [.. Receipts, (string)(await Must(_origin.Client.PostJson("/api/v1/ratings", new { window = await _origin.Token(window), grade, ticket = $"{window}-{Receipts.Count:D3}", comment = "如实评价" })))["receipt"]!];

        var seen = await Complain("A02", "Delay");
        using (var citizen = _origin.Citizen(_codes[seen])) await Must(citizen.SendPictures(seen, Pictures.Png()));
        await Complain("B01", "Shirking");
        _accepted = await Complain("A03", "Rudeness");
        var answered = await Complain("A02", "BrokenPromise");
        _asked = await Filed(handler.PostJson("/api/v1/first-contacts", new { window = "A01", matter = "咨询转移" }));
        await Filed(handler.PostJson("/api/v1/first-contacts", new { window = "A01", item = "SI-03", matter = "申领养老金", materials = FirstContacts.PensionWithoutFile }));
        var told = await Filed(handler.PostJson("/api/v1/first-contacts", new { window = "A01", item = "SI-03", matter = "申领养老金", materials = FirstContacts.PensionWithoutFile }));
        _notices.Add((string)(await Must(handler.PostJson("/api/v1/one-time-notices", new { caseNumber = told, missing = new[] { "职工档案" } })))["number"]!);
        foreach (var grade in new[] { 5, 4, 2 })
        {
            foreach (var window in new[] { "A01", "A02", "B01" }) await Rate(window, grade);
        }

        await _origin.MoveTo("2026-11-03T10:00");
        await Must(head.PostJson($"/api/v1/cases/{_accepted}/acceptance", new { }));
        await Must(head.PostJson($"/api/v1/cases/{answered}/acceptance", new { }));
        await _origin.MoveTo("2026-11-05T10:00");
        await Must(head.PostJson($"/api/v1/cases/{answered}/answer", new { text = "已核实,向您致歉。" }));

        // While the unit's head is away the handler stands in, and so sees more of the unit than otherwise.
        await Must(head.PostJson("/api/v1/staff/head-si/absences", new { firstDay = "2026-11-30", lastDay = "2026-12-04", deputy = "handler" }));
        await _origin.MoveTo("2026-11-09T10:00");
        head.Dispose();
        handler.Dispose();
    }
}

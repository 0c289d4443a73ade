using System.Net;
using System.Text.RegularExpressions;
using Feedback.Demo;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Web.Console;

/// <summary>A browser without script: keeps cookies, follows no redirects, sends forms with the token of the last page it saw.</summary>
internal sealed partial class ConsoleClient : IDisposable
{
    private readonly TestApp _app;
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;
    private string? _token;

    public ConsoleClient(TestApp app)
    {
        _app = app;
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = app.Address };
    }

    public static async Task<ConsoleClient> SignedIn(TestApp app, string login)
    {
        var visitor = new ConsoleClient(app);
        await visitor.Get("/console/sign-in");
        var signedIn = await visitor.Post("/console/sign-in", ("login", login), ("password", DemoHall.Password));
        if (signedIn.Location?.StartsWith("/console/sign-in/code", StringComparison.Ordinal) is true)
        {
            await visitor.Get(signedIn.Location);
            signedIn = await visitor.Post(signedIn.Location, ("code", await app.CodeOf(login)));
        }

        Assert.That((signedIn.Status, signedIn.Location), Is.EqualTo((303, "/console")));
        return visitor;
    }

    /// <summary>As a browser sends them.</summary>
    public string Cookies => _cookies.GetCookieHeader(_app.Address);

    /// <summary>Somebody who has the same cookies.</summary>
    public ConsoleClient Copy()
    {
        var copy = new ConsoleClient(_app);
        copy._cookies.Add(_cookies.GetAllCookies());
        return copy;
    }

    public async Task<ConsolePage> Get(string path) => await Read(await _client.GetAsync(path));

    public Task<ConsolePage> Post(string path, params (string Name, string Value)[] fields) =>
        PostWithoutToken(path, [.. fields, ("__RequestVerificationToken", _token!)]);

    public async Task<ConsolePage> PostWithoutToken(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await Read(await _client.PostAsync(path, form));
    }

    /// <summary>As a script of the page would: JSON, with the session's cookie.</summary>
    public Task<Answer> PostJson(string path, object? body) => _client.PostJson(path, body);

    public Task<Answer> PutJson(string path, object? body) => _client.PutJson(path, body);

    public Task<Answer> PostRaw(string path, string body) => _client.PostRaw(path, body);

    public Task<Answer> GetJson(string path) => _client.GetJson(path);

    public async Task<int> Delete(string path) => (int)(await _client.DeleteAsync(path)).StatusCode;

    public void Dispose() => _client.Dispose();

    private async Task<ConsolePage> Read(HttpResponseMessage response)
    {
        var text = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        if (Token().Match(text) is { Success: true } found) _token = found.Groups[1].Value;
        return new ConsolePage((int)response.StatusCode, text, response.Headers.Location?.ToString());
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <param name="Status">The status.</param>
/// <param name="Text">The page with its entities decoded.</param>
/// <param name="Location">Where it sends the reader.</param>
internal sealed record ConsolePage(int Status, string Text, string? Location);

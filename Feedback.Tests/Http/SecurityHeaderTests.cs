using Feedback.Security;
using Feedback.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Feedback.Tests.Http;

internal sealed class SecurityHeaderTests(Engine engine) : SliceTest(engine)
{
    // The tests' own address plays the proxy.
    protected override void Configure(WebApplicationBuilder builder) => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ForwardedHeaders:Proxies:0"] = "127.0.0.1" });

    [TestCase("/", 200)]
    [TestCase("/track", 200)]
    [TestCase("/console/sign-in", 200)]
    [TestCase("/console/cases", 302)]
    [TestCase("/nowhere", 404)]
    [TestCase("/api/v1/cases", 401)]
    [TestCase("/api/v1/complaints/20261116-000000", 404)]
    [TestCase("/health/live", 200)]
    [TestCase("/citizen.css", 200)]
    public async Task Every_answer_forbids_what_no_page_needs(string path, int status)
    {
        var answer = await App.Client.GetAsync(path);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(Header(answer, "Content-Security-Policy"), Does.StartWith("default-src 'none';").And.Contain("script-src 'self'").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe").And.Not.Contain("*").And.Not.Contain("http"));
        Assert.That(Header(answer, "X-Content-Type-Options"), Is.EqualTo("nosniff"));
        Assert.That(Header(answer, "Referrer-Policy"), Is.EqualTo("same-origin"));
        Assert.That(Header(answer, "Permissions-Policy"), Does.Contain("camera=()").And.Contain("geolocation=()").And.Contain("microphone=()"));
        Assert.That(Header(answer, "Cross-Origin-Opener-Policy"), Is.EqualTo("same-origin"));
        Assert.That(Header(answer, "Cross-Origin-Resource-Policy"), Is.EqualTo("same-origin"));
        Assert.That(answer.Headers.Contains("Strict-Transport-Security"), Is.False, "plain HTTP cannot promise it");
        Assert.That(answer.Headers.CacheControl!.NoStore, Is.EqualTo(path != "/citizen.css"), "files alone are kept");
    }

    [Test]
    public async Task Behind_a_proxy_that_speaks_HTTPS_browsers_are_kept_to_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Forwarded-Proto", "https");
        Assert.That(Header(await App.Client.SendAsync(request), "Strict-Transport-Security"), Is.EqualTo("max-age=31536000"));
    }

    [Test]
    public async Task A_stranger_is_not_believed_about_the_scheme()
    {
        await using var app = await TestApp.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Forwarded-Proto", "https");
        Assert.That((await app.Client.SendAsync(request)).Headers.Contains("Strict-Transport-Security"), Is.False);
    }

    [Test]
    public void A_proxy_that_is_no_address_stops_the_start() => Assert.ThrowsAsync<SetupException>(() => TestApp.Start(
        configure: b => b.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ForwardedHeaders:Proxies:0"] = "proxy" })));

    [Test]
    public async Task What_could_be_taken_for_HTML_is_escaped_in_JSON_and_Chinese_is_not()
    {
        var refused = await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 5, tags = new[] { "<script>'&" } });
        var raw = await refused.Response.Content.ReadAsStringAsync();

        Assert.That(raw, Does.Not.Contain("<").And.Not.Contain("&").And.Not.Contain("'"));
        Assert.That(refused.Json!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), Does.Contain("<script>'&"), "the same text for whoever reads the JSON");
        Assert.That(raw, Does.Contain("标签"));
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}

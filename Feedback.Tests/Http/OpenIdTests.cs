using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Feedback.Accounts;
using Feedback.Security;
using Feedback.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Feedback.Tests.Http;

/// <summary>Tokens of the organisation's identity provider, from a small provider of the test's own.</summary>
internal sealed class OpenIdTests(Engine engine) : SliceTest(engine)
{
    private readonly ConcurrentQueue<string> _log = [];
    private Provider _provider = null!;

    protected override void Configure(WebApplicationBuilder builder)
    {
        _provider = Provider.Start();
        builder.Configuration.AddInMemoryCollection(_provider.Settings);
        builder.Configuration["Logging:LogLevel:Default"] = "Debug";
        builder.Logging.ClearProviders().AddProvider(new LogTests.Log(_log));
    }

    [TearDown]
    public async Task StopProvider()
    {
        if (_provider is not null) await _provider.DisposeAsync();
    }

    [Test]
    public async Task A_good_token_signs_in_as_the_account_that_it_names()
    {
        var number = await App.FileComplaint("A01");

        Assert.That((await Get($"/api/v1/cases/{number}", Claims("head-si"))).Status, Is.EqualTo(200));
        Assert.That((await Get($"/api/v1/cases/{number}", Claims("head-em"))).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task The_login_is_the_subject_where_there_is_no_name()
    {
        Assert.That((await Get("/api/v1/cases", Claims("head-si", ("preferred_username", null), ("sub", "head-si")))).Status, Is.EqualTo(200));
        await Refused(Claims("head-si", ("preferred_username", null)));
    }

    [TestCase("iss", "https://elsewhere.example")]
    [TestCase("iss", null)]
    [TestCase("aud", "another-program")]
    [TestCase("aud", null)]
    [TestCase("exp", null)]
    [TestCase("preferred_username", "nobody")]
    [TestCase("preferred_username", "")]
    [TestCase("preferred_username", 7)]
    [TestCase("roles", "somebody-elses")]
    [TestCase("roles", 7)]
    [TestCase("hall", "H9")]
    [TestCase("unit", "nowhere")]
    public async Task A_token_that_says_otherwise_is_a_wrong_token(string claim, object? value)
    {
        Assert.That((await Get("/api/v1/cases", Claims("head-si"))).Status, Is.EqualTo(200));
        await Refused(Claims("head-si", (claim, value)));
    }

    [Test]
    public async Task A_token_ends_by_the_clock_of_the_hall_with_a_minute_for_the_providers()
    {
        var token = _provider.Sign(Claims("head-si", ("exp", Seconds(300))));

        App.Clock.Now = App.Clock.Now.AddSeconds(300 + 59);
        Assert.That((await Get("/api/v1/cases", token)).Status, Is.EqualTo(200));
        App.Clock.Now = App.Clock.Now.AddSeconds(1);
        await Refused(token);
    }

    [Test]
    public async Task A_token_begins_by_the_clock_of_the_hall_with_a_minute_for_the_providers()
    {
        var token = _provider.Sign(Claims("head-si", ("nbf", Seconds(61))));

        await Refused(token);
        App.Clock.Now = App.Clock.Now.AddSeconds(1);
        Assert.That((await Get("/api/v1/cases", token)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_signature_that_is_not_the_providers_is_a_wrong_token()
    {
        var claims = Claims("head-si");
        var good = _provider.Sign(claims);
        Assert.That((await Get("/api/v1/cases", good)).Status, Is.EqualTo(200));

        await Refused(Provider.Sign(claims, "RS256", Provider.FirstKid, Provider.Second), "another's key under the provider's name");
        await Refused(Provider.Sign(claims, "RS256", "unheard-of", Provider.Second), "a key under a name of its own");
        await Refused(Provider.Join(claims, "none", Provider.FirstKid, _ => []), "no signature");
        await Refused(Provider.Join(claims, "HS256", Provider.FirstKid, text => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Provider.First.ExportSubjectPublicKeyInfoPem()), text)), "the public key as a secret");
        await Refused(good[..good.LastIndexOf('.')] + ".", "a signature cut off");
        await Refused("a.b.c", "nothing at all");
    }

    [TestCase("exp")]
    [TestCase("b64")]
    [TestCase("https://id.example.gov.cn/bound-to-a-key")]
    public async Task A_token_that_must_be_understood_in_a_way_that_is_not_ours_is_a_wrong_token(string extension)
    {
        var claims = Claims("head-si");
        Assert.That((await Get("/api/v1/cases", _provider.Sign(claims, ("note", "of no importance")))).Status, Is.EqualTo(200), "a header that may be ignored");

        await Refused(_provider.Sign(claims, ("crit", new[] { extension }), (extension, true)));
        await Refused(_provider.Sign(claims, ("crit", Array.Empty<string>())), "no list of names (RFC 7515, section 4.1.11)");
        await Refused(_provider.Sign(claims, ("crit", null)), "nor is this");
    }

    [Test]
    public async Task A_token_ends_with_its_owners_account()
    {
        var token = _provider.Sign(Claims("head-si"));
        Assert.That((await Get("/api/v1/cases", token)).Status, Is.EqualTo(200));

        await App.Sql<int>("update staff set active = 0 where login = 'head-si'");
        await Refused(token);
    }

    [Test]
    public async Task The_role_is_the_tokens_where_it_names_one_and_else_the_accounts()
    {
        Assert.That((await Get("/api/v1/outbox", Claims("inspector"))).Status, Is.EqualTo(403));
        Assert.That((await Get("/api/v1/outbox", Claims("inspector", ("roles", "urn:hall:it")))).Status, Is.EqualTo(200));
        Assert.That((await Get("/api/v1/outbox", Claims("inspector", ("roles", new[] { "mail-user", "urn:hall:it" })))).Status, Is.EqualTo(200), "beside what other programs call roles");
        Assert.That((await Get("/api/v1/cases", Claims("inspector", ("roles", "urn:hall:it")))).Status, Is.EqualTo(403), "the token's alone");

        await Refused(Claims("inspector", ("roles", new[] { "urn:hall:it", "head" })), "two of ours");
        await Refused(Claims("inspector", ("roles", Array.Empty<string>())), "none");
    }

    [Test]
    public async Task The_unit_is_the_tokens_where_it_names_one_and_else_the_accounts()
    {
        var number = await App.FileComplaint("B01");

        Assert.That((await Get($"/api/v1/cases/{number}", Claims("head-si"))).Status, Is.EqualTo(404));
        Assert.That((await Get($"/api/v1/cases/{number}", Claims("head-si", ("hall", "H1"), ("unit", "EM")))).Status, Is.EqualTo(200));
        await Refused(Claims("head-si", ("unit", new[] { "EM", "SI" })), "two units");
    }

    [Test]
    public async Task Nobody_gets_every_unit_by_being_of_none()
    {
        await Refused(Claims("inspector", ("roles", "head")), "a head of no unit");
        await Refused(Claims("inspector", ("roles", "head"), ("unit", "EM")), "a unit of no hall");
        var number = await App.FileComplaint("B01");
        Assert.That((await Get($"/api/v1/cases/{number}", Claims("inspector", ("roles", "head"), ("hall", "H1"), ("unit", "EM")))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Sign_in_settings_stay_closed_to_a_token()
    {
        var token = _provider.Sign(Claims("admin"));
        Assert.That((await Get("/api/v1/outbox", token)).Status, Is.EqualTo(200));
        Assert.That((await Get("/api/v1/account/tokens", token)).Status, Is.EqualTo(403));
        Assert.That((await Get("/api/v1/staff", token)).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task A_new_key_of_the_provider_is_fetched_when_a_token_names_it_and_the_old_one_ends()
    {
        var (old, claims) = (_provider.Sign(Claims("head-si")), Claims("head-si"));
        Assert.That((await Get("/api/v1/cases", old)).Status, Is.EqualTo(200));

        _provider.Rotate();
        var until = Stopwatch.StartNew();
        int status;
        while ((status = (await Get("/api/v1/cases", claims)).Status) == 401 && until.Elapsed < TimeSpan.FromSeconds(20)) await Task.Delay(50);

        Assert.That(status, Is.EqualTo(200));
        await Refused(old);
    }

    [Test]
    public async Task While_the_provider_is_down_other_tokens_hold_and_its_own_are_asked_to_come_back()
    {
        _provider.IsDown = true;
        var token = _provider.Sign(Claims("head-si"));
        var away = await Get("/api/v1/cases", token);
        Assert.That((away.Status, away.Code, away.Response.Headers.RetryAfter?.ToString()), Is.EqualTo((503, "try_again_later", "10")));
        Assert.That(away.Json!.ToJsonString(), Does.Not.Contain("Exception").And.Not.Contain("IDX"));
        Assert.That((await (await App.SignedIn("head-si")).GetJson("/api/v1/cases")).Status, Is.EqualTo(200));
        Assert.That((await Get("/openapi/v1.json", token)).Status, Is.EqualTo(200), "a public endpoint asks nobody");

        _provider.IsDown = false;
        Assert.That((await Get("/api/v1/cases", token)).Status, Is.EqualTo(200));
        _provider.IsDown = true;
        Assert.That((await Get("/api/v1/cases", token)).Status, Is.EqualTo(200), "its keys are known by now");
    }

    [Test]
    public async Task Keys_of_another_issuer_are_not_taken()
    {
        _provider.Calls = "https://elsewhere.example";
        var token = _provider.Sign(Claims("head-si"));
        Assert.That((await Get("/api/v1/cases", token)).Status, Is.EqualTo(503));

        _provider.Calls = _provider.Address;
        Assert.That((await Get("/api/v1/cases", token)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Nothing_of_a_token_is_logged()
    {
        var (good, bad) = (_provider.Sign(Claims("head-si", ("secret", "of-nobodys-business"))), _provider.Sign(Claims("head-si", ("aud", "secret-program"))));
        Assert.That((await Get("/api/v1/cases", good)).Status, Is.EqualTo(200));
        await Refused(bad);

        var log = string.Join('\n', _log);
        Assert.That(log, Does.Contain("OpenId was not authenticated"), "the log was on");
        foreach (var part in good.Split('.').Concat(bad.Split('.')).Append("of-nobodys-business").Append("secret-program")) Assert.That(log, Does.Not.Contain(part));
    }

    private async Task Refused(string token, string? because = null)
    {
        var refused = await Get("/api/v1/cases", token);
        Assert.That((refused.Status, refused.Code, refused.Response.Headers.WwwAuthenticate.ToString()), Is.EqualTo((401, "sign_in_required", "Bearer")), because);
    }

    private Task Refused(IReadOnlyDictionary<string, object> claims, string? because = null) => Refused(_provider.Sign(claims), because);

    private Task<Answer> Get(string path, string token) => App.Client.GetJson(path, ("Authorization", "Bearer " + token));

    private Task<Answer> Get(string path, IReadOnlyDictionary<string, object> claims) => Get(path, _provider.Sign(claims));

    private long Seconds(int fromNow) => App.Clock.Now.AddSeconds(fromNow).ToUnixTimeSeconds();

    /// <summary>What the provider says of an account; null takes a claim away.</summary>
    private Dictionary<string, object> Claims(string login, params (string Name, object? Value)[] otherwise) => _provider.Claims(App.Clock.Now, login, otherwise);
}

/// <summary>What stands in the settings decides at the start.</summary>
internal sealed class OpenIdSettingsTests
{
    private const string Issuer = "https://id.example.gov.cn/hall";

    [Test]
    public async Task Without_a_provider_its_token_is_a_wrong_token()
    {
        await using var provider = Provider.Start();
        await using var with = await TestApp.Start(configure: b => b.Configuration.AddInMemoryCollection(provider.Settings));
        await using var without = await TestApp.Start();
        var header = ("Authorization", "Bearer " + provider.Sign(provider.Claims(with.Clock.Now, "head-si")));

        Assert.That((await with.Client.GetJson("/api/v1/cases", header)).Status, Is.EqualTo(200));
        var refused = await without.Client.GetJson("/api/v1/cases", header);
        Assert.That((refused.Status, refused.Code), Is.EqualTo((401, "sign_in_required")));
    }

    [TestCase("Oidc:Issuer", "Oidc:Audience=feedback")]
    [TestCase("Oidc:Audience", "Oidc:Issuer=" + Issuer)]
    [TestCase("Oidc:Issuer", "Oidc:Issuer=id.example.gov.cn", "Oidc:Audience=feedback")]
    [TestCase("Oidc:MetadataAddress", "Oidc:Issuer=http://id.example.gov.cn", "Oidc:Audience=feedback")]
    [TestCase("Oidc:MetadataAddress", "Oidc:Issuer=" + Issuer, "Oidc:Audience=feedback", "Oidc:MetadataAddress=ftp://id.example.gov.cn")]
    [TestCase("Oidc:Roles:head", "Oidc:Issuer=" + Issuer, "Oidc:Audience=feedback", "Oidc:Roles:head=Boss")]
    [TestCase("Oidc:Roles:head", "Oidc:Issuer=" + Issuer, "Oidc:Audience=feedback", "Oidc:Roles:head=1")]
    [TestCase("Oidc:RoleClaim", "Oidc:Issuer=" + Issuer, "Oidc:Audience=feedback", "Oidc:RoleClaim=groups")]
    public void A_provider_that_is_set_up_by_halves_stops_the_start(string named, params string[] settings) =>
        Assert.That(() => FeedbackApp.Build(Builder(settings)), Throws.TypeOf<SetupException>().With.Message.Contains(named));

    [TestCase("Oidc:Issuer=" + Issuer, "Oidc:Audience=feedback")]
    [TestCase("Oidc:Issuer=http://127.0.0.1:8080", "Oidc:Audience=feedback")]
    [TestCase("Oidc:Issuer=" + Issuer, "Oidc:Audience=feedback", "Oidc:Roles:head=UnitHead", "Oidc:RoleClaim=groups")]
    public async Task A_provider_that_is_set_up_starts(params string[] settings)
    {
        await using var app = FeedbackApp.Build(Builder(settings));
        Assert.That(app.Services.GetRequiredService<OpenIdSettings>().MetadataAddress.AbsoluteUri, Does.EndWith("/.well-known/openid-configuration"));
    }

    private static WebApplicationBuilder Builder(string[] settings)
    {
        var builder = Template.Builder("Sqlite", "Data Source=:memory:");
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s[..s.IndexOf('=', StringComparison.Ordinal)], (string?)s[(s.IndexOf('=', StringComparison.Ordinal) + 1)..])));
        return builder;
    }
}

/// <summary>An identity provider on a port of this machine: its description, its keys, and tokens as a test wants them.</summary>
internal sealed class Provider : IAsyncDisposable
{
    public const string FirstKid = "key-1";
    public static readonly RSA First = RSA.Create(2048);
    public static readonly RSA Second = RSA.Create(2048);
    private readonly WebApplication _app;
    private (string Kid, RSA Key) _current = (FirstKid, First);

    private Provider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapGet("/.well-known/openid-configuration", () => IsDown ? Results.StatusCode(500) : Results.Json(new { issuer = Calls, jwks_uri = Address + "/keys" }));
        _app.MapGet("/keys", () => IsDown ? Results.StatusCode(500) : Results.Json(new { keys = new[] { Published() } }));
        _app.Start();
        Address = Calls = _app.Urls.First();
    }

    public string Address { get; }

    /// <summary>The issuer that its description names.</summary>
    public string Calls { get; set; }

    public bool IsDown { get; set; }

    /// <summary>How an operator describes it.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Oidc:Issuer"] = Address,
        ["Oidc:Audience"] = "feedback",
        ["Oidc:HallClaim"] = "hall",
        ["Oidc:DepartmentClaim"] = "unit",
        ["Oidc:Roles:urn:hall:it"] = "Admin",
        ["Oidc:Roles:head"] = "UnitHead",
    };

    public static Provider Start() => new();

    public Dictionary<string, object> Claims(DateTimeOffset now, string login, params (string Name, object? Value)[] otherwise)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Address,
            ["aud"] = "feedback",
            ["sub"] = "7c0e1f",
            ["preferred_username"] = login,
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in otherwise)
        {
            if (value is null) claims.Remove(name);
            else claims[name] = value;
        }

        return claims;
    }

    /// <summary>The old key is gone at once.</summary>
    public void Rotate() => _current = ("key-2", Second);

    public string Sign(IReadOnlyDictionary<string, object> claims, params (string Name, object? Value)[] headers) => Join(claims, "RS256", _current.Kid, SignedBy(_current.Key), headers);

    public static string Sign(IReadOnlyDictionary<string, object> claims, string algorithm, string kid, RSA key) =>
        Join(claims, algorithm, kid, SignedBy(key));

    public static string Join(IReadOnlyDictionary<string, object> claims, string algorithm, string kid, Func<byte[], byte[]> sign, params (string Name, object? Value)[] headers)
    {
        var header = new Dictionary<string, object?> { ["alg"] = algorithm, ["kid"] = kid, ["typ"] = "JWT" };
        foreach (var (name, value) in headers) header[name] = value;
        var text = Part(header) + "." + Part(claims);
        return text + "." + Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Func<byte[], byte[]> SignedBy(RSA key) => text => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static string Part(object json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));

    private object Published()
    {
        var key = _current.Key.ExportParameters(false);
        return new { kty = "RSA", use = "sig", kid = _current.Kid, n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent) };
    }
}

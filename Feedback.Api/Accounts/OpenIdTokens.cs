using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Feedback.Accounts;

/// <summary>
/// Tokens of the organisation's identity provider (<see cref="OpenIdSettings"/>): signed by it, for us, in their time, and of somebody
/// who has an open account here. A second factor is the provider's business; sign-in settings and accounts stay closed, because no
/// session stands behind a token. Whatever is wrong with one, the answer is that of any wrong token.
/// </summary>
internal sealed class OpenIdTokens(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, OpenIdSettings settings, OpenIdKeys keys, TimeProvider time, Dispatcher dispatcher)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "OpenId";

    /// <summary>How far the provider's clock may be from ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>Signatures by a private key only: what we could make ourselves proves nothing.</summary>
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly JsonWebTokenHandler Reader = new();

    private bool _unreachable;

    /// <summary>Whether it has the three parts of a signed JWT (RFC 7515); our own tokens have no dots.</summary>
    /// <param name="header">The whole <c>Authorization</c> header.</param>
    public static bool Resembles(string header) => header.AsSpan().Count('.') == 2;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var signingKeys = await keys.Current(Context.RequestAborted);
        if (signingKeys is null)
        {
            _unreachable = true;
            return AuthenticateResult.Fail("provider_unreachable");
        }

        var read = await Reader.ValidateTokenAsync(Request.Headers.Authorization.ToString()["Bearer ".Length..].Trim(), new TokenValidationParameters
        {
            ValidIssuer = settings.Issuer,
            ValidAudience = settings.Audience,
            IssuerSigningKeys = signingKeys,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            LifetimeValidator = (from, until, _, _) => IsInItsTime(from, until),
            LogValidationExceptions = false,
        });
        if (read.Exception is SecurityTokenSignatureKeyNotFoundException) keys.Refresh();
        if (!read.IsValid || read.SecurityToken is not JsonWebToken token || MustBeUnderstood(token) || AccountOf(token) is not { } account) return AuthenticateResult.Fail("token_invalid");
        return (await dispatcher.Send(account, Context.RequestAborted)).Match(
            actor => AuthenticateResult.Success(new AuthenticationTicket(actor.Principal(Scheme), Scheme)),
            refusal => AuthenticateResult.Fail(refusal.Code));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_unreachable)
        {
            Response.Headers.RetryAfter = "10";
            return Answers.Write(Context, HttpRefusals.TryAgainLater);
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return Answers.Write(Context, HttpRefusals.SignInRequired);
    }

    private bool IsInItsTime(DateTime? from, DateTime? until)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now - Skew < until && !(from > now + Skew);
    }

    /// <summary>Whether its sender forbids to read it without knowing some extension (<c>crit</c>: RFC 7515, section 4.1.11). We know none, and the framework does not look.</summary>
    private static bool MustBeUnderstood(JsonWebToken token)
    {
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedHeader));
        return header.RootElement.TryGetProperty("crit", out _);
    }

    /// <summary>Whom the token speaks of; null when it says something that we do not understand, which is never guessed at.</summary>
    private FindAccount? AccountOf(JsonWebToken token)
    {
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
        var claims = payload.RootElement;
        if ((settings.LoginClaim is { } claim ? Texts(claims, claim) : Texts(claims, "preferred_username") ?? Texts(claims, "sub")) is not [var login]) return null;

        Role? role = null;
        if (settings.Roles.Count > 0 && Texts(claims, settings.RoleClaim) is { } named)
        {
            // A provider that serves many programs names roles of theirs as well.
            var ours = named.Where(settings.Roles.ContainsKey).Select(name => settings.Roles[name]).Distinct().ToList();
            if (ours is not [var one]) return null;
            role = one;
        }

        var hall = settings.HallClaim is null ? null : Texts(claims, settings.HallClaim);
        var department = settings.DepartmentClaim is null ? null : Texts(claims, settings.DepartmentClaim);
        return hall is null or [_] && department is null or [_] ? new FindAccount(login, role, hall?[0], department?[0]) : null;
    }

    /// <summary>A claim's text or list of texts; null when the token has no such claim, empty when it is anything else.</summary>
    private static List<string>? Texts(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var value)) return null;
        List<JsonElement> values = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        return values.TrueForAll(v => v.ValueKind == JsonValueKind.String && !v.ValueEquals("")) ? values.ConvertAll(v => v.GetString()!) : [];
    }
}

/// <summary>The provider's public keys, fetched when first needed, hourly, and at most once a minute when a token names one that is not known.</summary>
internal sealed class OpenIdKeys : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ILogger<OpenIdKeys> _log;
    private readonly HttpClient _client = new() { Timeout = Patience, MaxResponseContentBufferSize = 1 << 20 };
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _provider;

    public OpenIdKeys(OpenIdSettings settings, ILogger<OpenIdKeys> log)
    {
        _log = log;
        var https = settings.MetadataAddress.Scheme == Uri.UriSchemeHttps;
        _provider = new ConfigurationManager<OpenIdConnectConfiguration>(
            settings.MetadataAddress.AbsoluteUri, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(_client) { RequireHttps = https }, new OfIssuer(settings.Issuer))
        {
            AutomaticRefreshInterval = TimeSpan.FromHours(1),
            RefreshInterval = TimeSpan.FromMinutes(1),
        };
    }

    /// <summary>Null when the provider does not answer, or not with keys of the issuer, and has not done so before.</summary>
    public async Task<ICollection<SecurityKey>?> Current(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return (await _provider.GetConfigurationAsync(patience.Token).WaitAsync(patience.Token)).SigningKeys;
        }
        catch (Exception e) when (e is InvalidOperationException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            _log.LogWarning(e, "The identity provider did not answer with its keys.");
            return null;
        }
    }

    /// <summary>Fetches them anew behind the requests, which do not wait for it.</summary>
    public void Refresh() => _provider.RequestRefresh();

    public void Dispose() => _client.Dispose();

    /// <summary>What is found at the address must be the issuer's (OpenID Connect Discovery 1.0, section 4.3).</summary>
    private sealed class OfIssuer(string issuer) : IConfigurationValidator<OpenIdConnectConfiguration>
    {
        public ConfigurationValidationResult Validate(OpenIdConnectConfiguration configuration) => configuration.Issuer == issuer && configuration.SigningKeys.Count > 0
            ? new ConfigurationValidationResult { Succeeded = true }
            : new ConfigurationValidationResult { Succeeded = false, ErrorMessage = "It has no keys, or its issuer is another than Oidc:Issuer." };
    }
}

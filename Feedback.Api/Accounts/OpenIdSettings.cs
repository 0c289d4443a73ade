using Feedback.Domain.Staff;
using Feedback.Security;

namespace Feedback.Accounts;

/// <summary>The organisation's identity provider as its operator described it (<c>Oidc:*</c>).</summary>
/// <param name="Issuer">Exactly as the provider writes it into its tokens.</param>
/// <param name="Audience">What the provider calls this product.</param>
/// <param name="MetadataAddress">Where the provider describes itself (OpenID Connect Discovery 1.0); below the issuer by default.</param>
/// <param name="LoginClaim">Holds the account's login; null for <c>preferred_username</c>, or <c>sub</c> where there is none.</param>
/// <param name="RoleClaim">Holds roles of <paramref name="Roles"/>, one value or a list.</param>
/// <param name="HallClaim">Holds the code of the hall; null when accounts alone say it.</param>
/// <param name="DepartmentClaim">Holds the code of the unit; null when accounts alone say it.</param>
/// <param name="Roles">Ours by the provider's names; empty when accounts alone say who is what.</param>
internal sealed record OpenIdSettings(
    string Issuer,
    string Audience,
    Uri MetadataAddress,
    string? LoginClaim,
    string RoleClaim,
    string? HallClaim,
    string? DepartmentClaim,
    IReadOnlyDictionary<string, Role> Roles)
{
    private const string Section = "Oidc";

    /// <summary>Null when there is no provider.</summary>
    /// <exception cref="SetupException">Something is missing or malformed, or keys would come over a network in the clear.</exception>
    public static OpenIdSettings? Load(IConfiguration configuration, bool isDevelopment)
    {
        var section = configuration.GetSection(Section);
        if (!section.Exists()) return null;
        var issuer = Required(section, "Issuer");
        var roles = RolesOf(section.GetSection("Roles"));
        if (roles.Count == 0 && Optional(section, "RoleClaim") is not null) throw new SetupException($"{Section}:RoleClaim is set, but {Section}:Roles names no role.");
        return new OpenIdSettings(
            issuer,
            Required(section, "Audience"),
            Address(Optional(section, "MetadataAddress") ?? issuer.TrimEnd('/') + "/.well-known/openid-configuration", isDevelopment),
            Optional(section, "LoginClaim"),
            Optional(section, "RoleClaim") ?? "roles",
            Optional(section, "HallClaim"),
            Optional(section, "DepartmentClaim"),
            roles);
    }

    private static string? Optional(IConfigurationSection section, string name) => section[name] is { Length: > 0 } value ? value : null;

    private static string Required(IConfigurationSection section, string name) => Optional(section, name) ?? throw new SetupException($"{Section}:{name} is not set.");

    private static Uri Address(string text, bool isDevelopment)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            throw new SetupException($"{Section}:MetadataAddress (by default below {Section}:Issuer) is \"{text}\", which is not an address.");
        }

        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback || isDevelopment
            ? address
            : throw new SetupException($"{Section}:MetadataAddress (by default below {Section}:Issuer) is \"{text}\"; it must begin with https.");
    }

    /// <summary>A provider's names may hold colons, which settings take for levels.</summary>
    private static Dictionary<string, Role> RolesOf(IConfigurationSection section) => section.AsEnumerable(makePathsRelative: true)
        .Where(pair => pair.Value is not null)
        .ToDictionary(
            pair => pair.Key,
            pair => Enum.GetValues<Role>().Where(r => r.ToString() == pair.Value).Select(r => (Role?)r).SingleOrDefault()
                ?? throw new SetupException($"{Section}:Roles:{pair.Key} is \"{pair.Value}\"; it is one of {string.Join(", ", Enum.GetNames<Role>())}."),
            StringComparer.OrdinalIgnoreCase);
}

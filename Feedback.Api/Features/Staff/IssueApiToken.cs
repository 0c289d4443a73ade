using System.Security.Claims;
using System.Security.Cryptography;
using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>A token for programs that act as the caller. Shown once; stored as a keyed hash.</summary>
/// <param name="Actor">Whose it is.</param>
/// <param name="Label">What it is for.</param>
/// <param name="Days">How long it is good.</param>
/// <param name="Scopes">Of <see cref="TokenScopes"/>; null for all that the caller's role may.</param>
public sealed record IssueApiToken(Actor Actor, string? Label, int Days, IReadOnlyList<string>? Scopes = null) : ICommand<IssueApiToken.Issued>
{
    public sealed record Issued(string Token, DateTimeOffset ExpiresAt);

    internal sealed class Validator : AbstractValidator<IssueApiToken>
    {
        public Validator()
        {
            RuleFor(t => t.Label).Must(l => l is { Length: <= 100 } && !string.IsNullOrWhiteSpace(l)).Refuse("label_missing", "请说明这个令牌的用途,最多 100 个字符。", "Please say in up to 100 characters what the token is for.");
            RuleFor(t => t.Days).InclusiveBetween(1, 365).Refuse("days_out_of_range", "有效期为 1 到 365 天。", "A token is good for 1 to 365 days.");
            RuleFor(t => t.Scopes).Must(s => s is null || (s.Count > 0 && s.All(TokenScopes.All.Contains))).Refuse("scopes_unknown", "请从允许的范围中选择。", "Please choose among the scopes that there are.");
        }
    }

    internal sealed class Handler(Db db, Vault vault, LocalTime local, ILogger<IssueApiToken> log) : IRequestHandler<IssueApiToken, Outcome<Issued>>
    {
        private const string InsertSql =
            "insert into api_token (hash, login, label, created_at, expires_at, revoked_at, scopes, used_on) values (@hash, @login, @label, @now, @expiresAt, null, @scopes, null)";

        public async Task<Outcome<Issued>> Handle(IssueApiToken request, CancellationToken cancellationToken)
        {
            var token = "fb_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
            var (now, expiresAt) = (local.Now, local.Now.AddDays(request.Days));
            await db.Execute(InsertSql, new { hash = vault.Hash(Purpose.ApiToken, token), login = request.Actor.Login, label = request.Label, now, expiresAt, scopes = TokenScopes.Write(request.Scopes) }, cancellationToken);
            log.TokenIssued(request.Actor.Login);
            return new Issued(token, expiresAt);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Label, int Days = 90, IReadOnlyList<string>? Scopes = null);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/tokens", async (Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new IssueApiToken(user.Actor(), body.Label, body.Days, body.Scopes), ct)).ToHttp(issued => TypedResults.Created((string?)null, issued))).RequireAuthorization(Access.Account);
    }
}

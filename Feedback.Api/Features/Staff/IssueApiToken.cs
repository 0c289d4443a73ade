using System.Security.Claims;
using System.Security.Cryptography;
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
public sealed record IssueApiToken(Actor Actor, string? Label, int Days) : ICommand<IssueApiToken.Issued>
{
    public sealed record Issued(string Token, DateTimeOffset ExpiresAt);

    internal sealed class Validator : AbstractValidator<IssueApiToken>
    {
        public Validator()
        {
            RuleFor(t => t.Label).Must(l => l is { Length: <= 100 } && !string.IsNullOrWhiteSpace(l)).WithErrorCode("label_missing").WithMessage(_ => new Bilingual("请说明这个令牌的用途,最多 100 个字符。", "Please say in up to 100 characters what the token is for.").ToString());
            RuleFor(t => t.Days).InclusiveBetween(1, 365).WithErrorCode("days_out_of_range").WithMessage(_ => new Bilingual("有效期为 1 到 365 天。", "A token is good for 1 to 365 days.").ToString());
        }
    }

    internal sealed class Handler(Db db, Vault vault, LocalTime local) : IRequestHandler<IssueApiToken, Outcome<Issued>>
    {
        private const string InsertSql =
            "insert into api_token (hash, login, label, created_at, expires_at, revoked_at) values (@hash, @login, @label, @now, @expiresAt, null)";

        public async Task<Outcome<Issued>> Handle(IssueApiToken request, CancellationToken cancellationToken)
        {
            var token = "fb_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
            var (now, expiresAt) = (local.Now, local.Now.AddDays(request.Days));
            await db.Execute(InsertSql, new { hash = vault.Hash(Purpose.ApiToken, token), login = request.Actor.Login, label = request.Label, now, expiresAt }, cancellationToken);
            return new Issued(token, expiresAt);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Label, int Days = 90);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/tokens", async (Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new IssueApiToken(user.Actor(), body.Label, body.Days), ct)).ToHttp(issued => TypedResults.Created((string?)null, issued))).RequireAuthorization(Policies.Staff);
    }
}

/// <summary>Whom an API token speaks for, if it is good.</summary>
public sealed record FindTokenOwner(string Token) : IQuery<Actor>
{
    internal sealed class Handler(Db db, Vault vault, TimeProvider time) : IRequestHandler<FindTokenOwner, Outcome<Actor>>
    {
        private static readonly Refusal Bad = new(RefusalKind.Forbidden, "token_invalid", "令牌无效或已过期。", "The token is not valid or has expired.");

        private const string OwnerSql =
            """
            select s.login, s.name, s.role, s.hall_code, s.department_code, s.window_code
            from api_token t
            join staff s on s.login = t.login
            where t.hash = @hash and t.revoked_at is null and t.expires_at > @now and s.active = 1
            """;

        public async Task<Outcome<Actor>> Handle(FindTokenOwner request, CancellationToken cancellationToken) =>
            await db.SingleOrDefault<Actor>(OwnerSql, new { hash = vault.Hash(Purpose.ApiToken, request.Token), now = time.GetUtcNow() }, cancellationToken) is { } owner ? owner : Bad;
    }
}

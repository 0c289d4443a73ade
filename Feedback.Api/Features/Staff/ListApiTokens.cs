using System.Security.Claims;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>The API tokens of an account that are good now, the newest first.</summary>
public sealed record ListApiTokens(string Login) : IQuery<IReadOnlyList<ListApiTokens.Item>>
{
    /// <param name="Id">For revoking it; signs nobody in.</param>
    /// <param name="Label">What it is for.</param>
    /// <param name="Scopes">Null: all that the owner's role may.</param>
    /// <param name="CreatedAt">When it was issued.</param>
    /// <param name="ExpiresAt">When it ends.</param>
    /// <param name="UsedOn">The last day of use.</param>
    public sealed record Item(string Id, string Label, IReadOnlyList<string>? Scopes, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateOnly? UsedOn);

    internal sealed class Handler(Db db, LocalTime local) : IRequestHandler<ListApiTokens, Outcome<IReadOnlyList<Item>>>
    {
        private const string ListSql =
            "select hash, label, scopes, created_at, expires_at, used_on from api_token where login = @login and revoked_at is null and expires_at > @now order by created_at desc";

        public async Task<Outcome<IReadOnlyList<Item>>> Handle(ListApiTokens request, CancellationToken cancellationToken) =>
            (await db.Query<Row>(ListSql, new { login = request.Login, now = local.Now }, cancellationToken))
                .Select(r => new Item(Convert.ToHexStringLower(r.Hash), r.Label, TokenScopes.Read(r.Scopes), local.At(r.CreatedAt), local.At(r.ExpiresAt), r.UsedOn)).ToList();

        private sealed record Row(byte[] Hash, string Label, string? Scopes, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateOnly? UsedOn);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes)
        {
            routes.MapGet("/api/v1/account/tokens", async (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ListApiTokens(user.Actor().Login), ct)).ToHttp()).RequireAuthorization(Policies.Account);
            routes.MapGet("/api/v1/staff/{login}/tokens", async (string login, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ListApiTokens(login), ct)).ToHttp()).RequireAuthorization(Policies.Accounts);
        }
    }
}

/// <summary>Ends an API token of one's own; the administrator ends anybody's.</summary>
/// <param name="Actor">Who revokes it.</param>
/// <param name="Login">Whose it is.</param>
/// <param name="Id">From <see cref="ListApiTokens"/>.</param>
public sealed record RevokeApiToken(Actor Actor, string Login, string Id) : ICommand<Done>
{
    internal sealed class Handler(Db db, LocalTime local, ILogger<RevokeApiToken> log) : IRequestHandler<RevokeApiToken, Outcome<Done>>
    {
        private static readonly Refusal None = new(RefusalKind.NotFound, "token_unknown", "没有这个令牌。", "There is no such token.");

        private const string RevokeSql = "update api_token set revoked_at = @now where hash = @hash and login = @login and revoked_at is null";

        public async Task<Outcome<Done>> Handle(RevokeApiToken request, CancellationToken cancellationToken)
        {
            if (request.Login != request.Actor.Login && request.Actor.Role != Role.Admin) return None;
            if (HexId.Read(request.Id) is not { } hash || await db.Execute(RevokeSql, new { hash, login = request.Login, now = local.Now }, cancellationToken) == 0) return None;
            log.TokenRevoked(request.Login, request.Actor.Login);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes)
        {
            routes.MapDelete("/api/v1/account/tokens/{id}", async (string id, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new RevokeApiToken(user.Actor(), user.Actor().Login, id), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Policies.Account);
            routes.MapDelete("/api/v1/staff/{login}/tokens/{id}", async (string login, string id, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new RevokeApiToken(user.Actor(), login, id), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Policies.Accounts);
        }
    }
}

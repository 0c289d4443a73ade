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
                (await dispatcher.Send(new ListApiTokens(user.Actor().Login), ct)).ToHttp()).RequireAuthorization(Access.Account);
            routes.MapGet("/api/v1/staff/{login}/tokens", async (string login, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ListApiTokens(login), ct)).ToHttp()).RequireAuthorization(Access.Accounts);
        }
    }
}

using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>One's own sessions that have not ended, the newest first.</summary>
public sealed record ListSessions(string Login, string? Current) : IQuery<IReadOnlyList<ListSessions.Item>>
{
    /// <param name="Id">For ending it; signs nobody in.</param>
    /// <param name="CreatedAt">The sign-in.</param>
    /// <param name="SeenAt">The last use, to five minutes.</param>
    /// <param name="ExpiresAt">When it ends by itself.</param>
    /// <param name="UserAgent">As the browser named itself.</param>
    /// <param name="Current">Whether it is the asker's.</param>
    public sealed record Item(string Id, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, string? UserAgent, bool Current);

    internal sealed class Handler(Db db, Sessions sessions, LocalTime local) : IRequestHandler<ListSessions, Outcome<IReadOnlyList<Item>>>
    {
        private const string ListSql =
            "select hash, created_at, seen_at, expires_at, user_agent from staff_session where login = @login and ended_at is null and expires_at > @now order by created_at desc";

        public async Task<Outcome<IReadOnlyList<Item>>> Handle(ListSessions request, CancellationToken cancellationToken)
        {
            var current = request.Current is { } id ? sessions.HashOf(id) : [];
            var rows = await db.Query<Row>(ListSql, new { login = request.Login, now = local.Now }, cancellationToken);
            return rows.Select(r => new Item(Convert.ToHexStringLower(r.Hash), local.At(r.CreatedAt), local.At(r.SeenAt), local.At(r.ExpiresAt), r.UserAgent, r.Hash.AsSpan().SequenceEqual(current))).ToList();
        }

        private sealed record Row(byte[] Hash, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, string? UserAgent);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/account/sessions", async (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ListSessions(user.Actor().Login, user.Session()), ct)).ToHttp()).RequireAuthorization(Access.Account);
    }
}

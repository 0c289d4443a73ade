using System.Security.Claims;
using Feedback.Casework;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Notices;

/// <summary>The caller's newest notices (the bell).</summary>
public sealed record ListNotices(Actor Actor) : IQuery<ListNotices.Bell>
{
    private const int Newest = 50;

    /// <param name="Unread">How many are unread, all told.</param>
    /// <param name="Items">The newest, newest first.</param>
    public sealed record Bell(int Unread, IReadOnlyList<Item> Items);

    public sealed record Item(Guid Id, string CaseNumber, CaseEventKind Kind, DateTimeOffset At, DateTimeOffset? ReadAt);

    internal sealed class Handler(Db db, LocalTime local) : IRequestHandler<ListNotices, Outcome<Bell>>
    {
        private const string UnreadSql = "select count(*) from notice where login = @login and read_at is null";
        private const string NewestSql = "select id, case_number, kind, at, read_at from notice where login = @login order by id desc";

        public async Task<Outcome<Bell>> Handle(ListNotices request, CancellationToken cancellationToken)
        {
            var unread = await db.Single<int>(UnreadSql, new { login = request.Actor.Login }, cancellationToken);
            var items = await db.Query<Item>(db.Dialect.Limited(NewestSql), new { login = request.Actor.Login, limit = Newest }, cancellationToken);
            return new Bell(unread, [.. items.Select(i => i with { At = local.At(i.At) })]);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/notices", async (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ListNotices(user.Actor()), ct)).ToHttp()).RequireAuthorization(Access.Staff);
    }
}

using Feedback.Data;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Outbox;

/// <summary>The webhooks, the disabled ones too, newest first. Their secrets are shown once, when they are made.</summary>
public sealed record ListWebhooks : IQuery<IReadOnlyList<ListWebhooks.Item>>
{
    /// <param name="Id">Its key.</param>
    /// <param name="Label">What it is for.</param>
    /// <param name="Url">Where its messages go.</param>
    /// <param name="CreatedBy">The login of who made it.</param>
    /// <param name="CreatedAt">When.</param>
    /// <param name="DisabledAt">Null while it is sent to.</param>
    public sealed record Item(Guid Id, string Label, string Url, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt);

    internal sealed class Handler(Db db, LocalTime local) : IRequestHandler<ListWebhooks, Outcome<IReadOnlyList<Item>>>
    {
        private const string AllSql = "select id, label, url, created_by, created_at, disabled_at from webhook order by id desc";

        public async Task<Outcome<IReadOnlyList<Item>>> Handle(ListWebhooks request, CancellationToken cancellationToken) =>
            (await db.Query<Item>(AllSql, null, cancellationToken))
                .Select(w => w with { CreatedAt = local.At(w.CreatedAt), DisabledAt = w.DisabledAt is { } at ? local.At(at) : null }).ToList();
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/webhooks", async (Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ListWebhooks(), ct)).ToHttp()).RequireAuthorization(Access.Outbox);
    }
}

using Feedback.Data;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Outbox;

/// <summary>Sends a dead message again, from the first attempt on and under the same id, by which a receiver knows it.</summary>
internal sealed record ReplayMessage(Guid Id) : ICommand<Done>
{
    internal sealed class Handler(Db db, Webhooks webhooks, LocalTime local) : IRequestHandler<ReplayMessage, Outcome<Done>>
    {
        private const string FindSql = "select state, webhook_id from outbox_message where id = @id";

        private const string ReplaySql =
            "update outbox_message set state = 'Waiting', attempts = 0, queued_at = @now, next_at = @now, settled_at = null where id = @id and state = 'Dead'";

        public async Task<Outcome<Done>> Handle(ReplayMessage request, CancellationToken cancellationToken)
        {
            if (await db.SingleOrDefault<Row>(FindSql, new { id = request.Id }, cancellationToken) is not { } found) return OutboxRefusals.MessageUnknown;
            if (found.State != OutboxState.Dead) return OutboxRefusals.MessageNotDead;
            if (found.WebhookId is { } webhook && await webhooks.MaySend(webhook, cancellationToken) is { } refusal) return refusal;
            await db.ExecuteOne(ReplaySql, new { id = request.Id, now = local.Now }, cancellationToken);
            return default(Done);
        }

        private sealed record Row(OutboxState State, Guid? WebhookId);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/outbox/{id:guid}/replay", async (Guid id, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ReplayMessage(id), ct)).ToHttp(_ => TypedResults.Accepted((string?)null))).RequireAuthorization(Access.Outbox);
    }
}

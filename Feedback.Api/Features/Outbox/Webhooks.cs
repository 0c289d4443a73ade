using Feedback.Data;
using Feedback.Domain;

namespace Feedback.Features.Outbox;

/// <summary>The receivers of webhooks.</summary>
internal sealed class Webhooks(Db db, LocalTime local)
{
    private const string FindSql = "select id, disabled_at from webhook where id = @id";
    private const string DisableSql = "update webhook set disabled_at = @now where id = @id and disabled_at is null";

    private const string GiveUpSql =
        "update outbox_message set state = 'Dead', settled_at = @now, last_error = @error where webhook_id = @id and state = 'Waiting'";

    /// <summary>The refusal why nothing can be sent to it; null when something can.</summary>
    public async Task<Refusal?> MaySend(Guid id, CancellationToken ct) => await db.SingleOrDefault<Row>(FindSql, new { id }, ct) switch
    {
        null => OutboxRefusals.WebhookUnknown,
        { DisabledAt: not null } => OutboxRefusals.WebhookDisabled,
        _ => null,
    };

    /// <summary>Nothing is sent to it any more; what was waiting for it is given up.</summary>
    public async Task Disable(Guid id, CancellationToken ct)
    {
        var now = local.Now;
        await db.Execute(DisableSql, new { id, now }, ct);
        await db.Execute(GiveUpSql, new { id, now, error = OutboxErrors.Disabled }, ct);
    }

    private sealed record Row(Guid Id, DateTimeOffset? DisabledAt);
}

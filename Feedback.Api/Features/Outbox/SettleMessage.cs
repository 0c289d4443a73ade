using Feedback.Data;
using Feedback.Domain;
using Feedback.Notifications;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Outbox;

/// <summary>
/// Writes down how an attempt ended: sent, to be tried again later, or dead. A caller whose lease is over changes nothing; the
/// message is somebody else's by then.
/// </summary>
/// <param name="Id">The message.</param>
/// <param name="Until">The lease it was claimed with.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Error">Why it was not delivered: a stable code such as <c>http_503</c>, and after ": " what else is known; cut to 200 characters.</param>
/// <param name="RetryAfter">The wait that the receiver asked for.</param>
internal sealed record SettleMessage(Guid Id, DateTimeOffset Until, DeliveryOutcome Outcome, string? Error = null, TimeSpan? RetryAfter = null) : ICommand<Done>
{
    private const int LongestError = 200;

    internal sealed class Handler(Db db, Webhooks webhooks, LocalTime local) : IRequestHandler<SettleMessage, Outcome<Done>>
    {
        private const string FindSql = "select webhook_id, attempts from outbox_message where id = @id and state = 'Waiting' and next_at = @until";

        private const string SentSql = "update outbox_message set state = 'Sent', attempts = attempts + 1, settled_at = @now, last_error = null where id = @id";
        private const string RetrySql = "update outbox_message set attempts = attempts + 1, next_at = @nextAt, last_error = @error where id = @id";
        private const string DeadSql = "update outbox_message set state = 'Dead', attempts = attempts + 1, settled_at = @now, last_error = @error where id = @id";

        public async Task<Outcome<Done>> Handle(SettleMessage request, CancellationToken cancellationToken)
        {
            var (id, now) = (request.Id, local.Now);
            var error = request.Error is { Length: > LongestError } longer ? longer[..LongestError] : request.Error;
            if (await db.SingleOrDefault<Row>(FindSql, new { id, until = request.Until }, cancellationToken) is not { } found) return default(Done);

            if (request.Outcome == DeliveryOutcome.Delivered)
            {
                await db.Execute(SentSql, new { id, now }, cancellationToken);
            }
            else if (request.Outcome == DeliveryOutcome.Failed && RetrySchedule.After(found.Attempts + 1, request.RetryAfter) is { } delay)
            {
                await db.Execute(RetrySql, new { id, nextAt = now + delay, error }, cancellationToken);
            }
            else
            {
                await db.Execute(DeadSql, new { id, now, error }, cancellationToken);
                if (request.Outcome == DeliveryOutcome.Gone && found.WebhookId is { } webhook) await webhooks.Disable(webhook, cancellationToken);
            }

            return default(Done);
        }

        private sealed record Row(Guid? WebhookId, int Attempts);
    }
}

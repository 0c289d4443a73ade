using Feedback.Data;
using Feedback.Domain;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Outbox;

/// <summary>
/// Keeps the outbox from growing for ever: gives up what could not even be tried (no mail server), and drops what was sent or
/// given up long ago.
/// </summary>
internal sealed record TidyOutbox : ICommand<Done>
{
    // Longer than all retries together, so that only what was never tried meets it.
    private static readonly TimeSpan Waits = TimeSpan.FromDays(7);
    private static readonly TimeSpan SentIsKept = TimeSpan.FromDays(30);
    private static readonly TimeSpan DeadIsKept = TimeSpan.FromDays(90);

    internal sealed class Handler(Db db, LocalTime local) : IRequestHandler<TidyOutbox, Outcome<Done>>
    {
        private const string GiveUpSql = "update outbox_message set state = 'Dead', settled_at = @now, last_error = @error where state = 'Waiting' and queued_at < @before";
        private const string DropSql = "delete from outbox_message where state = @state and settled_at < @before";

        public async Task<Outcome<Done>> Handle(TidyOutbox request, CancellationToken cancellationToken)
        {
            var now = local.Now;
            await db.Execute(GiveUpSql, new { now, error = OutboxErrors.Expired, before = now - Waits }, cancellationToken);
            await db.Execute(DropSql, new { state = nameof(OutboxState.Sent), before = now - SentIsKept }, cancellationToken);
            await db.Execute(DropSql, new { state = nameof(OutboxState.Dead), before = now - DeadIsKept }, cancellationToken);
            return default(Done);
        }
    }
}

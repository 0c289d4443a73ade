using Feedback.Data;
using Feedback.Domain;
using Feedback.Notifications;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Outbox;

/// <summary>Messages that share a fate: all e-mails, or all of one webhook. What one lane waits for holds up no other.</summary>
/// <param name="Webhook">Null for e-mails.</param>
internal readonly record struct OutboxGroup(Guid? Webhook);

/// <summary>The lanes with something to send now. E-mails are not due while there is no mail server.</summary>
internal sealed record ListDueGroups : IQuery<ListDueGroups.Answer>
{
    /// <param name="Lanes">Those with something due.</param>
    /// <param name="NextAt">When something falls due that is not yet; null when nothing will.</param>
    public sealed record Answer(IReadOnlyList<OutboxGroup> Lanes, DateTimeOffset? NextAt);

    internal sealed class Handler(Db db, MailSettings mail, LocalTime local) : IRequestHandler<ListDueGroups, Outcome<Answer>>
    {
        private const string LanesSql = "select distinct webhook_id from outbox_message where state = 'Waiting' and next_at <= @now";
        private const string NextSql = "select next_at from outbox_message where state = 'Waiting' and next_at > @now order by next_at";

        public async Task<Outcome<Answer>> Handle(ListDueGroups request, CancellationToken cancellationToken)
        {
            var now = local.Now;
            var lanes = await db.Query<Row>(LanesSql, new { now }, cancellationToken);
            var next = await db.SingleOrDefault<DateTimeOffset?>(db.Dialect.Limited(NextSql), new { now, limit = 1 }, cancellationToken);
            return new Answer([.. lanes.Where(l => l.WebhookId is not null || mail.IsConfigured).Select(l => new OutboxGroup(l.WebhookId))], next);
        }

        private sealed record Row(Guid? WebhookId);
    }
}

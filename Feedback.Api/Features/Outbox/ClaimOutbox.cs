using Feedback.Casework.Contacts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Notifications;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Outbox;

/// <summary>
/// Takes a few due messages of a lane for the caller alone, by moving their next instant a minute ahead: whoever else saw the
/// same rows moves nothing. A caller that dies leaves them to be taken again when the minute is over.
/// </summary>
internal sealed record ClaimOutbox(OutboxGroup Lane) : ICommand<IReadOnlyList<ClaimOutbox.Claimed>>
{
    /// <summary>As many as are sent at once: what is claimed is sent without waiting, well within the lease.</summary>
    private const int SetSize = 4;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <param name="Id">The message's key, the same however often it is sent.</param>
    /// <param name="Address">Of an e-mail; null for a webhook.</param>
    /// <param name="Webhook">Null for an e-mail.</param>
    /// <param name="Payload">A <see cref="EmailText"/>, or the webhook's body to the byte.</param>
    /// <param name="Until">The end of the lease, which proves to <see cref="SettleMessage"/> that it still holds.</param>
    public sealed record Claimed(Guid Id, string? Address, WebhookReceiver? Webhook, string Payload, DateTimeOffset Until);

    internal sealed class Handler(Db db, ContactBook contacts, LocalTime local) : IRequestHandler<ClaimOutbox, Outcome<IReadOnlyList<Claimed>>>
    {
        private const string MailsSql =
            """
            select m.id, m.address, k.sealed as contact, w.url, w.secret, m.payload, m.next_at
            from outbox_message m
            left join webhook w on w.id = m.webhook_id
            left join contact k on k.id = m.contact_id
            where m.state = 'Waiting' and m.next_at <= @now and m.webhook_id is null
            order by m.next_at, m.id
            """;

        private const string WebhookSql =
            """
            select m.id, m.address, k.sealed as contact, w.url, w.secret, m.payload, m.next_at
            from outbox_message m
            left join webhook w on w.id = m.webhook_id
            left join contact k on k.id = m.contact_id
            where m.state = 'Waiting' and m.next_at <= @now and m.webhook_id = @webhook
            order by m.next_at, m.id
            """;

        private const string LeaseSql = "update outbox_message set next_at = @until where id = @Id and state = 'Waiting' and next_at = @NextAt";

        public async Task<Outcome<IReadOnlyList<Claimed>>> Handle(ClaimOutbox request, CancellationToken cancellationToken)
        {
            var (now, until) = (local.Now, local.Now + Lease);
            var due = request.Lane.Webhook is { } webhook
                ? await db.Query<Row>(db.Dialect.Limited(WebhookSql), new { now, webhook, limit = SetSize }, cancellationToken)
                : await db.Query<Row>(db.Dialect.Limited(MailsSql), new { now, limit = SetSize }, cancellationToken);
            var claimed = new List<Claimed>();
            foreach (var row in due)
            {
                if (await db.Execute(LeaseSql, new { row.Id, row.NextAt, until }, cancellationToken) == 1) claimed.Add(row.Leased(until, contacts));
            }

            return claimed;
        }

        private sealed record Row(Guid Id, string? Address, byte[]? Contact, string? Url, byte[]? Secret, string Payload, DateTimeOffset NextAt)
        {
            public Claimed Leased(DateTimeOffset until, ContactBook contacts) => new(Id, Contact is null ? Address : contacts.Read(Contact).Email?.Trim() ?? "", Url is null ? null : new WebhookReceiver(Url, Secret!), Payload, until);
        }
    }
}

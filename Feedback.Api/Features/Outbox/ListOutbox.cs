using Feedback.Data;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Notifications;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Outbox;

/// <summary>The outbox as its operator sees it, newest first, a page at a time. It names no case: whoever runs the system sees none.</summary>
/// <param name="State">Only this state.</param>
/// <param name="Cursor">What the page before gave as <c>next</c>.</param>
/// <param name="Size">Rows a page.</param>
public sealed record ListOutbox(OutboxState? State = null, string? Cursor = null, int Size = 50) : IQuery<ListOutbox.Page>
{
    /// <param name="Waiting">How many wait, all told.</param>
    /// <param name="Sent">How many were sent, of those that are still kept.</param>
    /// <param name="Dead">How many were given up, likewise.</param>
    /// <param name="MailConfigured">Whether there is a mail server; without one e-mails wait.</param>
    /// <param name="Items">The page.</param>
    /// <param name="Next">The cursor of the page behind; null on the last.</param>
    public sealed record Page(int Waiting, int Sent, int Dead, bool MailConfigured, IReadOnlyList<Item> Items, string? Next);

    /// <param name="Id">The message's key.</param>
    /// <param name="Channel">How it leaves.</param>
    /// <param name="Target">The e-mail address, or the webhook's URL.</param>
    /// <param name="Kind">The event's type, such as <c>case.escalated</c>.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Attempts">Since it was queued or sent again.</param>
    /// <param name="QueuedAt">When it was queued, or asked to be sent again.</param>
    /// <param name="NextAt">When it is tried next; null unless it waits.</param>
    /// <param name="SettledAt">When it was sent or given up.</param>
    /// <param name="Error">Why the last attempt failed: a stable code such as <c>http_503</c>, and after ": " what else is known.</param>
    public sealed record Item(
        Guid Id, OutboxChannel Channel, string Target, string Kind, OutboxState State, int Attempts, DateTimeOffset QueuedAt, DateTimeOffset? NextAt, DateTimeOffset? SettledAt, string? Error);

    internal sealed class Validator : AbstractValidator<ListOutbox>
    {
        public Validator()
        {
            RuleFor(l => l.Size).InclusiveBetween(1, 200).Refuse("size_out_of_range", "每页 1 到 200 行。", "A page has 1 to 200 rows.");
            RuleFor(l => l.Cursor).Must(c => string.IsNullOrEmpty(c) || Guid.TryParse(c, out _)).Refuse("cursor_malformed", "翻页位置无效。", "The cursor is not one of ours.");
            RuleFor(l => l.State).IsInEnum().Refuse("state_unknown", "请从列出的值中选择。", "Please choose one of the values listed.");
        }
    }

    internal sealed class Handler(Db db, MailSettings mail, LocalTime local) : IRequestHandler<ListOutbox, Outcome<Page>>
    {
        private const string CountSql = "select state, count(*) as n from outbox_message group by state";

        private const string PageSql =
            """
            select m.id, m.address, w.url, m.kind, m.state, m.attempts, m.queued_at, m.next_at, m.settled_at, m.last_error
            from outbox_message m
            left join webhook w on w.id = m.webhook_id
            where m.id < @before and (@state is null or m.state = @state)
            order by m.id desc
            """;

        public async Task<Outcome<Page>> Handle(ListOutbox request, CancellationToken cancellationToken)
        {
            var counts = (await db.Query<Count>(CountSql, null, cancellationToken)).ToDictionary(c => c.State, c => c.N);
            var before = Guid.TryParse(request.Cursor, out var cursor) ? cursor : Guid.AllBitsSet;
            var rows = await db.Query<Row>(db.Dialect.Limited(PageSql), new { before, state = request.State?.ToString(), limit = request.Size + 1 }, cancellationToken);
            var items = rows.Take(request.Size).Select(r => r.ToItem(local)).ToList();
            return new Page(
                counts.GetValueOrDefault(OutboxState.Waiting),
                counts.GetValueOrDefault(OutboxState.Sent),
                counts.GetValueOrDefault(OutboxState.Dead),
                mail.IsConfigured,
                items,
                rows.Count > request.Size ? items[^1].Id.ToString() : null);
        }

        private sealed record Count(OutboxState State, int N);

        private sealed record Row(
            Guid Id, string? Address, string? Url, string Kind, OutboxState State, int Attempts, DateTimeOffset QueuedAt, DateTimeOffset NextAt, DateTimeOffset? SettledAt, string? LastError)
        {
            public Item ToItem(LocalTime local) => new(
                Id, Address is null ? OutboxChannel.Webhook : OutboxChannel.Mail, Address ?? Url!, Kind, State, Attempts, local.At(QueuedAt),
                State == OutboxState.Waiting ? local.At(NextAt) : null, SettledAt is { } at ? local.At(at) : null, LastError);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/outbox", async (Dispatcher dispatcher, CancellationToken ct, OutboxState? state = null, string? cursor = null, int size = 50) =>
                (await dispatcher.Send(new ListOutbox(state, cursor, size), ct)).ToHttp()).RequireAuthorization(Access.Outbox);
    }
}

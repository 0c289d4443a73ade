using Feedback.Data;

namespace Feedback.Notifications;

/// <summary>A notice in the console.</summary>
/// <param name="Login">Who reads it.</param>
/// <param name="Subject">The number of the file it is about.</param>
/// <param name="Kind">What happened; its words are the reader's affair.</param>
public sealed record Notice(string Login, string Subject, string Kind);

/// <summary>A message that is sent.</summary>
/// <param name="Logins">Whoever of these has an e-mail address gets the e-mail.</param>
/// <param name="Kind">The event's type, such as <c>case.escalated</c>.</param>
/// <param name="Webhook">The body for every webhook; null when it leaves by none.</param>
public sealed record OutgoingMessage(IReadOnlyList<string> Logins, string Kind, EmailText Email, string? Webhook);

/// <summary>
/// WriteBatch notices, and what is to be sent into the outbox, in the transaction of what happened. It knows messages and no
/// case: what they say and who may read them is decided where they are made.
/// </summary>
public sealed class OutboxWriter(Db db, IConfiguration configuration, LocalTime local, TimeProvider time)
{
    /// <summary>What stands where staff's e-mails have their address.</summary>
    internal const string Citizen = "(市民 / citizen)";

    private const string NoticeSql = "insert into notice (id, login, case_number, kind, at, read_at) values (@id, @login, @subject, @kind, @now, null)";
    private const string AddressesSql = "select login, email from staff_address where login in @logins";
    private const string WebhooksSql = "select id from webhook where disabled_at is null order by id";

    private const string MailSql =
        """
        insert into outbox_message (id, webhook_id, address, kind, payload, state, attempts, queued_at, next_at, settled_at, last_error)
        values (@Id, null, @Address, @Kind, @Payload, 'Waiting', 0, @Now, @Now, null, null)
        """;

    private const string WebhookSql =
        """
        insert into outbox_message (id, webhook_id, address, kind, payload, state, attempts, queued_at, next_at, settled_at, last_error)
        values (@Id, @Webhook, null, @Kind, @Payload, 'Waiting', 0, @Now, @Now, null, null)
        """;

    private const string CitizenSql =
        """
        insert into outbox_message (id, webhook_id, address, kind, payload, state, attempts, queued_at, next_at, settled_at, last_error, contact_id)
        values (@id, null, @address, @kind, @payload, 'Waiting', 0, @now, @now, null, null, @contact)
        """;

    /// <summary>The product's address for links, without a slash at its end; null when it is not configured.</summary>
    public string? Site => configuration["PublicAddress"] is { Length: > 0 } site ? site.TrimEnd('/') : null;

    public Task Add(IEnumerable<Notice> notices, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return db.ExecuteEach(NoticeSql, notices.Select(n => new { id = Keys.New(time), login = n.Login, subject = n.Subject, kind = n.Kind, now }), ct);
    }

    /// <summary>Who would get a message: nothing need be composed when nobody would.</summary>
    public async Task<Audience> AudienceOf(IEnumerable<string> logins, CancellationToken ct)
    {
        var addresses = (await db.Query<AddressRow>(AddressesSql, new { logins = logins.Distinct() }, ct)).ToDictionary(a => a.Login, a => a.Email);
        return new Audience(addresses, await db.Query<Guid>(WebhooksSql, null, ct));
    }

    public async Task Add(IEnumerable<OutgoingMessage> messages, Audience audience, CancellationToken ct)
    {
        var now = local.Now;
        var (mails, calls) = (new List<Mail>(), new List<Call>());
        foreach (var message in messages)
        {
            var (kind, payload) = (message.Kind, message.Email.ToJson());
            var addressed = message.Logins.Distinct().Where(audience.Addresses.ContainsKey).Select(login => audience.Addresses[login]);
            mails.AddRange(addressed.Select(address => new Mail(Keys.New(time), address, kind, payload, now)));
            if (message.Webhook is { } body) calls.AddRange(audience.Webhooks.Select(webhook => new Call(Keys.New(time), webhook, kind, body, now)));
        }

        await db.ExecuteEach(MailSql, mails, ct);
        await db.ExecuteEach(WebhookSql, calls, ct);
    }

    /// <summary>To a citizen: the message names the sealed contact, not the address, so that whoever reads the outbox learns none.</summary>
    public Task AddForContact(Guid contact, EmailText email, CancellationToken ct) =>
        db.Execute(CitizenSql, new { id = Keys.New(time), address = Citizen, kind = WebhookBody.Notice, payload = email.ToJson(), now = local.Now, contact }, ct);

    /// <summary>So that a receiver can be tried: a message that concerns no case.</summary>
    /// <returns>The message's key.</returns>
    public async Task<Guid> Ping(Guid webhook, CancellationToken ct)
    {
        var (id, now) = (Keys.New(time), local.Now);
        await db.Execute(WebhookSql, new Call(id, webhook, WebhookBody.Ping, WebhookBody.Write(WebhookBody.Ping, now, new { webhook }), now), ct);
        return id;
    }

    /// <param name="Addresses">E-mail addresses by login.</param>
    /// <param name="Webhooks">Those that are not disabled.</param>
    public sealed record Audience(IReadOnlyDictionary<string, string> Addresses, IReadOnlyList<Guid> Webhooks)
    {
        public bool IsEmpty => Addresses.Count == 0 && Webhooks.Count == 0;
    }

    private sealed record Mail(Guid Id, string Address, string Kind, string Payload, DateTimeOffset Now);

    private sealed record Call(Guid Id, Guid Webhook, string Kind, string Payload, DateTimeOffset Now);

    private sealed record AddressRow(string Login, string Email);
}

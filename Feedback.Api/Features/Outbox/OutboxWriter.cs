using System.Text.Json;
using Feedback.Data;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Features.Cases;

namespace Feedback.Features.Outbox;

/// <summary>Something that people are told about a case.</summary>
/// <param name="Logins">Who is told.</param>
/// <param name="CaseNumber">Of which case.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Step">The step of the ladder, where it is one.</param>
/// <param name="DueAt">When that step was due.</param>
public sealed record Telling(IReadOnlyList<string> Logins, string CaseNumber, CaseEventKind Kind, EscalationStep? Step = null, DateTimeOffset? DueAt = null);

/// <summary>
/// Writes what is to leave the house into the outbox, in the transaction of what happened: an e-mail for each who has an address,
/// and a webhook for each receiver. Cases that the hall may not see leave by no webhook, and their e-mails name nothing.
/// </summary>
public sealed class OutboxWriter(Db db, IConfiguration configuration, LocalTime local, TimeProvider time)
{
    private const string AddressesSql = "select login, email from staff_address where login in @logins";
    private const string WebhooksSql = "select id from webhook where disabled_at is null order by id";

    private const string CasesSql =
        """
        select case_number, lane, hall_code, unit_code, window_code, state, case when state = 'Filed' then accept_by else due_at end as due_at
        from case_file
        where case_number in @numbers
        """;

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

    /// <summary>The number of statements read here does not grow with the number of tellings.</summary>
    public async Task Add(IReadOnlyCollection<Telling> tellings, CancellationToken ct)
    {
        var logins = tellings.SelectMany(t => t.Logins).Distinct();
        var addresses = (await db.Query<AddressRow>(AddressesSql, new { logins }, ct)).ToDictionary(a => a.Login, a => a.Email);
        var webhooks = await db.Query<Guid>(WebhooksSql, null, ct);
        if (addresses.Count == 0 && webhooks.Count == 0) return;

        var cases = (await db.Query<CaseFacts>(CasesSql, new { numbers = tellings.Select(t => t.CaseNumber).Distinct() }, ct)).ToDictionary(c => c.CaseNumber);
        var console = configuration["PublicAddress"] is { Length: > 0 } site ? site.TrimEnd('/') : null;
        var now = local.Now;
        var (letters, calls) = (new List<Mail>(), new List<Call>());
        foreach (var telling in tellings)
        {
            var about = cases[telling.CaseNumber];
            var isOpen = about.Lane == Lane.Hall;
            var dueAt = (telling.DueAt ?? about.RunningUntil) is { } due ? local.At(due) : (DateTimeOffset?)null;
            var kind = isOpen ? Payloads.TypeOf(telling.Kind) : Payloads.Notice;
            var letter = JsonSerializer.Serialize(isOpen ? Letter.OfCase(telling.CaseNumber, telling.Kind, dueAt, console) : Letter.OfNotice(console), Payloads.Json);
            var addressed = telling.Logins.Distinct().Where(addresses.ContainsKey).Select(login => addresses[login]);
            letters.AddRange(addressed.Select(address => new Mail(Keys.New(time), address, kind, letter, now)));
            if (!isOpen) continue;

            var body = Payloads.Write(kind, now, new
            {
                telling.CaseNumber,
                hall = about.HallCode,
                unit = about.UnitCode,
                window = about.WindowCode,
                state = about.State.ToString(),
                step = telling.Step?.ToString(),
                dueAt,
            });
            calls.AddRange(webhooks.Select(webhook => new Call(Keys.New(time), webhook, kind, body, now)));
        }

        await db.ExecuteEach(MailSql, letters, ct);
        await db.ExecuteEach(WebhookSql, calls, ct);
    }

    /// <summary>So that a receiver can be tried: a message that concerns no case.</summary>
    /// <returns>The message's key.</returns>
    public async Task<Guid> Ping(Guid webhook, CancellationToken ct)
    {
        var (id, now) = (Keys.New(time), local.Now);
        await db.Execute(WebhookSql, new Call(id, webhook, Payloads.Ping, Payloads.Write(Payloads.Ping, now, new { webhook }), now), ct);
        return id;
    }

    private sealed record Mail(Guid Id, string Address, string Kind, string Payload, DateTimeOffset Now);

    private sealed record Call(Guid Id, Guid Webhook, string Kind, string Payload, DateTimeOffset Now);

    private sealed record AddressRow(string Login, string Email);

    private sealed record CaseFacts(string CaseNumber, Lane Lane, string HallCode, string UnitCode, string WindowCode, CaseState State, DateTimeOffset DueAt)
    {
        /// <summary>When the clock that runs now is due.</summary>
        public DateTimeOffset? RunningUntil => State is CaseState.Filed or CaseState.Accepted ? DueAt : null;
    }
}

using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;
using Feedback.Notifications;

namespace Feedback.Casework;

/// <summary>Something that people are told about a case.</summary>
/// <param name="Logins">Who is told.</param>
/// <param name="Step">The step of the ladder, where it is one.</param>
/// <param name="DueAt">When that step was due.</param>
public sealed record CaseNotice(IReadOnlyList<string> Logins, string CaseNumber, CaseEventKind Kind, EscalationStep? Step = null, DateTimeOffset? DueAt = null);

/// <summary>
/// Tells staff about cases: a notice in the console, an e-mail for each who has an address, and a webhook for each receiver. Cases
/// that the hall may not see leave by no webhook, and their e-mails name nothing.
/// </summary>
public sealed class CaseNotices(Db db, StaffDirectory staff, OutboxWriter outbox, LocalTime local)
{
    private const string CasesSql =
        """
        select case_number, lane, hall_code, unit_code, window_code, state, case when state = 'Filed' then accept_by else due_at end as due_at
        from case_file
        where case_number in @numbers
        """;

    public Task Tell(IEnumerable<Actor> people, string number, CaseEventKind kind, CancellationToken ct) =>
        Tell([new CaseNotice([.. people.Select(p => p.Login)], number, kind)], ct);

    /// <summary>The number of statements read here does not grow with the number of notices.</summary>
    public async Task Tell(IReadOnlyCollection<CaseNotice> notices, CancellationToken ct)
    {
        await outbox.Add(notices.SelectMany(n => n.Logins.Select(login => new Notice(login, n.CaseNumber, n.Kind.ToString()))), ct);
        var audience = await outbox.AudienceOf(notices.SelectMany(n => n.Logins), ct);
        if (audience.IsEmpty) return;

        var cases = (await db.Query<CaseFacts>(CasesSql, new { numbers = notices.Select(n => n.CaseNumber).Distinct() }, ct)).ToDictionary(c => c.CaseNumber);
        await outbox.Add(notices.Select(n => Message(n, cases[n.CaseNumber])), audience, ct);
    }

    public async Task TellResponsible(CaseRow found, CaseEventKind kind, CancellationToken ct)
    {
        if ((await staff.Active(ct)).Acting(found.Responsible, found.WindowCode) is { } responsible) await Tell([responsible], found.CaseNumber, kind, ct);
    }

    /// <summary>A notice for those one level above whoever is responsible: one of them decides.</summary>
    public async Task TellAppeal(CaseRow found, CaseEventKind kind, CancellationToken ct)
    {
        var deciders = (await staff.Active(ct)).Holding(Routing.AppealRole(found.Lane), found.HallCode, found.UnitCode, found.WindowCode);
        await Tell(deciders, found.CaseNumber, kind, ct);
    }

    private OutgoingMessage Message(CaseNotice notice, CaseFacts about)
    {
        if (about.Lane != Lane.Hall) return new OutgoingMessage(notice.Logins, WebhookBody.Notice, EmailText.OfNotice(outbox.Site), null);
        var dueAt = (notice.DueAt ?? about.RunningUntil) is { } due ? local.At(due) : (DateTimeOffset?)null;
        var type = CaseMessages.TypeOf(notice.Kind);
        var body = WebhookBody.Write(type, local.Now, new
        {
            notice.CaseNumber,
            hall = about.HallCode,
            unit = about.UnitCode,
            window = about.WindowCode,
            state = about.State.ToString(),
            step = notice.Step?.ToString(),
            dueAt,
        });
        return new OutgoingMessage(notice.Logins, type, CaseMessages.Email(notice.CaseNumber, notice.Kind, dueAt, outbox.Site), body);
    }

    private sealed record CaseFacts(string CaseNumber, Lane Lane, string HallCode, string UnitCode, string WindowCode, CaseState State, DateTimeOffset DueAt)
    {
        /// <summary>When the clock that runs now is due.</summary>
        public DateTimeOffset? RunningUntil => State is CaseState.Filed or CaseState.Accepted ? DueAt : null;
    }
}

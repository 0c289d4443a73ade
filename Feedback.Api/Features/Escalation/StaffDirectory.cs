using Feedback.Data;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Features.Cases;
using Feedback.Features.Outbox;

namespace Feedback.Features.Escalation;

/// <summary>Who holds which post now, and how they are told.</summary>
public sealed class StaffDirectory(Db db, OutboxWriter outbox, LocalTime local, TimeProvider time)
{
    private const string ActiveSql =
        "select login, name, role, hall_code, department_code, window_code from staff where active = 1 order by login";

    private const string AbsentSql =
        "select login, deputy from staff_absence where first_day <= @today and last_day >= @today and ended_at is null order by entered_at";

    private const string TellSql = "insert into notice (id, login, case_number, kind, at, read_at) values (@id, @login, @number, @kind, @now, null)";

    public async Task<Roster> Active(CancellationToken ct)
    {
        var absent = new Dictionary<string, string?>();
        foreach (var (login, deputy) in await db.Query<(string Login, string? Deputy)>(AbsentSql, new { today = local.Today }, ct)) absent[login] = deputy;
        return new Roster(await db.Query<Actor>(ActiveSql, null, ct), absent);
    }

    /// <summary>An in-app notice for each, and what leaves the house with it.</summary>
    public Task Tell(IEnumerable<Actor> people, string number, CaseEventKind kind, CancellationToken ct) =>
        Tell([new Telling([.. people.Select(p => p.Login)], number, kind)], ct);

    /// <summary>As many tellings at once as there are.</summary>
    public async Task Tell(IReadOnlyCollection<Telling> tellings, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var notices = tellings.SelectMany(t => t.Logins.Select(login => new { id = Keys.New(time), login, number = t.CaseNumber, kind = t.Kind.ToString(), now }));
        await db.ExecuteEach(TellSql, notices, ct);
        await outbox.Add(tellings, ct);
    }

    /// <summary>A notice for whoever is responsible for the case.</summary>
    public async Task TellResponsible(CaseRow found, CaseEventKind kind, CancellationToken ct)
    {
        if ((await Active(ct)).Acting(found.Responsible, found.WindowCode) is { } responsible) await Tell([responsible], found.CaseNumber, kind, ct);
    }

    /// <summary>A notice for those one level above whoever is responsible: one of them decides.</summary>
    public async Task TellAppeal(CaseRow found, CancellationToken ct)
    {
        var deciders = (await Active(ct)).Holding(Routing.AppealRole(found.Lane), found.HallCode, found.UnitCode, found.WindowCode);
        await Tell(deciders, found.CaseNumber, CaseEventKind.Appealed, ct);
    }
}

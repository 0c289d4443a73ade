using Feedback.Casework;
using Feedback.Data;
using Feedback.Domain.Staff;

namespace Feedback.Features.Escalation;

/// <summary>
/// Three reds of one window within 30 days go to discipline inspection at once (docs/domain.md "Time limits"). Each case counts once,
/// and a red that has been part of an alarm is part of no other. It is told to inspection alone: a window's count covers the sealed
/// lane, which the hall must not be able to infer.
/// </summary>
internal sealed class WindowAlarms(Db db, ReferenceData reference, CaseNotices notices, LocalTime local, TimeProvider time)
{
    // Two workers that turn cases of one window red at once must see each other's.
    private const string LockSql = "update service_window set code = code where code = @window";

    private const string RedSql =
        """
        insert into window_red (window_code, case_number, red_at, alarm_id)
        select c.window_code, c.case_number, @now, null
        from case_file c
        where c.case_number in @numbers and c.window_code = @window
          and not exists (select 1 from window_red r where r.window_code = c.window_code and r.case_number = c.case_number)
        """;

    private const string OpenSql = "select case_number from window_red where window_code = @window and alarm_id is null and red_at >= @since order by red_at, case_number";
    private const string RaiseSql = "insert into window_alarm (id, window_code, case_number, reds, raised_at) values (@id, @window, @number, @reds, @now)";
    private const string TakeSql = "update window_red set alarm_id = @id where window_code = @window and alarm_id is null and red_at >= @since";

    /// <param name="reds">Cases that have just turned red, with their windows.</param>
    /// <param name="roster">Who is there.</param>
    public async Task Count(IEnumerable<(string Window, string Hall, string Unit, string CaseNumber)> reds, Roster roster, CancellationToken ct)
    {
        if ((await reference.Read(db, ct)).PolicyOn(local.Today).RedAlarm is not { } policy) return;
        var now = local.Now;
        foreach (var own in reds.GroupBy(r => (r.Window, r.Hall, r.Unit)).OrderBy(g => g.Key.Window, StringComparer.Ordinal))
        {
            var (window, hall, unit) = own.Key;
            var since = (await reference.CalendarOf(hall, db, ct)).Local(now).AddDays(-policy.Within.Amount);
            await db.Execute(LockSql, new { window }, ct);
            await db.Execute(RedSql, new { window, numbers = own.Select(r => r.CaseNumber).Distinct(), now }, ct);
            var open = await db.Query<string>(OpenSql, new { window, since }, ct);
            if (open.Count < policy.Reds) continue;

            var id = Keys.New(time);
            await db.Execute(RaiseSql, new { id, window, number = open[^1], reds = open.Count, now }, ct);
            await db.Execute(TakeSql, new { id, window, since }, ct);
            await notices.Tell(roster.Holding(Role.Inspector, hall, unit, window), open[^1], CaseEventKind.WindowAlarm, ct);
        }
    }
}

using Feedback.Data;
using Feedback.Domain.Staff;

namespace Feedback.Accounts;

/// <summary>Who holds which post now.</summary>
public sealed class StaffDirectory(Db db, LocalTime local)
{
    private const string ActiveSql =
        "select login, name, role, hall_code, department_code, window_code from staff where active = 1 order by login";

    private const string AbsentSql =
        "select login, deputy from staff_absence where first_day <= @today and last_day >= @today and ended_at is null order by entered_at";

    public async Task<Roster> Active(CancellationToken ct)
    {
        var absent = new Dictionary<string, string?>();
        foreach (var (login, deputy) in await db.Query<(string Login, string? Deputy)>(AbsentSql, new { today = local.Today }, ct)) absent[login] = deputy;
        return new Roster(await db.Query<Actor>(ActiveSql, null, ct), absent);
    }
}

using Feedback.Data;
using Feedback.Domain.Staff;

namespace Feedback.Casework.Inquiries;

/// <summary>
/// Applications whose time to tell ran out with neither notice nor acceptance: they count as accepted from the day the materials
/// came (Administrative Licensing Law, art. 32). The clock only flags it; a person confirms.
/// </summary>
internal sealed class DeemedAcceptances(Db db, CaseHistory history, CaseNotices notices, LocalTime local)
{
    private const string LapsedSql =
        """
        select c.case_number, c.hall_code, c.unit_code, c.window_code
        from case_file c
        join first_contact f on f.case_number = c.case_number
        where c.case_number in @numbers and c.state = 'Filed' and f.materials is not null
        """;

    private const string FlagSql =
        """
        insert into deemed_acceptance (case_number, cycle, flagged_at, confirmed, reason, decided_by, decided_at)
        values (@CaseNumber, @cycle, @now, null, null, null, null)
        """;

    private const string PendingSql = "select count(*) from deemed_acceptance where case_number = @number and confirmed is null";

    /// <param name="due">Cases whose acceptance clock is due, with its cycle.</param>
    /// <param name="roster">Who holds which post.</param>
    public async Task Flag(IReadOnlyList<(string CaseNumber, int Cycle)> due, Roster roster, CancellationToken ct)
    {
        if (due.Count == 0) return;
        var (now, cycles) = (local.Now, due.ToDictionary(d => d.CaseNumber, d => d.Cycle));
        foreach (var lapsed in await db.Query<Lapsed>(LapsedSql, new { numbers = cycles.Keys }, ct))
        {
            var told = new[] { Role.UnitHead, Role.HallSupervisor }.SelectMany(post => roster.Holding(post, lapsed.HallCode, lapsed.UnitCode, lapsed.WindowCode)).Distinct().ToList();
            await db.Execute(FlagSql, new { lapsed.CaseNumber, cycle = cycles[lapsed.CaseNumber], now }, ct);
            await history.Append([CaseHistory.Event(lapsed.CaseNumber, CaseEventKind.DeemedAccepted, now, null, new EventDetail(Recipients: [.. told.Select(t => t.Login)]))], ct);
            await notices.Tell(told, lapsed.CaseNumber, CaseEventKind.DeemedAccepted, ct);
        }
    }

    public async Task<bool> IsPending(string number, CancellationToken ct) => await db.Single<int>(PendingSql, new { number }, ct) > 0;

    private sealed record Lapsed(string CaseNumber, string HallCode, string UnitCode, string WindowCode);
}

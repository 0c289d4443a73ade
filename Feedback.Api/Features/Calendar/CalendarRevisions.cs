using Feedback.Data;

namespace Feedback.Features.Calendar;

/// <summary>
/// What changed in the calendar and is still to be carried into the clocks that run. A revision waits until every process knows the
/// new calendar: a clock that one of them starts with the old one a moment later is found all the same.
/// </summary>
internal sealed class CalendarRevisions(Db db, ReferenceData reference, LocalTime local, TimeProvider time)
{
    private static readonly TimeSpan Settles = ReferenceData.Fresh * 3;

    private const string InsertSql =
        """
        insert into calendar_revision (id, hall_code, first_day, reason, made_by, made_at, settle_at, reached, changed, done_at)
        values (@id, @hall, @firstDay, @reason, @by, @now, @settleAt, '', 0, null)
        """;

    /// <param name="hall">The hall it concerns; null for all.</param>
    /// <param name="firstDay">The first day that may count otherwise.</param>
    /// <param name="reason">For the history of every case whose due instant moves; the citizen reads it.</param>
    /// <param name="by">The login; null for the command line.</param>
    /// <returns>From when the clocks are recomputed.</returns>
    public async Task<DateTimeOffset> Add(string? hall, DateOnly firstDay, string reason, string? by, CancellationToken ct)
    {
        var settleAt = local.Now + Settles;
        await db.Execute(InsertSql, new { id = Keys.New(time), hall, firstDay, reason, by, now = local.Now, settleAt }, ct);
        reference.Forget();
        return settleAt;
    }
}

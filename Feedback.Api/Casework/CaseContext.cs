using Feedback.Casework.Contacts;
using Feedback.Casework.Windows;
using Feedback.Data;
using Feedback.Domain.Policies;
using Feedback.Domain.Time;

namespace Feedback.Casework;

/// <summary>What every command on a case works with: the store of cases, their clocks, their history, and the rules the case was filed under.</summary>
public sealed class CaseContext(Db db, CaseStore store, CaseClocks clocks, CaseHistory history, ReferenceData reference, WindowDirectory windows, CitizenEmails letters, LocalTime local)
{
    public Db Db => db;

    public CaseStore Cases => store;

    public CaseClocks Clocks => clocks;

    public CaseHistory History => history;

    public DateTimeOffset Now => local.Now;

    /// <summary>What a case that is accepted now goes by.</summary>
    public async Task<Policy> PolicyToday(CancellationToken ct) => (await reference.Read(db, ct)).PolicyOn(local.Today);

    /// <summary>The policy version that was in force when the case was accepted; before that, when it was filed.</summary>
    public async Task<Policy> PolicyOf(CaseRow found, CancellationToken ct) => (await reference.Read(db, ct)).PolicyOf(found.PolicyVersion);

    public Task<WorkCalendar> CalendarOf(CaseRow found, CancellationToken ct) => CalendarOf(found.HallCode, ct);

    public Task<WorkCalendar> CalendarOf(string hall, CancellationToken ct) => windows.CalendarOf(hall, ct);

    /// <summary>Writes what happened into the case's history, now, and lets the citizen know that there is something new to read.</summary>
    public async Task RecordAndTellCitizen(CaseRow found, CaseEventKind kind, string? actor, EventDetail detail, CancellationToken ct)
    {
        await Record(found, kind, actor, detail, ct);
        await letters.Tell(found, ct);
    }

    /// <summary>Writes what happened into the case's history, now.</summary>
    public Task Record(CaseRow found, CaseEventKind kind, string? actor, EventDetail detail, CancellationToken ct) =>
        history.Append([CaseHistory.Event(found.CaseNumber, kind, Now, actor, detail)], ct);
}

using Feedback.Accounts;
using Feedback.Casework;
using Feedback.Casework.Counts;
using Feedback.Casework.Inquiries;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Escalation;

/// <summary>
/// Fires the steps that are due (升级督办): claims a set of timer rows for itself alone and writes event, step, counts and notices in
/// the same transaction. Any number of processes may do so at once; each step fires once. Its cost grows with what is due, not
/// with what is open.
/// </summary>
internal sealed record FireDueTimers : ICommand<FireDueTimers.Report>
{
    /// <summary>Steps fired in one transaction; more are fired by the next call, at once.</summary>
    internal const int SetSize = 500;

    /// <param name="Fired">Steps that fired.</param>
    /// <param name="NextDueAt">When the next one is due, at once when more are waiting; null when none is waiting.</param>
    public sealed record Report(int Fired, DateTimeOffset? NextDueAt);

    internal sealed class Handler(
        Db db, CaseStore store, StaffDirectory staff, CaseNotices notices, CaseHistory history, DailyCounts counts, Pauses pauses, HandOvers handOvers, WindowAlarms alarms, DeemedAcceptances deemed, LocalTime local)
        : IRequestHandler<FireDueTimers, Outcome<Report>>
    {
        private static readonly RowClaim DueSql = new(
            "case_timer",
            Set: "outcome = 'Fired', done_at = @now, done_day = @today",
            Where: "outcome is null and due_at <= @now",
            OrderBy: "due_at",
            Returning: ["case_number", "clock", "cycle", "step", "due_at"]);

        private const string NextSql = "select due_at from case_timer where outcome is null order by due_at";

        private const string CasesSql =
            "select case_number, about, lane, hall_code, department_code, unit_code, window_code, responsible from case_file where case_number in @numbers";

        private const string RunningSql = "select case_number, clock, cycle from case_clock where case_number in @numbers and stopped_at is null";

        private const string VoidSql =
            "update case_timer set outcome = 'Void' where case_number = @CaseNumber and clock = @Clock and cycle = @Cycle and step = @Step";

        private const string StepSql = "update case_file set step = @Step where case_number = @CaseNumber and (step is null or step < @Step)";

        public async Task<Outcome<Report>> Handle(FireDueTimers request, CancellationToken cancellationToken)
        {
            var (now, today) = (local.Now, local.Today);
            var claimed = await db.Query<Timer>(db.Dialect.Claim(DueSql), new { now, today, limit = SetSize }, cancellationToken);
            var fired = claimed.Count == 0 ? 0 : await Fire(claimed, now, today, cancellationToken);
            var next = claimed.Count == SetSize ? now : await db.SingleOrDefault<DateTimeOffset?>(db.Dialect.Limited(NextSql), new { limit = 1 }, cancellationToken);
            return new Report(fired, next);
        }

        private async Task<int> Fire(IReadOnlyList<Timer> claimed, DateTimeOffset now, DateOnly today, CancellationToken ct)
        {
            var numbers = claimed.Select(t => t.CaseNumber).Distinct().ToList();
            var cases = (await db.Query<OpenCase>(CasesSql, new { numbers }, ct)).ToDictionary(c => c.CaseNumber);
            var running = (await db.Query<Running>(RunningSql, new { numbers }, ct)).ToHashSet();
            var live = claimed.Where(t => running.Contains(t.Owner)).OrderBy(t => t.DueAt).ThenBy(t => t.Step).ToList();

            // A clock that has stopped since its timer was claimed has nothing to escalate.
            await db.Execute(VoidSql, claimed.Except(live).Select(t => new { t.CaseNumber, Clock = t.Clock.ToString(), t.Cycle, Step = (int)t.Step }), ct);

            var roster = await staff.Active(ct);
            var steps = live.Where(t => t.Clock.HasLadder()).Select(t => new Firing(t, cases[t.CaseNumber], roster)).ToList();
            await history.Append([.. steps.Select(s => s.Event(now))], ct);
            await db.ExecuteEach(StepSql, steps.Select(s => new { s.Timer.CaseNumber, Step = (int)s.Step }), ct);
            await notices.Tell([.. steps.Select(s => s.Notice)], ct);
            await counts.Add(steps.Select(s => s.Count(today)), ct);
            await alarms.Count(steps.Where(s => s.Step == Ladder.Due).Select(s => (s.Case.WindowCode, s.Case.HallCode, s.Case.UnitCode, s.Case.CaseNumber)), roster, ct);
            await deemed.Flag([.. live.Where(t => t.Clock == ClockKind.Acceptance && t.Step == Ladder.Due).Select(t => (t.CaseNumber, t.Cycle))], roster, ct);
            foreach (var timer in live.Where(t => !t.Clock.HasLadder())) await RunOut(timer, ct);
            return live.Count;
        }

        /// <summary>A clock without a ladder makes something happen at its due instant.</summary>
        private async Task RunOut(Timer timer, CancellationToken ct)
        {
            if (await store.Read(timer.CaseNumber, ct) is not { } found) return;
            switch (timer.Clock.Rule().End)
            {
                case ClockEnd.EndsPause:
                    await pauses.End(found, null, ct);
                    break;
                case ClockEnd.SendsBack:
                    if (await handOvers.Open(found, ct) is { } offer) await handOvers.SendBack(found, offer, null, null, ct);
                    break;
                default:
                    throw new InvalidOperationException($"Nothing is known to happen when {timer.Clock} runs out.");
            }
        }

        private sealed record Timer(string CaseNumber, ClockKind Clock, int Cycle, EscalationStep Step, DateTimeOffset DueAt)
        {
            public Running Owner => new(CaseNumber, Clock, Cycle);
        }

        private sealed record Running(string CaseNumber, ClockKind Clock, int Cycle);

        private sealed record OpenCase(string CaseNumber, Prohibition About, Lane Lane, string HallCode, string DepartmentCode, string UnitCode, string WindowCode, string? Responsible);

        private sealed record Firing(Timer Timer, OpenCase Case, Roster Roster)
        {
            public EscalationStep Step => Timer.Step;

            public CaseEventKind Kind => Step == Ladder.Warning ? CaseEventKind.Warned : CaseEventKind.Escalated;

            /// <summary>Whoever is responsible, and whoever holds the step's post.</summary>
            public IReadOnlyList<Actor> Recipients { get; } =
            [
                .. new[] { Roster.Acting(Case.Responsible, Case.WindowCode) }.OfType<Actor>()
                    .Concat(Roster.Holding(Routing.RecipientRole(Timer.Step, Case.Lane), Case.HallCode, Case.UnitCode, Case.WindowCode))
                    .Distinct(),
            ];

            public CaseEvent Event(DateTimeOffset now) => CaseHistory.Event(
                Case.CaseNumber, Kind, now, null, new EventDetail(Timer.Clock.ToString(), Step.ToString(), Timer.DueAt, [.. Recipients.Select(r => r.Login)]));

            public CaseNotice Notice => new([.. Recipients.Select(r => r.Login)], Case.CaseNumber, Kind, Step, Timer.DueAt);

            public CountKey Count(DateOnly today) =>
                CountKey.OfCase(today, Measure.Escalation, CountKey.ValueOf(Step), Case.HallCode, Case.DepartmentCode, Case.WindowCode, Case.About, Case.Lane);
        }
    }
}

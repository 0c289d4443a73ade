using Feedback.Casework;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Clocks;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Calendar;

/// <summary>
/// Carries a changed calendar into the clocks that run, a set of cases at a time: a due instant that moves does so with an event in
/// the case's history that says why. Steps that have fired stay fired, unless they now lie ahead.
/// </summary>
internal sealed record RecomputeClocks : ICommand<RecomputeClocks.Report>
{
    internal const int SetSize = 200;

    /// <param name="Looked">Cases looked at.</param>
    /// <param name="Changed">Clocks whose instants moved.</param>
    /// <param name="NextAt">When there is more to do; null when there is not.</param>
    public sealed record Report(int Looked, int Changed, DateTimeOffset? NextAt);

    internal sealed class Handler(Db db, CaseContext context, ReferenceData reference, LocalTime local) : IRequestHandler<RecomputeClocks, Outcome<Report>>
    {
        private const string NextSql = "select id, hall_code, first_day, reason, reached, settle_at from calendar_revision where done_at is null order by settle_at, id";

        private const string CasesSql =
            """
            select distinct k.case_number
            from case_clock k
            join case_file c on c.case_number = k.case_number
            join case_timer t on t.case_number = k.case_number and t.clock = k.clock and t.cycle = k.cycle
            where k.case_number > @reached and k.stopped_at is null and (@hall is null or c.hall_code = @hall)
              and t.outcome is null and t.due_at >= @start
            order by k.case_number
            """;

        private const string ReachedSql = "update calendar_revision set reached = @reached, changed = changed + @changed, done_at = @doneAt where id = @id and reached = @before";
        private const string TimersSql = "select clock, cycle, step, due_at, outcome from case_timer where case_number = @number";
        private const string StepSql = "update case_file set step = @step where case_number = @number";
        private const string PromiseSql = "update case_file set accept_by = @dueAt, due_at = @answerBy where case_number = @number";

        private const string AnswerBySql = "update case_file set due_at = @dueAt where case_number = @number";
        private const string ResumeBySql = "update case_pause set resume_by = @dueAt where case_number = @number and resumed_at is null";
        private const string TakeBySql = "update case_hand_over set answer_by = @dueAt where case_number = @number and outcome is null";
        private const string DecideBySql = "update case_appeal set decide_by = @dueAt where case_number = @number and upheld is null";

        private const string DecideRatingBySql = "update rating_appeal set decide_by = @dueAt where case_number = @number and upheld is null";

        /// <summary>Where else a clock's due instant stands, for whoever lists by it.</summary>
        private static readonly IReadOnlyDictionary<ClockKind, string> DueSql = new Dictionary<ClockKind, string>
        {
            [ClockKind.Answer] = AnswerBySql,
            [ClockKind.Pause] = ResumeBySql,
            [ClockKind.HandOver] = TakeBySql,
            [ClockKind.Appeal] = DecideBySql,
            [ClockKind.RatingVerification] = AnswerBySql,
            [ClockKind.RatingRemedy] = AnswerBySql,
            [ClockKind.RatingCallBack] = AnswerBySql,
            [ClockKind.RatingAppeal] = DecideRatingBySql,
        };

        public async Task<Outcome<Report>> Handle(RecomputeClocks request, CancellationToken cancellationToken)
        {
            if (await db.SingleOrDefault<Revision>(db.Dialect.Limited(NextSql), new { limit = 1 }, cancellationToken) is not { } revision) return new Report(0, 0, null);
            if (revision.SettleAt > local.Now) return new Report(0, 0, revision.SettleAt);

            reference.Forget();
            var args = new { reached = revision.Reached, hall = revision.HallCode, start = local.StartOf(revision.FirstDay), limit = SetSize };
            var numbers = await db.Query<string>(db.Dialect.Limited(CasesSql), args, cancellationToken);
            var changed = 0;
            foreach (var number in numbers) changed += await Recompute((await context.Cases.Read(number, cancellationToken))!, revision.Reason, cancellationToken);

            var over = numbers.Count < SetSize;
            var progress = new { reached = numbers.LastOrDefault(revision.Reached), changed, doneAt = over ? local.Now : (DateTimeOffset?)null, id = revision.Id, before = revision.Reached };
            await db.ExecuteOne(ReachedSql, progress, cancellationToken);
            return new Report(numbers.Count, changed, local.Now);
        }

        private async Task<int> Recompute(CaseRow found, string reason, CancellationToken ct)
        {
            var (policy, calendar, changed) = (await context.PolicyOf(found, ct), await context.CalendarOf(found, ct), 0);
            var timers = (await db.Query<Timer>(TimersSql, new { number = found.CaseNumber }, ct)).ToLookup(t => (t.Clock, t.Cycle));
            foreach (var cycles in (await context.Clocks.Of(found.CaseNumber, ct)).GroupBy(c => c.Clock))
            {
                var rows = cycles.OrderBy(c => c.Cycle).ToList();
                if (rows[^1].StoppedAt is not null) continue;
                var own = timers[(cycles.Key, rows[^1].Cycle)].ToList();
                var running = rows[^1].AsClock([.. own.Where(t => t.Outcome is null).Select(t => new Clock.Step(t.Step, t.DueAt))]);
                var next = CaseClocks.Replay(rows, calendar, policy) with { Began = CycleStart.Recomputed, ExtendedBy = null };
                if (running.Agrees(next)) continue;
                await Replace(found, rows[^1], own, next, ct);
                await Promise(found, rows[^1].DueAt, next, reason, ct);
                changed++;
            }

            return changed;
        }

        private async Task Replace(CaseRow found, CaseClocks.Row running, IReadOnlyList<Timer> timers, Clock next, CancellationToken ct)
        {
            var fired = timers.Where(t => t.Outcome == "Fired").Select(t => t.Step).ToHashSet();
            var ahead = next.Steps.Where(s => !fired.Contains(s.What) || s.DueAt > context.Now).ToList();
            await context.Clocks.StopCycle(found.CaseNumber, running, context.Now, ct);
            await context.Clocks.Start(found.CaseNumber, next with { Steps = ahead }, ct);

            // A step that lies ahead again takes the light back with it.
            if (!fired.Overlaps(ahead.Select(s => s.What))) return;
            var reached = fired.Except(ahead.Select(s => s.What)).Cast<EscalationStep?>().Max();
            await db.Execute(StepSql, new { step = (int?)reached, number = found.CaseNumber }, ct);
        }

        /// <summary>Moves the instants that people were told, and writes down why.</summary>
        private async Task Promise(CaseRow found, DateTimeOffset told, Clock next, string reason, CancellationToken ct)
        {
            var (number, dueAt) = (found.CaseNumber, next.DueAt);
            if (next.Kind == ClockKind.Acceptance)
            {
                // The latest instant of the answer hangs on this one, and can move where this one does not.
                var answerBy = (await context.CalendarOf(found, ct)).Due(dueAt, found.AnswerLimit(await context.PolicyOf(found, ct)));
                if (dueAt == told && answerBy == found.DueAt) return;
                await db.Execute(PromiseSql, new { number, dueAt, answerBy }, ct);
            }
            else
            {
                if (dueAt == told) return;
                if (DueSql.TryGetValue(next.Kind, out var sql)) await db.Execute(sql, new { number, dueAt }, ct);
            }

            await context.Record(found, CaseEventKind.Recomputed, null, new EventDetail(Clock: next.Kind.ToString(), DueAt: dueAt, Reason: reason), ct);
        }

        private sealed record Revision(Guid Id, string? HallCode, DateOnly FirstDay, string Reason, string Reached, DateTimeOffset SettleAt);

        private sealed record Timer(ClockKind Clock, int Cycle, EscalationStep Step, DateTimeOffset DueAt, string? Outcome);
    }
}

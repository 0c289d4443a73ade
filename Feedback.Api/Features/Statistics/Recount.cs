using Feedback.Casework.Counts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Clocks;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Statistics;

/// <summary>
/// Counts a month again from the rows that citizens, staff and the clock left, and compares it with every daily count. They must
/// agree to the last unit (不准虚报假报一个数). While a month still runs, an action that commits between two of the queries can
/// show as a difference; a second run then shows none.
/// </summary>
/// <param name="Month">A local month, <c>2026-11</c>.</param>
internal sealed record Recount(string Month) : IQuery<Recount.Report>
{
    /// <summary>Told of each measure that has been counted again.</summary>
    public Action<Measure>? Counted { get; init; }

    /// <param name="Month">As asked.</param>
    /// <param name="Rows">Daily counts compared, stored or recounted.</param>
    /// <param name="Differences">Those that do not agree, in the order of day and measure.</param>
    public sealed record Report(string Month, int Rows, IReadOnlyList<Difference> Differences);

    /// <param name="Key">Which count.</param>
    /// <param name="Stored">What daily_count says; 0 when it has no such row.</param>
    /// <param name="Recounted">What the raw rows say.</param>
    public sealed record Difference(CountKey Key, long Stored, long Recounted);

    internal sealed class Validator : AbstractValidator<Recount>
    {
        public Validator() => RuleFor(r => r.Month).IsMonth();
    }

    internal sealed class Handler(Db db, LocalTime local) : IRequestHandler<Recount, Outcome<Report>>
    {
        private const string StoredSql =
            """
            select local_day, measure, value, hall_code, department_code, window_code, item_code, channel, about, lane, n
            from daily_count
            where local_day >= @From and local_day < @To
            """;

        private const string RatingsSql =
            """
            select local_day, 'Rating' as measure, cast(grade as nvarchar(32)) as value, hall_code, department_code, window_code,
                   coalesce(item_code, '') as item_code, channel, '' as about, 0 as lane, count(*) as n
            from rating
            where local_day >= @From and local_day < @To
            group by local_day, grade, hall_code, department_code, window_code, item_code, channel
            """;

        private const string TagsSql =
            """
            select r.local_day, 'RatingTag' as measure, t.tag_code as value, r.hall_code, r.department_code, r.window_code,
                   coalesce(r.item_code, '') as item_code, r.channel, '' as about, 0 as lane, count(*) as n
            from rating_tag t
            join rating r on r.id = t.rating_id
            where r.local_day >= @From and r.local_day < @To
            group by r.local_day, t.tag_code, r.hall_code, r.department_code, r.window_code, r.item_code, r.channel
            """;

        private const string ExcludedSql =
            """
            select e.local_day, 'Rating' as measure, cast(r.grade as nvarchar(32)) as value, r.hall_code, r.department_code, r.window_code,
                   coalesce(r.item_code, '') as item_code, r.channel, '' as about, 0 as lane, -count(*) as n
            from rating_exclusion e
            join rating r on r.id = e.rating_id
            where e.local_day >= @From and e.local_day < @To
            group by e.local_day, r.grade, r.hall_code, r.department_code, r.window_code, r.item_code, r.channel
            """;

        private const string ExcludedTagsSql =
            """
            select e.local_day, 'RatingTag' as measure, t.tag_code as value, r.hall_code, r.department_code, r.window_code,
                   coalesce(r.item_code, '') as item_code, r.channel, '' as about, 0 as lane, -count(*) as n
            from rating_exclusion e
            join rating r on r.id = e.rating_id
            join rating_tag t on t.rating_id = r.id
            where e.local_day >= @From and e.local_day < @To
            group by e.local_day, t.tag_code, r.hall_code, r.department_code, r.window_code, r.item_code, r.channel
            """;

        // A rating is suspected from its first flag on, whatever is flagged later.
        private const string SuspectedSql =
            """
            select f.local_day, 'SuspectedPraise' as measure, cast(r.grade as nvarchar(32)) as value, r.hall_code, r.department_code, r.window_code,
                   coalesce(r.item_code, '') as item_code, r.channel, '' as about, 0 as lane, count(*) as n
            from rating_flag f
            join rating r on r.id = f.rating_id
            where f.opens = 1 and f.local_day >= @From and f.local_day < @To
            group by f.local_day, r.grade, r.hall_code, r.department_code, r.window_code, r.item_code, r.channel
            """;

        private const string DismissedSql =
            """
            select d.local_day, 'SuspectedPraise' as measure, cast(r.grade as nvarchar(32)) as value, r.hall_code, r.department_code, r.window_code,
                   coalesce(r.item_code, '') as item_code, r.channel, '' as about, 0 as lane, -count(*) as n
            from rating_flag_decision d
            join rating r on r.id = d.rating_id
            where d.confirmed = 0 and d.local_day >= @From and d.local_day < @To
            group by d.local_day, r.grade, r.hall_code, r.department_code, r.window_code, r.item_code, r.channel
            """;

        // The loop of a bad rating is a case for its clocks; as a case it is neither filed nor accepted.
        private const string FiledSql =
            """
            select filed_day as local_day, 'CaseFiled' as measure, '' as value, hall_code, department_code, window_code,
                   '' as item_code, 0 as channel, about, lane, count(*) as n
            from case_file
            where filed_day >= @From and filed_day < @To and about <> 'BadRating'
            group by filed_day, hall_code, department_code, window_code, about, lane
            """;

        // The day of acceptance is not a column: it is the local day of the instant.
        private const string AcceptedSql =
            """
            select accepted_at, accept_by, hall_code, department_code, window_code, about, lane
            from case_file
            where accepted_at >= @from and accepted_at < @to and about <> 'BadRating'
            """;

        private const string AnsweredSql =
            """
            select a.answered_day as local_day, 'CaseAnswered' as measure, case when a.answered_at > a.due_at then 'Late' else 'InTime' end as value,
                   c.hall_code, c.department_code, c.window_code, '' as item_code, 0 as channel, c.about, c.lane, count(*) as n
            from case_answer a
            join case_file c on c.case_number = a.case_number
            where a.answered_day >= @From and a.answered_day < @To
            group by a.answered_day, case when a.answered_at > a.due_at then 'Late' else 'InTime' end, c.hall_code, c.department_code, c.window_code, c.about, c.lane
            """;

        private const string FiredSql =
            """
            select t.done_day, t.step, c.hall_code, c.department_code, c.window_code, c.about, c.lane
            from case_timer t
            join case_file c on c.case_number = t.case_number
            where t.outcome = 'Fired' and t.clock in @ladders and t.done_day >= @From and t.done_day < @To
            """;

        public async Task<Outcome<Report>> Handle(Recount request, CancellationToken cancellationToken)
        {
            var month = Domain.Statistics.Month.Parse(request.Month)!.Value;
            var days = new { month.From, month.To };
            var instants = new { from = local.StartOf(month.From), to = local.StartOf(month.To) };
            var stored = (await db.Query<Row>(StoredSql, days, cancellationToken)).ToDictionary(r => r.Key, r => r.N);
            var recounted = new Dictionary<CountKey, long>();

            async Task Count(Measure measure, Func<Task<IEnumerable<Row>>> rows)
            {
                foreach (var row in await rows()) recounted[row.Key] = recounted.GetValueOrDefault(row.Key) + row.N;
                request.Counted?.Invoke(measure);
            }

            async Task<IEnumerable<Row>> Rows(string sql) => await db.Query<Row>(sql, days, cancellationToken);

            await Count(Measure.Rating, async () => [.. await Rows(RatingsSql), .. await Rows(ExcludedSql)]);
            await Count(Measure.RatingTag, async () => [.. await Rows(TagsSql), .. await Rows(ExcludedTagsSql)]);
            await Count(Measure.SuspectedPraise, async () => [.. await Rows(SuspectedSql), .. await Rows(DismissedSql)]);
            await Count(Measure.CaseFiled, () => Rows(FiledSql));
            await Count(Measure.CaseAccepted, async () => (await db.Query<Accepted>(AcceptedSql, instants, cancellationToken)).Select(a => a.ToRow(local)));
            await Count(Measure.CaseAnswered, () => Rows(AnsweredSql));
            await Count(Measure.Escalation, async () => (await db.Query<Fired>(FiredSql, new { month.From, month.To, ladders = ClockKinds.WithLadder }, cancellationToken)).Select(f => f.ToRow()));

            var keys = stored.Keys.Union(recounted.Keys).ToList();
            var differences = keys
                .Select(key => new Difference(key, stored.GetValueOrDefault(key), recounted.GetValueOrDefault(key)))
                .Where(d => d.Stored != d.Recounted)
                .OrderBy(d => d.Key.LocalDay).ThenBy(d => d.Key.ToString(), StringComparer.Ordinal);
            return new Report(request.Month, keys.Count, [.. differences]);
        }

        private sealed record Row(
            DateOnly LocalDay, string Measure, string Value, string HallCode, string DepartmentCode, string WindowCode, string ItemCode, int Channel, string About, int Lane, long N)
        {
            public CountKey Key => new(LocalDay, Measure, Value, HallCode, DepartmentCode, WindowCode, ItemCode, Channel, About, Lane);
        }

        private sealed record Accepted(DateTimeOffset AcceptedAt, DateTimeOffset AcceptBy, string HallCode, string DepartmentCode, string WindowCode, string About, int Lane)
        {
            public Row ToRow(LocalTime local) => new(
                local.DayOf(AcceptedAt), nameof(Measure.CaseAccepted), AcceptedAt > AcceptBy ? CountKey.Late : CountKey.InTime, HallCode, DepartmentCode, WindowCode, "", 0, About, Lane, 1);
        }

        private sealed record Fired(DateOnly DoneDay, EscalationStep Step, string HallCode, string DepartmentCode, string WindowCode, string About, int Lane)
        {
            public Row ToRow() => new(
                DoneDay, nameof(Measure.Escalation), CountKey.ValueOf(Step), HallCode, DepartmentCode, WindowCode, "", 0, About, Lane, 1);
        }
    }
}

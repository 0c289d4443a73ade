using System.Globalization;
using System.Security.Claims;
using Feedback.Casework.Counts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Ratings;
using Feedback.Domain.Staff;
using Feedback.Domain.Statistics;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Statistics;

/// <summary>The figures of one month, as far as the caller may know of what they count (docs/domain.md "Monthly statistics").</summary>
/// <param name="Actor">Who asks; the figures cover this person's scope and nothing else.</param>
/// <param name="Month">A local month, <c>2026-11</c>.</param>
/// <param name="By">What the rows stand for: one of <see cref="Breakdowns"/>.</param>
public sealed record MonthlyStatistics(Actor Actor, string Month, string By) : IQuery<MonthlyStatistics.Report>
{
    public const string ByHall = "hall";
    public const string ByUnit = "unit";
    public const string ByWindow = "window";
    public const string ByItem = "item";
    public const string ByChannel = "channel";
    public const string ByTag = "tag";
    public const string ByProhibition = "prohibition";

    public static readonly IReadOnlyList<string> Breakdowns = [ByHall, ByUnit, ByWindow, ByItem, ByChannel, ByTag, ByProhibition];

    /// <param name="Month">As asked.</param>
    /// <param name="By">As asked.</param>
    /// <param name="Headline">All figures over everything in the caller's scope, whatever the rows stand for.</param>
    /// <param name="Rows">One for each hall, unit, … in the caller's scope, also when there is nothing to count.</param>
    public sealed record Report(string Month, string By, IReadOnlyList<Figure> Headline, IReadOnlyList<Row> Rows);

    /// <param name="Key">The code of the hall, unit, …; empty for ratings that named no item.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Figures">Those that apply; the same codes in the same order in every row.</param>
    public sealed record Row(string Key, Bilingual Name, IReadOnlyList<Figure> Figures);

    internal sealed class Validator : AbstractValidator<MonthlyStatistics>
    {
        public Validator()
        {
            RuleFor(s => s.Month).IsMonth();
            RuleFor(s => s.By).Must(Breakdowns.Contains).Refuse("by_unknown", $"请选择统计口径:{string.Join("、", Breakdowns)}。", $"Choose one of {string.Join(", ", Breakdowns)}.");
        }
    }

    internal sealed class Handler(Db db, ReferenceData reference) : IRequestHandler<MonthlyStatistics, Outcome<Report>>
    {
        private const string CountsSql =
            """
            select measure, value, hall_code, department_code, window_code, item_code, channel, about, sum(cast(n as bigint)) as n
            from daily_count
            where local_day >= @From and local_day < @To
              and lane <= @UpTo and about <> 'BadRating'
              and (@Hall is null or hall_code = @Hall)
              and (@Department is null or department_code = @Department)
            group by measure, value, hall_code, department_code, window_code, item_code, channel, about
            """;

        private const string AnswersSql =
            """
            select c.hall_code, c.department_code, c.window_code, c.about, a.answer_minutes
            from case_answer a
            join case_file c on c.case_number = a.case_number
            where a.answered_day >= @From and a.answered_day < @To
              and c.lane <= @UpTo
              and (@Hall is null or c.hall_code = @Hall)
              and (@Department is null or c.department_code = @Department)
            """;

        private const string HallsSql = "select code, name, name_en from hall where @Hall is null or code = @Hall order by code";

        private const string UnitsSql =
            """
            select code, name, name_en
            from department
            where (@Hall is null or hall_code = @Hall) and (@Department is null or code = @Department)
            order by code
            """;

        private const string WindowsSql =
            """
            select code, name, name_en
            from service_window
            where (@Hall is null or hall_code = @Hall) and (@Department is null or department_code = @Department)
            order by code
            """;

        private const string ItemsSql =
            """
            select i.code, i.name, i.name_en
            from service_item i
            join department d on d.code = i.department_code
            where (@Hall is null or d.hall_code = @Hall) and (@Department is null or d.code = @Department)
            order by i.code
            """;

        public async Task<Outcome<Report>> Handle(MonthlyStatistics request, CancellationToken cancellationToken)
        {
            // Counts know no single person responsible, so who sees only their own cases has no statistics.
            if (request.Actor.Scope is not { UpTo: { } upTo, Responsible: null } scope) return DomainRefusals.NotAllowed;
            var month = Domain.Statistics.Month.Parse(request.Month)!.Value;
            var args = new { month.From, month.To, UpTo = (int)upTo, scope.Hall, scope.Department };
            var all = new Tally(
                await db.Query<Count>(CountsSql, args, cancellationToken),
                await db.Query<Answer>(AnswersSql, args, cancellationToken),
                upTo);

            async Task<IReadOnlyList<Group>> Named(string sql) =>
                [.. (await db.Query<Place>(sql, args, cancellationToken)).Select(p => new Group(p.Code, new(p.Name, p.NameEn)))];

            var rows = request.By switch
            {
                ByHall => all.Rows(Halls(await Named(HallsSql), scope), c => c.HallCode, a => a.HallCode),
                ByUnit => all.Rows(await Named(UnitsSql), c => c.DepartmentCode, a => a.DepartmentCode),
                ByWindow => all.Rows(await Named(WindowsSql), c => c.WindowCode, a => a.WindowCode),
                ByItem => all.RatingRows([.. await Named(ItemsSql), new Group("", new("未选事项", "No item named"))], c => c.ItemCode),
                ByChannel => all.RatingRows([.. Enum.GetValues<Channel>().Select(c => new Group(c.ToString(), c.Name()))], c => c.Channel.ToString()),
                ByTag => all.TagRows((await reference.Read(db, cancellationToken)).Catalogues),
                _ => all.CaseRows([.. Enum.GetValues<Prohibition>().Where(p => p != Prohibition.BadRating && Routing.LaneOf(p, Receiver.Hall, Against.Window) <= upTo).Select(p => new Group(p.ToString(), p.Name()))]),
            };
            return new Report(request.Month, request.By, all.Figures(), rows);
        }

        /// <summary>Who sees one unit only sees no hall's figures, and the row must not claim that they are.</summary>
        private static IReadOnlyList<Group> Halls(IReadOnlyList<Group> halls, CaseScope scope) =>
            scope.Department is null ? halls : [.. halls.Select(h => h with { Name = new(h.Name.Zh + "(仅本单位)", h.Name.En + " (your unit only)") })];
    }

    private sealed record Count(
        string Measure, string Value, string HallCode, string DepartmentCode, string WindowCode, string ItemCode, Channel Channel, string About, long N)
    {
        public bool IsRating => Measure == nameof(Casework.Counts.Measure.Rating);

        public bool IsSuspected => Measure == nameof(Casework.Counts.Measure.SuspectedPraise);

        public bool IsTag => Measure == nameof(Casework.Counts.Measure.RatingTag);
    }

    private sealed record Answer(string HallCode, string DepartmentCode, string WindowCode, string About, int AnswerMinutes);

    private sealed record Place(string Code, string Name, string NameEn);

    private sealed record Group(string Key, Bilingual Name);

    /// <summary>Counts and answers of one group, and how they fall into smaller ones.</summary>
    private sealed record Tally(IReadOnlyList<Count> Counts, IReadOnlyList<Answer> Answers, Lane UpTo)
    {
        public IReadOnlyList<Figure> Figures() => [.. RatingFigures(), .. CaseFigures()];

        public IReadOnlyList<Row> Rows(IReadOnlyList<Group> groups, Func<Count, string> keyOf, Func<Answer, string> keyOfAnswer) =>
            Rows(groups, keyOf, keyOfAnswer, t => t.Figures());

        public IReadOnlyList<Row> RatingRows(IReadOnlyList<Group> groups, Func<Count, string> keyOf) =>
            (this with { Counts = [.. Counts.Where(c => c.IsRating || c.IsSuspected)], Answers = [] }).Rows(groups, keyOf, _ => "", t => t.RatingFigures());

        public IReadOnlyList<Row> CaseRows(IReadOnlyList<Group> groups) =>
            (this with { Counts = [.. Counts.Where(c => c.About.Length > 0)] }).Rows(groups, c => c.About, a => a.About, t => t.CaseFigures());

        /// <summary>Every tag of every catalogue; one that two have is called as in the later one.</summary>
        public IReadOnlyList<Row> TagRows(IReadOnlyList<TagCatalogue> catalogues)
        {
            var chosen = Counts.Where(c => c.IsTag).ToLookup(c => c.Value, c => c.N);
            var byGrade = ByGrade(c => c.IsRating);
            return [.. catalogues.SelectMany(c => c.Tags).GroupBy(t => t.Code).Select(same => same.Last())
                .Select(tag => new Row(tag.Code, tag.Text, new TagTally(chosen[tag.Code].Sum(), byGrade.GetValueOrDefault(tag.Grade)).Figures()))];
        }

        private IReadOnlyList<Row> Rows(
            IReadOnlyList<Group> groups, Func<Count, string> keyOf, Func<Answer, string> keyOfAnswer, Func<Tally, IReadOnlyList<Figure>> figures)
        {
            var (counts, answers) = (Counts.ToLookup(keyOf), Answers.ToLookup(keyOfAnswer));
            return [.. groups.Select(g => new Row(g.Key, g.Name, figures(new Tally([.. counts[g.Key]], [.. answers[g.Key]], UpTo))))];
        }

        private IReadOnlyList<Figure> RatingFigures() => new RatingTally(ByGrade(c => c.IsRating), ByGrade(c => c.IsSuspected)).Figures();

        private Dictionary<Grade, long> ByGrade(Func<Count, bool> which) => Counts.Where(which)
            .GroupBy(c => (Grade)int.Parse(c.Value, CultureInfo.InvariantCulture)).ToDictionary(g => g.Key, g => g.Sum(c => c.N));

        private IReadOnlyList<Figure> CaseFigures() => new CaseTally(
            Sum(Measure.CaseFiled, ""),
            Sum(Measure.CaseAccepted, CountKey.InTime),
            Sum(Measure.CaseAccepted, CountKey.Late),
            Sum(Measure.CaseAnswered, CountKey.InTime),
            Sum(Measure.CaseAnswered, CountKey.Late),
            Ladder.Steps.ToDictionary(s => s.Step, s => Sum(Measure.Escalation, CountKey.ValueOf(s.Step))),
            [.. Answers.Select(a => a.AnswerMinutes)]).Figures(UpTo);

        private long Sum(Measure measure, string value) => Counts.Where(c => c.Measure == measure.ToString() && c.Value == value).Sum(c => c.N);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/statistics/monthly", async (ClaimsPrincipal user, HttpContext http, Dispatcher dispatcher, CancellationToken ct, string? month = null, string by = ByUnit, string? format = null) =>
            {
                var type = TypeOf(http.Request, format);
                if (type.Refusal is { } refusal) return Problems.Refused(refusal);
                http.Response.Headers.Vary = "Accept, Accept-Language";
                return (await dispatcher.Send(new MonthlyStatistics(user.Actor(), month ?? "", by), ct)).ToHttp(report => Write(report, type.Value));
            }).RequireAuthorization(Access.Statistics);

        /// <summary>A link cannot send a header, so <c>format</c> stands above it.</summary>
        private static Outcome<string> TypeOf(HttpRequest request, string? format) => format switch
        {
            null => Negotiation.Choose(request.Headers.Accept, [MediaTypes.Json, MediaTypes.Csv, MediaTypes.Xlsx]) is { } chosen ? chosen : StatisticsRefusals.TypeNotOffered,
            "json" => MediaTypes.Json,
            "csv" => MediaTypes.Csv,
            "xlsx" => MediaTypes.Xlsx,
            _ => StatisticsRefusals.FormatUnknown,
        };

        private static IResult Write(Report report, string type) => type switch
        {
            MediaTypes.Csv => Results.File(StatisticsTable.Of(report).ToCsv(), MediaTypes.Csv + "; charset=utf-8", $"statistics-{report.Month}-{report.By}.csv"),
            MediaTypes.Xlsx => Results.File(StatisticsTable.Of(report).ToXlsx(), MediaTypes.Xlsx, $"statistics-{report.Month}-{report.By}.xlsx"),
            _ => TypedResults.Ok(report),
        };
    }
}

/// <summary>Rules that the messages about months share.</summary>
internal static class MonthRules
{
    public static IRuleBuilderOptions<T, string> IsMonth<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(month => Month.Parse(month) is not null)
        .Refuse("month_malformed", "月份写作 2026-11。", "A month is written like 2026-11.");
}

using System.Globalization;
using System.Security.Claims;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Statistics;
using Feedback.Features.Statistics;
using Feedback.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Statistics;

/// <summary>A month's figures, each with its numerator, its denominator and its formula.</summary>
public partial class StatisticsPage : IEndpoint
{
    private const string Total = "total";

    /// <summary>The first of the figures about cases; those about ratings stand before it.</summary>
    private const string FirstOfCases = "cases_filed";

    /// <summary>The first of the figures that tell suspected praise apart.</summary>
    private const string FirstOfSuspected = "suspected_praise";

    /// <summary>What stands on top in large type; all the rest is in the tables.</summary>
    private static readonly string[] Headlines = ["ratings", "satisfaction_rate", "bad_rate", FirstOfCases, "answered_in_time_rate", "answer_hours_median"];

    [Parameter, EditorRequired]
    public required MonthlyStatistics.Report Report { get; set; }

    /// <summary>The month that is running; no later one has anything to count.</summary>
    [Parameter, EditorRequired]
    public required Month Latest { get; set; }

    private Month Month => Domain.Statistics.Month.Parse(Report.Month)!.Value;

    private IEnumerable<Figure> Headline => Headlines.Select(code => Report.Headline.Single(f => f.Code == code));

    /// <summary>The same figure without the praise that may be faked; null where that makes no difference.</summary>
    private Figure? WithoutSuspected(Figure figure) => Report.Headline.SingleOrDefault(f => f.Code == figure.Code + "_without_suspected");

    private IEnumerable<(string Caption, IReadOnlyList<string> Codes)> Tables
    {
        get
        {
            var codes = Report.Rows.Take(1).SelectMany(r => r.Figures).Select(f => f.Code).ToList();
            var ratings = codes.TakeWhile(c => c is not (FirstOfSuspected or FirstOfCases)).ToList();
            var suspected = codes.Skip(ratings.Count).TakeWhile(c => c != FirstOfCases).ToList();
            var cases = codes.Skip(ratings.Count + suspected.Count).ToList();
            if (ratings.Count > 0) yield return (L("评价", "Ratings"), ratings);
            if (suspected.Count > 0) yield return (L("评价(不含疑似刷好评)", "Ratings without suspected praise"), suspected);
            if (cases.Count > 0) yield return (L("投诉件", "Cases"), cases);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Place.Statistics.Address, async Task<IResult> (string? month, string? by, ClaimsPrincipal user, LocalTime local, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var latest = Month.Of(local.Today);
            var report = await dispatcher.Send(new MonthlyStatistics(user.Actor(), month ?? latest.ToString(), by ?? MonthlyStatistics.ByUnit), ct);
            return report.Match<IResult>(
                value => new RazorComponentResult<StatisticsPage>(new { Report = value, Latest = latest }),
                refusal => RefusedInside.Page(refusal));
        }).RequireAuthorization(Access.Statistics);

    private static string Address(Month month, string by) => $"{Place.Statistics.Address}?month={month}&by={by}";

    /// <summary>The total first, where its figures are those of the rows.</summary>
    private IEnumerable<MonthlyStatistics.Row> RowsOf(IReadOnlyList<string> codes) =>
        Report.Rows.Prepend(new MonthlyStatistics.Row(Total, new Bilingual("合计", "Total"), Report.Headline))
            .Select(r => r with { Figures = [.. r.Figures.Where(f => codes.Contains(f.Code))] })
            .Where(r => r.Figures.Count > 0);

    private static string Value(Figure figure) =>
        figure is { Unit: Figure.Counted, Value: { } count } ? count.ToString("N0", CultureInfo.CurrentCulture) : figure.Print();

    /// <summary>What a figure was computed from; nothing for a plain count, which is its own.</summary>
    private static string Basis(Figure figure) => figure switch
    {
        { Numerator: { } part, Denominator: { } whole } => string.Create(CultureInfo.CurrentCulture, $"{part:N0} / {whole:N0}"),
        { Denominator: { } of } => L($"共 {of.ToString("N0", CultureInfo.CurrentCulture)} 件", $"of {of.ToString("N0", CultureInfo.CurrentCulture)}"),
        _ => "",
    };

    private static Bilingual Name(string by) => by switch
    {
        MonthlyStatistics.ByHall => new("大厅", "Hall"),
        MonthlyStatistics.ByUnit => new("单位", "Unit"),
        MonthlyStatistics.ByWindow => new("窗口", "Window"),
        MonthlyStatistics.ByItem => new("事项", "Item"),
        MonthlyStatistics.ByChannel => new("渠道", "Channel"),
        MonthlyStatistics.ByTag => new("评价标签", "Tag"),
        MonthlyStatistics.ByProhibition => new("十不准", "Ten Prohibitions"),
        _ => throw new ArgumentOutOfRangeException(nameof(by)),
    };
}

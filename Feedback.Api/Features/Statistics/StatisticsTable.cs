using CsvHelper;
using Feedback.Domain;
using Feedback.Domain.Statistics;

namespace Feedback.Features.Statistics;

/// <summary>
/// A report as one flat table, a line for each figure, in the language of the request: every number keeps its numerator, its
/// denominator and its formula beside it, and a spreadsheet can filter and pivot it.
/// </summary>
internal sealed record StatisticsTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<StatisticsTable.Cell>> Lines)
{
    /// <summary>A text, or a number that stays one.</summary>
    public readonly record struct Cell(string? Text, double? Number = null, bool IsShare = false)
    {
        public static Cell Of(long? n) => new(null, n);
    }

    public static StatisticsTable Of(MonthlyStatistics.Report report)
    {
        var total = new MonthlyStatistics.Row("", new Bilingual("合计", "Total"), report.Headline);
        return new StatisticsTable(
            [.. Columns.Select(c => c.ToString())],
            [.. LinesOf(report.Month, "total", total).Concat(report.Rows.SelectMany(row => LinesOf(report.Month, report.By, row)))]);
    }

    /// <summary>UTF-8 with the mark that makes Excel read it as such; no text is taken for a formula when it is opened there.</summary>
    public byte[] ToCsv()
    {
        using var bytes = new MemoryStream();
        using (var writer = CsvWriter.Create(bytes, new CsvWriterOptions { WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            writer.WriteRecord([.. Header]);
            foreach (var line in Lines)
            {
                foreach (var cell in line)
                {
                    if (cell.Number is { } number) writer.WriteField(number);
                    else writer.WriteField(Harmless(cell.Text));
                }

                writer.EndRecord();
            }
        }

        return bytes.ToArray();
    }

    /// <summary>East Asian Excel reads the full-width forms of = + - @ like the plain ones, which are all that the writer knows.</summary>
    private static string? Harmless(string? text) => text is ['\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..] ? "'" + text : text;

    public byte[] ToXlsx() => Spreadsheet.Write(new Bilingual("月度统计", "Monthly statistics").ToString(), this);

    private static readonly Bilingual[] Columns =
    [
        new("月份", "Month"), new("口径", "By"), new("代码", "Code"), new("名称", "Name"), new("指标代码", "Figure code"), new("指标", "Figure"),
        new("分子", "Numerator"), new("分母", "Denominator"), new("数值", "Value"), new("单位", "Unit"), new("公式", "Formula"),
    ];

    private static IEnumerable<IReadOnlyList<Cell>> LinesOf(string month, string by, MonthlyStatistics.Row row) => row.Figures.Select(f => (Cell[])
    [
        new(month), new(by), new(row.Key), new(row.Name.ToString()), new(f.Code), new(f.Name.ToString()),
        Cell.Of(f.Numerator), Cell.Of(f.Denominator), f.Value is { } value ? new(null, value, f.Unit == Figure.Shared) : new(Figure.None), new(UnitOf(f)), new(f.Formula.ToString()),
    ]);

    private static string UnitOf(Figure figure) => (figure.Unit switch
    {
        Figure.Counted => new Bilingual("个", "count"),
        Figure.Shared => new Bilingual("比例", "share"),
        Figure.Hours => new Bilingual("工作小时", "working hours"),
        _ => throw new ArgumentOutOfRangeException(nameof(figure)),
    }).ToString();
}

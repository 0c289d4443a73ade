using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Feedback.Features.Statistics;

/// <summary>Writes a table as a workbook (XLSX) of one sheet: the header frozen, numbers as numbers, texts never as formulas.</summary>
internal static class Spreadsheet
{
    // Places in the list of cell formats below.
    private const uint Plain = 0;
    private const uint Bold = 1;
    private const uint Share = 2;

    // "0.00%" of the formats that every spreadsheet knows by number.
    private const uint TwoDecimalsPercent = 10;

    public static byte[] Write(string title, StatisticsTable table)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var sheet = workbook.AddNewPart<WorksheetPart>();
            var lines = table.Lines.Select(line => new Row(line.Select(CellOf)));
            sheet.Worksheet = new Worksheet(
                new SheetViews(new SheetView(FrozenHeader()) { WorkbookViewId = 0 }),
                new Columns(table.Header.Select((_, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = Width(table, i), CustomWidth = true })),
                new SheetData(lines.Prepend(new Row(table.Header.Select(text => TextOf(text, Bold))))),
                new AutoFilter { Reference = $"A1:{(char)('A' + table.Header.Count - 1)}{table.Lines.Count + 1}" });
            workbook.Workbook = new Workbook(
                new BookViews(new WorkbookView()),
                new Sheets(new Sheet { Name = title, SheetId = 1, Id = workbook.GetIdOfPart(sheet) }));
        }

        return bytes.ToArray();
    }

    private static Cell CellOf(StatisticsTable.Cell cell) => cell switch
    {
        { Number: { } number } => new Cell { CellValue = new CellValue(number), DataType = CellValues.Number, StyleIndex = cell.IsShare ? Share : Plain },
        { Text: { Length: > 0 } text } => TextOf(text, Plain),
        _ => new Cell(),
    };

    private static Cell TextOf(string text, uint style) =>
        new(new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve })) { DataType = CellValues.InlineString, StyleIndex = style };

    private static Pane FrozenHeader() =>
        new() { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen };

    /// <summary>In characters; one of the East is as wide as two of the West.</summary>
    private static double Width(StatisticsTable table, int column) =>
        Math.Clamp(table.Lines.Select(line => line[column].Text ?? "").Append(table.Header[column]).Max(t => t.Sum(c => c < 0x2E80 ? 1 : 2)) + 3, 8, 60);

    private static Stylesheet Styles() => new(
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, ApplyFont = true },
            new CellFormat { NumberFormatId = TwoDecimalsPercent, ApplyNumberFormat = true }));
}

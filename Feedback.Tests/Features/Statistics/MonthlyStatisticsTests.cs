using System.Globalization;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Feedback.Tests.Harness;
using Microsoft.VisualBasic.FileIO;

namespace Feedback.Tests.Features.Statistics;

internal sealed class MonthlyStatisticsTests(Engine engine) : SliceTest(engine)
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [Test]
    public async Task A_new_rating_is_in_the_months_figures_at_once()
    {
        using var inspector = await App.SignedIn("inspector");
        Assert.That(Headline(await Month(inspector), "ratings"), Is.Zero);

        await Rate("A01", 5);
        await Rate("A01", 1);

        var report = await Month(inspector);
        Assert.That(Headline(report, "ratings"), Is.EqualTo(2));
        Assert.That(Figure(Row(report, "SI"), "bad_rate")?.ToJsonString(), Does.Contain("\"numerator\":1,\"denominator\":2,\"value\":0.5"));
        Assert.That((string?)Figure(Row(report, "SI"), "bad_rate")!["formula"]!["zh"], Does.Contain("÷"));
    }

    [Test]
    public async Task Nothing_to_divide_by_is_no_value_and_prints_a_dash()
    {
        using var inspector = await App.SignedIn("inspector");
        var report = await Month(inspector);

        foreach (var code in new[] { "satisfaction_rate", "bad_rate", "answered_in_time_rate", "accepted_in_time_rate", "answer_hours_median", "answer_hours_p90" })
        {
            Assert.That(Figure(report["headline"]!, code)!["value"], Is.Null, code);
        }

        Assert.That(Figure(report["headline"]!, "cases_filed")!["value"]!.GetValue<double>(), Is.Zero);
        var csv = Csv(await inspector.GetByteArrayAsync("/api/v1/statistics/monthly?month=2026-11&format=csv"));
        Assert.That(csv.Single(l => l is [_, "total", _, _, "bad_rate", ..])[8], Is.EqualTo("—"));
        Assert.That(csv.Single(l => l is [_, "total", _, _, "cases_filed", ..])[8], Is.EqualTo("0"));
    }

    /// <summary>In UTC both instants lie on 30 November.</summary>
    [Test]
    public async Task A_month_ends_at_local_midnight()
    {
        using var inspector = await App.SignedIn("inspector");
        App.Clock.Now = TestApp.Local("2026-11-30T23:59:59.999");
        await Rate("A01", 5);
        App.Clock.Now = TestApp.Local("2026-12-01T00:00:00.000");
        await Rate("A01", 1);
        await Rate("A01", 1);

        Assert.That(Headline(await Month(inspector, "2026-11"), "ratings"), Is.EqualTo(1));
        Assert.That(Headline(await Month(inspector, "2026-12"), "ratings"), Is.EqualTo(2));
        Assert.That(Headline(await Month(inspector, "2027-01"), "ratings"), Is.Zero);
    }

    [Test]
    public async Task A_unit_head_sees_the_own_unit_and_no_other()
    {
        await Rate("A01", 5);
        await Rate("B01", 1);
        await Complain("B01", "Delay");
        using var head = await App.SignedIn("head-si");

        var report = await Month(head);
        Assert.That((Headline(report, "ratings"), Headline(report, "cases_filed")), Is.EqualTo((1, 0)));
        Assert.That(Keys(report), Is.EqualTo(new[] { "SI" }));
        Assert.That(Keys(await Month(head, by: "window")), Is.EqualTo(new[] { "A01", "A02", "A03" }));
        Assert.That(Keys(await Month(head, by: "item")), Is.EqualTo(new[] { "SI-01", "SI-02", "SI-03", "SI-04", "" }));

        // The hall's row holds the unit's figures and says so.
        var hall = (await Month(head, by: "hall"))["rows"]!.AsArray().Single()!;
        Assert.That((string?)hall["name"]!["zh"], Does.EndWith("(仅本单位)"));

        using var supervisor = await App.SignedIn("supervisor");
        report = await Month(supervisor);
        Assert.That((Headline(report, "ratings"), Headline(report, "cases_filed")), Is.EqualTo((2, 1)));
        Assert.That(Keys(report), Is.EqualTo(new[] { "EM", "LR", "SI" }));
    }

    [TestCase("Gifts", "Hall", "supervisor", "inspector")]
    [TestCase("Delay", "Discipline", "supervisor", "inspector")]
    [TestCase("Gifts", "Hall", "leader", "inspector")]
    [TestCase("Gifts", "Hall", "auditor", "inspector")]
    [TestCase("Delay", "Director", "head-si", "auditor")]
    [TestCase("Delay", "Director", "supervisor", "leader")]
    public async Task A_case_that_a_role_may_not_know_of_changes_none_of_its_figures(string about, string receiver, string blind, string seeing)
    {
        using var one = await App.SignedIn(blind);
        using var other = await App.SignedIn(seeing);
        var (before, seen) = (await Everything(one), await Everything(other));

        await Complain("A01", about, receiver);
        await App.MoveTo("2026-11-18T10:00");

        Assert.That(await Everything(one), Is.EqualTo(before));
        Assert.That(await Everything(other), Is.Not.EqualTo(seen));
    }

    [Test]
    public async Task A_prohibition_that_goes_round_the_hall_is_no_row_of_zeros_for_it()
    {
        using var supervisor = await App.SignedIn("supervisor");
        using var inspector = await App.SignedIn("inspector");

        Assert.That(Keys(await Month(supervisor, by: "prohibition")), Has.Count.EqualTo(9).And.Member("Question").And.No.Member("Gifts").And.No.Member("LawAndDiscipline"));
        Assert.That(Keys(await Month(inspector, by: "prohibition")), Has.Count.EqualTo(11).And.Member("Gifts"));
    }

    [TestCase("handler")]
    [TestCase("admin")]
    public async Task Who_has_no_statistics_is_refused(string login)
    {
        using var client = await App.SignedIn(login);
        var answer = await client.GetJson("/api/v1/statistics/monthly?month=2026-11");
        Assert.That((answer.Status, answer.Code), Is.EqualTo((403, "not_allowed")));
    }

    [Test]
    public async Task A_stranger_is_asked_to_sign_in()
    {
        var answer = await App.Client.GetJson("/api/v1/statistics/monthly?month=2026-11");
        Assert.That((answer.Status, answer.Code), Is.EqualTo((401, "sign_in_required")));
    }

    [TestCase("", "month", "month_malformed")]
    [TestCase("?month=2026-13", "month", "month_malformed")]
    [TestCase("?month=2026-11-01", "month", "month_malformed")]
    [TestCase("?month=9999-12", "month", "month_malformed")]
    [TestCase("?month=2026-11&by=planet", "by", "by_unknown")]
    [TestCase("?month=2026-11&by=", "by", "by_unknown")]
    [TestCase("?month=2026-11&format=pdf", "format", "format_unknown")]
    public async Task What_is_not_understood_is_refused_by_name(string query, string field, string code)
    {
        using var inspector = await App.SignedIn("inspector");
        var answer = await inspector.GetJson("/api/v1/statistics/monthly" + query);

        Assert.That((answer.Status, answer.Code, (string?)answer["codes"]?[field]?[0]), Is.EqualTo((400, code, code)));
    }

    [TestCase("0001-01")]
    [TestCase("9998-12")]
    public async Task A_month_without_anything_has_a_report_too(string month)
    {
        using var inspector = await App.SignedIn("inspector");
        foreach (var by in new[] { "hall", "unit", "window", "item", "channel", "tag", "prohibition" })
        {
            var report = await Month(inspector, month, by);
            Assert.That((string?)report["by"], Is.EqualTo(by));
            Assert.That(Keys(report), Is.Not.Empty.And.Unique);
        }
    }

    [TestCase(null, "application/json")]
    [TestCase("*/*", "application/json")]
    [TestCase("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json")]
    [TestCase("text/csv", "text/csv")]
    [TestCase("text/*", "text/csv")]
    [TestCase("application/json;q=0.5, text/csv", "text/csv")]
    [TestCase("application/*, application/json;q=0", Xlsx)]
    [TestCase(Xlsx, Xlsx)]
    public async Task The_form_is_what_the_caller_likes_best(string? accept, string expected)
    {
        using var inspector = await App.SignedIn("inspector");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/statistics/monthly?month=2026-11");
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await inspector.SendAsync(request);

        Assert.That(((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType), Is.EqualTo((200, expected)));
        Assert.That(response.Headers.Vary, Does.Contain("Accept"));
    }

    [TestCase("image/png")]
    [TestCase("text/csv;q=0")]
    [TestCase("nonsense")]
    public async Task A_form_that_is_not_offered_is_406(string accept)
    {
        using var inspector = await App.SignedIn("inspector");
        inspector.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);
        var answer = await inspector.GetJson("/api/v1/statistics/monthly?month=2026-11");

        Assert.That((answer.Status, answer.Code), Is.EqualTo((406, "type_not_offered")));
        Assert.That((int?)answer["status"], Is.EqualTo(406));
    }

    [TestCase("csv")]
    [TestCase("xlsx")]
    public async Task A_link_names_the_form_and_stands_above_the_header(string format)
    {
        using var inspector = await App.SignedIn("inspector");
        var answer = await inspector.GetJson($"/api/v1/statistics/monthly?month=2026-11&by=window&format={format}", ("Accept", "application/json"));

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Response.Content.Headers.ContentDisposition?.FileName, Is.EqualTo($"statistics-2026-11-window.{format}"));
    }

    [Test]
    public async Task Every_form_holds_the_same_numbers()
    {
        await Rate("A01", 5);
        await Rate("A02", 3);
        await Rate("B01", 1);
        await Complain("A01", "Delay");
        await Complain("C01", "Gifts");
        await App.MoveTo("2026-11-24T10:00");
        using var inspector = await App.SignedIn("inspector");

        var report = await Month(inspector, by: "window");
        var expected = report["rows"]!.AsArray().Prepend(new JsonObject { ["key"] = "", ["figures"] = report["headline"]!.DeepClone() })
            .SelectMany(row => row!["figures"]!.AsArray().Select(f => ((string)row["key"]!, (string)f!["code"]!, (double?)f["numerator"], (double?)f["denominator"], (double?)f["value"]))).ToList();
        Assert.That(expected, Has.Count.EqualTo(7 * 26));

        var bytes = await inspector.GetByteArrayAsync("/api/v1/statistics/monthly?month=2026-11&by=window&format=csv");
        Assert.That(bytes[..3], Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF }), "Excel needs the mark to read UTF-8");
        Assert.That(Csv(bytes).Skip(1).Select(l => (l[2], l[4], Number(l[6]), Number(l[7]), Number(l[8]))), Is.EqualTo(expected));

        bytes = await inspector.GetByteArrayAsync("/api/v1/statistics/monthly?month=2026-11&by=window&format=xlsx");
        Assert.That(Sheet(bytes).Skip(1).Select(l => (Text(l[2]), Text(l[4]), Number(l[6]), Number(l[7]), Number(l[8]))), Is.EqualTo(expected));
    }

    [Test]
    public async Task The_workbook_is_valid_and_its_header_stands_still()
    {
        using var inspector = await App.SignedIn("inspector");
        using var stream = new MemoryStream(await inspector.GetByteArrayAsync("/api/v1/statistics/monthly?month=2026-11&format=xlsx"));
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);

        Assert.That(new OpenXmlValidator().Validate(document).Select(e => e.Description), Is.Empty);
        var pane = document.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Pane>().Single();
        Assert.That((pane.State!.Value, pane.VerticalSplit!.Value), Is.EqualTo((PaneStateValues.Frozen, 1d)));
    }

    [TestCase("=HYPERLINK(\"http://x.example\",\"y\")")]
    [TestCase("+1+1")]
    [TestCase("-1")]
    [TestCase("@SUM(A1)")]
    [TestCase("\uFF1D1+1")]
    public async Task A_name_that_looks_like_a_formula_stays_text(string name)
    {
        await App.Sql<int>("update department set name = @name where code = 'SI'", new { name });
        using var inspector = await App.SignedIn("inspector");

        var csv = Csv(await inspector.GetByteArrayAsync("/api/v1/statistics/monthly?month=2026-11&format=csv"));
        Assert.That(csv.First(l => l[2] == "SI")[3], Is.EqualTo("'" + name));

        var cell = Sheet(await inspector.GetByteArrayAsync("/api/v1/statistics/monthly?month=2026-11&format=xlsx")).First(l => Text(l[2]) == "SI")[3];
        Assert.That((cell.DataType?.Value, cell.CellFormula, Text(cell)), Is.EqualTo((CellValues.InlineString, (CellFormula?)null, name)));
    }

    [TestCase("zh", "满意率", "社会保险经办中心")]
    [TestCase("en", "Satisfaction rate", "Social Insurance Centre")]
    public async Task An_export_speaks_the_language_of_the_request(string language, string figure, string unit)
    {
        using var inspector = await App.SignedIn("inspector");
        var csv = Csv(await inspector.GetByteArrayAsync($"/api/v1/statistics/monthly?month=2026-11&format=csv&lang={language}"));

        Assert.That(csv.Select(l => l[5]), Does.Contain(figure));
        Assert.That(csv.Select(l => l[3]), Does.Contain(unit));
    }

    private async Task Rate(string window, int grade) =>
        Assert.That((await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token(window), grade })).Status, Is.EqualTo(201));

    private async Task Complain(string window, string about, string receiver = "Hall") =>
        Assert.That((await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token(window), about, receiver, text = "等了很久" })).Status, Is.EqualTo(201));

    private static async Task<JsonNode> Month(HttpClient client, string month = "2026-11", string by = "unit")
    {
        var answer = await client.GetJson($"/api/v1/statistics/monthly?month={month}&by={by}");
        Assert.That(answer.Status, Is.EqualTo(200));
        return answer.Json!;
    }

    private static async Task<string> Everything(HttpClient client)
    {
        var all = new JsonArray();
        foreach (var by in new[] { "hall", "unit", "window", "item", "channel", "tag", "prohibition" }) all.Add(await Month(client, by: by));
        return all.ToJsonString();
    }

    private static int Headline(JsonNode report, string code) => (int)Figure(report["headline"]!, code)!["numerator"]!;

    private static JsonNode? Figure(JsonNode figures, string code) => figures.AsArray().Single(f => (string)f!["code"]! == code);

    private static JsonNode Row(JsonNode report, string key) => report["rows"]!.AsArray().Single(r => (string)r!["key"]! == key)!["figures"]!;

    private static IReadOnlyList<string> Keys(JsonNode report) => [.. report["rows"]!.AsArray().Select(r => (string)r!["key"]!)];

    private static List<string[]> Csv(byte[] bytes)
    {
        using var parser = new TextFieldParser(new MemoryStream(bytes)) { TextFieldType = FieldType.Delimited, TrimWhiteSpace = false };
        parser.SetDelimiters(",");
        var lines = new List<string[]>();
        while (!parser.EndOfData) lines.Add(parser.ReadFields()!);
        return lines;
    }

    private static List<List<Cell>> Sheet(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        return [.. document.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>().Select(r => r.Elements<Cell>().ToList())];
    }

    private static string Text(Cell cell) => cell.InlineString?.Text?.Text ?? "";

    private static double? Number(Cell cell) =>
        cell.DataType?.Value == CellValues.Number ? double.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture) : null;

    private static double? Number(string text) => text is "" or "—" ? null : double.Parse(text, CultureInfo.InvariantCulture);
}

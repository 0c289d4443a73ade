using System.Text.Json.Nodes;
using Feedback.Commands;
using Feedback.Features.Statistics;
using Feedback.Tests.Harness;
using Spectre.Console;

namespace Feedback.Tests.Features.Ratings;

/// <summary>Ratings that programs bring: many at once over the interface, and from a file.</summary>
internal sealed class RatingBatchTests(Engine engine) : SliceTest(engine)
{
    private const string JsonLines = "application/x-ndjson";

    private readonly string _file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".csv");

    [TearDown]
    public void DeleteFile() => File.Delete(_file);

    [Test]
    public async Task Each_line_is_stored_or_refused_by_itself_and_answered_in_its_place()
    {
        var answer = await Post(await App.SignedIn("supervisor"),
            """
            {"window":"A01","grade":5,"tags":["517"],"ticket":"T1","ratedAt":"2026-11-13T16:00:00+08:00"}
            {"window":"A01","grade":9}

            not json
            {"window":"Z99","grade":4}
            {"window":"A02","grade":1,"ticket":"T1","ratedAt":"2026-11-13T16:30:00+08:00"}
            {"window":"A01","grade":3,"ratedAt":"2026-11-16T10:00:01+08:00"}
            {"window":"A01","grade":3,"ratedAt":"1999-12-31T10:00:00+08:00"}
            {"window":"A01","grade":2,"stranger":1}
            {"window":"A02","grade":3,"comment":"还行"}
            """);

        Assert.That(answer.Select(l => ((int)l["line"]!, (int)l["status"]!, (string?)l["code"])), Is.EqualTo(new (int, int, string?)[]
        {
            (1, 201, null), (2, 400, "grade_out_of_range"), (4, 400, "body_malformed"), (5, 404, "window_unknown"), (6, 409, "ticket_already_rated"),
            (7, 400, "rated_at_out_of_range"), (8, 400, "rated_at_out_of_range"), (9, 400, "body_malformed"), (10, 201, null),
        }));
        Assert.That((string?)answer[0]["receipt"], Does.Match("^[0-9A-Z]{4}-[0-9A-Z]{4}$"));
        Assert.That((answer[1]["errors"]!["grade"] is not null, (string?)answer[1]["title"]), Is.EqualTo((true, "请检查标出的内容。")));
        var stored = (await App.Query("select window_code, grade, channel, local_day from rating order by local_day")).Select(r => $"{r["window_code"]} {r["grade"]} {r["channel"]}");
        Assert.That(stored, Is.EqualTo(new[] { "A01 5 5", "A02 3 5" }));
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'Rating' and local_day = '2026-11-13'"), Is.EqualTo(1));
        Assert.That((await App.Send(new Recount("2026-11"))).Value.Differences, Is.Empty);
    }

    [Test]
    public async Task Receipts_of_a_group_begin_alike_and_none_is_given_twice()
    {
        const int count = 1_000;
        var answer = await Post(await App.SignedIn("supervisor"), string.Concat(Enumerable.Repeat("""{"window":"A01","grade":4}""" + "\n", count)));

        var receipts = answer.Select(l => (string)l["receipt"]!).ToList();
        var beginnings = receipts.Select(r => r[..2]).ToList();
        Assert.That(receipts, Is.Unique.And.Exactly(count).Items);
        Assert.That(beginnings.Zip(beginnings.Skip(1)).Count(pair => pair.First != pair.Second), Is.InRange(1, count / 2), "a beginning for each group, another for the next");
    }

    [Test]
    public async Task Ten_thousand_lines_are_taken_and_sent_again_they_are_stored_once_and_one_more_is_too_many()
    {
        var supervisor = await App.SignedIn("supervisor");
        var lines = string.Concat(Enumerable.Range(0, 10_000).Select(n => $$"""{"window":"A01","grade":{{1 + (n % 5)}}}{{"\n"}}"""));

        var first = await Post(supervisor, lines, "day-1");
        var again = await Post(supervisor, lines, "day-1");
        Assert.That(first.Select(l => (int)l["status"]!), Is.All.EqualTo(201).And.Exactly(10_000).Items);
        Assert.That(again.Select(l => (string?)l["id"]), Is.EqualTo(first.Select(l => (string?)l["id"])));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(10_000));

        var refused = await supervisor.PostRaw("/api/v1/ratings/batch", lines + """{"window":"A01","grade":1}""", JsonLines);
        Assert.That((refused.Status, refused.Code), Is.EqualTo((400, "too_many_lines")));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(10_000));
    }

    [TestCase(null, 401)]
    [TestCase("handler", 403)]
    [TestCase("inspector", 403)]
    [TestCase("supervisor", 200)]
    public async Task Only_programs_of_those_who_run_the_windows_bring_ratings(string? login, int status)
    {
        var client = login is null ? App.Client : await App.SignedIn(login);
        Assert.That((await client.PostRaw("/api/v1/ratings/batch", """{"window":"A01","grade":4}""", JsonLines)).Status, Is.EqualTo(status));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(status == 200 ? 1 : 0));
    }

    [Test]
    public async Task Other_content_and_bodies_beyond_the_limit_are_refused_and_larger_ones_than_elsewhere_taken()
    {
        var supervisor = await App.SignedIn("supervisor");
        Assert.That((await supervisor.PostRaw("/api/v1/ratings/batch", "{}")).Status, Is.EqualTo(415));
        Assert.That((await supervisor.PostRaw("/api/v1/ratings/batch", new string(' ', (16 * 1024 * 1024) + 1), JsonLines)).Code, Is.EqualTo("body_too_large"));
        Assert.That((await supervisor.PostRaw("/api/v1/ratings/batch", new string(' ', 1024 * 1024), JsonLines)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_window_code_and_an_earlier_day_are_not_for_citizens()
    {
        Assert.That((await App.Client.PostJson("/api/v1/ratings", new { window = "A01", grade = 5 })).Code, Is.EqualTo("window_unknown"));
        Assert.That((await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 5, ratedAt = "2026-11-13T16:00:00+08:00" })).Code, Is.EqualTo("body_malformed"));
    }

    [Test]
    public async Task A_file_is_imported_the_refused_lines_are_told_by_reason_and_the_same_file_again_stores_nothing_twice()
    {
        await File.WriteAllTextAsync(_file,
            """
            window,grade,tags,comment,ticket,visits,ratedAt,phone
            A01,5,517 510,"好,快",T1,1,2026-11-13 16:00,
            A01,1,,,T1,,2026-11-13T16:30:00+08:00,
            A02,2,214,,,2,,13800000000
            A02,best,,,,,,
            A02,3,,,,often,,
            A02,3,,,,,soon,
            Z99,3,,,,,,
            """);

        var (exit, said) = await Import();
        Assert.That(exit, Is.EqualTo(1));
        Assert.That(said, Does.Contain("2 of 7 ratings are in.").And.Match(@"field_malformed\s*│ 3\s*│ 5, 6, 7").And.Match(@"ticket_already_rated\s*│ 1\s*│ 3 ").And.Match(@"window_unknown\s*│ 1\s*│ 8 "));
        var stored = (await App.Query("select window_code, comment, local_day, channel from rating order by window_code")).Select(r => (r["window_code"], r["comment"], r["channel"]?.ToString())).ToList();
        Assert.That(stored, Is.EqualTo(new[] { ((object?)"A01", (object?)"好,快", "5"), ("A02", null, "5") }));
        Assert.That(await App.Sql<int>("select count(*) from daily_count where measure = 'Rating' and local_day = '2026-11-13'"), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select count(*) from contact"), Is.EqualTo(1));

        Assert.That((await Import()).Exit, Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(2));
    }

    [TestCase("window,stars\nA01,5\n", "The column grade is missing.", 2)]
    [TestCase("window,grade\nA01,5\n", "1 of 1 ratings are in.", 0)]
    public async Task A_file_without_the_columns_that_are_needed_is_not_read(string text, string said, int exit)
    {
        await File.WriteAllTextAsync(_file, text);
        var imported = await Import();
        Assert.That(imported.Exit, Is.EqualTo(exit));
        Assert.That(imported.Said, Does.Contain(said));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(exit == 0 ? 1 : 0));
    }

    private async Task<(int Exit, string Said)> Import()
    {
        await using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 200;
        return (await ImportRatings.Run(App.Services, _file, console), text.ToString());
    }

    private static async Task<IReadOnlyList<JsonNode>> Post(HttpClient client, string lines, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ratings/batch") { Content = new StringContent(lines, System.Text.Encoding.UTF8, JsonLines) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo(JsonLines));
        return [.. (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}

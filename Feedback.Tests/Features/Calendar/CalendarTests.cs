using System.Globalization;
using Feedback.Commands;
using Feedback.Domain.Time;
using Feedback.Features.Calendar;
using Feedback.Tests.Harness;
using Spectre.Console;

namespace Feedback.Tests.Features.Calendar;

/// <summary>
/// A changed calendar and the clocks that run. The case is filed on Monday, 28 December 2026: acceptance is due on Tuesday, the
/// answer five working days later; 2027 is provisional, and by its notice Friday, 1 January is off.
/// </summary>
internal sealed class CalendarTests(Engine engine) : SliceTest(engine)
{
    private static readonly CalendarYear Notice = new(2027, [new(2027, 1, 1), new(2027, 1, 2), new(2027, 1, 3)], [], "2027 年通知");

    private string _number = "";
    private string _code = "";

    protected override string Now => "2026-12-28T10:00";

    [SetUp]
    public async Task FileACase()
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "等了很久" });
        (_number, _code) = ((string)filed["caseNumber"]!, (string)filed["queryCode"]!);
        Assert.That((string?)filed["dueAt"], Is.EqualTo("2027-01-05T17:30:00+08:00"), "Wednesday to Tuesday, by plain weekends");
    }

    [Test]
    public async Task A_notice_that_arrives_moves_what_was_promised_and_says_so()
    {
        await Accept();
        await App.Send(new ImportCalendarYear(Notice));
        await Recompute("2026-12-28T10:05");

        Assert.That(await Due(), Is.EqualTo("2027-01-05T17:30:00+08:00"), "29 to 31 December, 4 and 5 January");
        var progress = await App.Client.GetJson($"/api/v1/complaints/{_number}", ("X-Query-Code", _code));
        Assert.That((string?)progress["timeline"]![0]!["text"], Does.Contain("2027 年通知").And.Contain("1月5日"));
        Assert.That(await App.Sql<string>("select kind from case_event where case_number = @n and seq = 3", new { n = _number }), Is.EqualTo("Recomputed"));
    }

    [Test]
    public async Task The_steps_fire_by_the_new_calendar_and_not_by_the_old_one()
    {
        await Accept();
        Assert.That(await Due(), Is.EqualTo("2027-01-04T17:30:00+08:00"));
        await App.Send(new ImportCalendarYear(Notice));
        await Recompute("2026-12-28T10:05");

        await App.MoveTo("2027-01-05T17:29:59");
        Assert.That(await App.Sql<int>("select count(*) from case_timer where clock = 'Answer' and step = 1 and outcome = 'Fired'"), Is.Zero);
        await App.MoveTo("2027-01-05T17:30");
        Assert.That(await App.Sql<int>("select count(*) from case_timer where clock = 'Answer' and step = 1 and outcome = 'Fired'"), Is.EqualTo(1));
        await App.MoveTo("2027-01-06T17:30");
        Assert.That(await App.Sql<int>("select count(*) from case_timer where clock = 'Answer' and step = 2 and outcome = 'Fired'"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_latest_promise_of_a_case_that_is_not_accepted_moves_as_well()
    {
        await App.Send(new ImportCalendarYear(Notice));
        await Recompute("2026-12-28T10:05");
        var progress = await App.Client.GetJson($"/api/v1/complaints/{_number}", ("X-Query-Code", _code));
        Assert.That(((string?)progress["acceptBy"], (string?)progress["dueAt"]), Is.EqualTo(("2026-12-29T17:30:00+08:00", "2027-01-06T17:30:00+08:00")));

        await App.MoveTo("2026-12-30T10:00");
        Assert.That((string?)(await (await App.SignedIn("head-si")).PostJson($"/api/v1/cases/{_number}/acceptance", null))["dueAt"], Is.EqualTo("2027-01-06T17:30:00+08:00"), "counted from 29 December by the new calendar");
    }

    [Test]
    public async Task A_pause_that_began_under_the_old_calendar_gives_back_by_the_new_one()
    {
        await Accept();
        await App.MoveTo("2026-12-31T10:00");
        using var head = await App.SignedIn("head-si");
        await head.PostJson($"/api/v1/cases/{_number}/pause", new { reason = "Hearing", evidence = "听证通知" });
        await App.Send(new ImportCalendarYear(Notice));
        await Recompute("2026-12-31T10:05");
        await App.MoveTo("2027-01-06T10:00");
        var resumed = await head.PostJson($"/api/v1/cases/{_number}/resumption", null);

        // By the notice 31 December from 10:00, 4 and 5 January were left: six hours and two days, from Wednesday 10:00 on.
        Assert.That((string?)resumed["dueAt"], Is.EqualTo("2027-01-08T17:30:00+08:00"));
    }

    [Test]
    public async Task The_same_notice_twice_changes_nothing_and_a_wrong_one_is_refused()
    {
        Assert.That((await App.Send(new ImportCalendarYear(Notice))).Value.RecomputedFrom, Is.Not.Null);
        Assert.That((await App.Send(new ImportCalendarYear(Notice))).Value.RecomputedFrom, Is.Null);
        Assert.That(await App.Sql<int>("select count(*) from calendar_revision"), Is.EqualTo(1));

        var wrong = await App.Send(new ImportCalendarYear(Notice with { Working = [new(2027, 1, 4), new(2028, 1, 1)] }));
        Assert.That(wrong.Refusal!.Errors.Select(e => e.Code), Is.EqualTo(new[] { "day_of_another_year", "working_day_no_weekend" }));
    }

    [Test]
    public async Task A_day_of_the_halls_own_moves_its_cases_and_no_others()
    {
        await Accept();
        using var leader = await App.SignedIn("leader");
        var set = await leader.PostJson("/api/v1/halls/H1/days", new { day = "2026-12-30", works = false, reason = "停电检修" });
        Assert.That(set.Status, Is.EqualTo(200), set.Json?.ToJsonString());
        await Recompute("2026-12-28T10:05");

        Assert.That(await Due(), Is.EqualTo("2027-01-05T17:30:00+08:00"));
        var clock = await leader.GetJson($"/api/v1/cases/{_number}/clock");
        var last = clock["clocks"]!.AsArray().Single(c => (string?)c!["clock"] == "Answer")!["cycles"]!.AsArray()[^1]!;
        Assert.That((string?)last["began"], Is.EqualTo("Recomputed"));
        Assert.That(
            last["days"]!.AsArray().Select(d => $"{d!["day"]} {d["kind"]} {d["number"]}{d["reason"]}"),
            Is.EqualTo(new[]
            {
                "2026-12-28 WorkingDay ", "2026-12-29 WorkingDay 1", "2026-12-30 HallClosed 停电检修", "2026-12-31 WorkingDay 2", "2027-01-01 WorkingDay 3",
                "2027-01-02 Weekend ", "2027-01-03 Weekend ", "2027-01-04 WorkingDay 4", "2027-01-05 WorkingDay 5",
            }));
        Assert.That(last["days"]!.AsArray().Select(d => (bool)d!["provisional"]!), Is.EqualTo(new[] { false, false, false, false, true, true, true, true, true }));
    }

    [TestCase("head-si", "2026-12-30", false, 403, "not_allowed")]
    [TestCase("leader", "2026-12-28", false, 400, "day_is_over")]
    [TestCase("leader", "2026-12-30", true, 409, "hall_day_unchanged")]
    public async Task A_day_of_the_halls_own_is_refused(string login, string day, bool works, int status, string code)
    {
        using var staff = await App.SignedIn(login);
        var refused = await staff.PostJson("/api/v1/halls/H1/days", new { day, works, reason = "停电检修" });
        Assert.That((refused.Status, refused.Code), Is.EqualTo((status, code)));
        Assert.That(await App.Sql<int>("select count(*) from hall_day"), Is.Zero);
    }

    [Test]
    public async Task More_than_a_set_is_recomputed_in_several_turns_and_each_case_once()
    {
        for (var i = 0; i < RecomputeClocks.SetSize + 5; i++) await App.FileComplaint("A01");
        await (await App.SignedIn("leader")).PostJson("/api/v1/halls/H1/days", new { day = "2026-12-29", works = false, reason = "停电检修" });
        App.Clock.Now = TestApp.Local("2026-12-28T10:05");

        Assert.That((await App.Send(new RecomputeClocks())).Value, Is.EqualTo(new RecomputeClocks.Report(200, 200, App.Clock.Now)));
        Assert.That((await App.Send(new RecomputeClocks())).Value.Changed, Is.EqualTo(6));
        Assert.That((await App.Send(new RecomputeClocks())).Value.NextAt, Is.Null);
        Assert.That(await App.Sql<int>("select count(*) from case_event where kind = 'Recomputed'"), Is.EqualTo(206));
        Assert.That(await App.Sql<int>("select count(*) from case_file where accept_by = (select max(accept_by) from case_file)"), Is.EqualTo(206));
    }

    [Test]
    public async Task The_command_reads_a_notice_as_JSON_or_as_CSV()
    {
        var (imported, said) = await Import("2027 年通知.csv", "day,kind\n2027-01-01,off\n2027-01-02,off\n2027-01-03,off\n2027-01-10,working\n");
        Assert.That((imported, said), Is.EqualTo((0, "2027: 261 working days. The schedule recomputes the running clocks from 10:00:30 on.")));
        Assert.That(await App.Sql<string>("select body from reference_document where kind = 'calendar' and version = 2027"), Does.Contain("2027 年通知").And.Contain("\"working\":[\"2027-01-10\"]"));

        var again = """{"year":2027,"source":"更正","off":["2027-01-01","2027-01-02","2027-01-03"],"working":["2027-01-10"]}""";
        Assert.That(await Import("again.json", again), Is.EqualTo((0, "2027: known already, 261 working days; nothing changed.")));
        Assert.That((await Import("later.json", again.Replace("\"2027-01-10\"", "", StringComparison.Ordinal))).ExitCode, Is.Zero, "a correction");
        Assert.That(await App.Sql<int>("select count(*) from calendar_revision"), Is.EqualTo(2));
    }

    [TestCase("x.csv", "day,kind\n2027-13-01,off\n", 2, "\"2027-13-01\" is no day such as 2027-01-01.")]
    [TestCase("x.csv", "day,kind\n2027-01-01,holiday\n", 2, "2027-01-01: \"holiday\" is neither off nor working.")]
    [TestCase("x.csv", "date,type\n2027-01-01,off\n", 2, "day")]
    [TestCase("x.csv", "day,kind\n", 2, "The file names no day.")]
    [TestCase("x.json", "{\"year\": 2027}", 2, "missing required")]
    [TestCase("x.json", "{\"year\": 2027, \"source\": \"\", \"off\": [\"2027-01-01\"], \"working\": []}", 1, "notice.source: ")]
    [TestCase("x.json", "{\"year\": 2027, \"source\": \"n\", \"off\": [\"2026-01-01\"], \"working\": []}", 1, "2026-01-01 is in another year.")]
    public async Task The_command_names_what_is_wrong_and_changes_nothing(string name, string content, int exitCode, string said)
    {
        var ran = await Import(name, content);
        Assert.That(ran.ExitCode, Is.EqualTo(exitCode));
        Assert.That(ran.Said, Does.Contain(said));
        Assert.That(await App.Sql<int>("select count(*) from reference_document where kind = 'calendar' and version = 2027"), Is.Zero);
    }

    private async Task<(int ExitCode, string Said)> Import(string name, string content)
    {
        var folder = Directory.CreateTempSubdirectory("feedback-calendar-");
        var culture = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
            var file = Path.Combine(folder.FullName, name);
            await File.WriteAllTextAsync(file, content);
            var written = new StringWriter();
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(written) });
            console.Profile.Width = 500;
            return (await ImportCalendar.Run(App.Services, file, console), written.ToString().Trim());
        }
        finally
        {
            CultureInfo.CurrentUICulture = culture;
            folder.Delete(recursive: true);
        }
    }

    private async Task Accept()
    {
        using var head = await App.SignedIn("head-si");
        Assert.That((await head.PostJson($"/api/v1/cases/{_number}/acceptance", null)).Status, Is.EqualTo(200));
    }

    private async Task<string?> Due() => (string?)(await (await App.SignedIn("leader")).GetJson($"/api/v1/cases/{_number}"))["dueAt"];

    private async Task Recompute(string localTime)
    {
        App.Clock.Now = TestApp.Local(localTime);
        while ((await App.Send(new RecomputeClocks())).Value.NextAt is not null)
        {
        }
    }
}

using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Feedback.Data;
using Feedback.Tests.Harness;
using Microsoft.Data.Sqlite;

namespace Feedback.Tests.Processes;

/// <summary>The main job on the published programs, as an operator and a citizen meet them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PublishedProgramTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("feedback-process-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task A_first_start_is_ready_to_try_and_what_is_told_to_it_outlives_it()
    {
        string caseNumber, queryCode;
        long rated;
        var begun = DateTimeOffset.UtcNow;
        var month = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(begun, "Asia/Shanghai").ToString("yyyy-MM", CultureInfo.InvariantCulture);
        await using (var api = Running.Start(Published.Api, _folder.FullName))
        {
            var addresses = await api.Addresses();
            var site = addresses[0];
            using var staff = await Running.SignIn(site, "inspector");
            using var citizen = new HttpClient { BaseAddress = new Uri(site, "/") };

            foreach (var address in addresses)
            {
                using var page = await staff.GetAsync(address);
                Assert.That((int)page.StatusCode, Is.EqualTo(200), address.ToString());
            }

            var fired = await api.Eventually(() => EscalatedSince(staff, begun), "the escalation of the case that was left alone");
            Assert.That(fired, Is.All.LessThanOrEqualTo(api.PrintedAt.AddSeconds(30)));

            // What a phone's camera reads is the address of this window's page.
            var scanned = new Uri(await Decode(await staff.GetByteArrayAsync("/api/v1/windows/A01/qr.png")));
            Assert.That(scanned.GetLeftPart(UriPartial.Authority), Is.EqualTo(site.GetLeftPart(UriPartial.Authority)));
            Assert.That(WebUtility.HtmlDecode(await citizen.GetStringAsync(scanned)), Does.Contain("非常满意"));
            var window = scanned.Segments[^1];

            var before = await Ratings(staff, month);
            Assert.That((await citizen.PostJson("/api/v1/ratings", new { window, grade = 4, tags = new[] { "413" } })).Status, Is.EqualTo(201));
            rated = await Ratings(staff, month);
            Assert.That(rated, Is.EqualTo(before + 1));

            var complaint = await citizen.PostJson("/api/v1/complaints", new { window, about = "NeedlessTrips", text = "第三次来了,每次都说少一份材料。" });
            Assert.That(complaint.Status, Is.EqualTo(201));
            (caseNumber, queryCode) = ((string)complaint["caseNumber"]!, (string)complaint["queryCode"]!);
            var progress = await citizen.GetJson($"/api/v1/complaints/{caseNumber}", ("X-Query-Code", queryCode));
            Assert.That((progress.Status, (string?)progress["state"], (string?)progress["light"]), Is.EqualTo((200, "Filed", "Green")));
            Assert.That(await api.Stop(), Is.Zero);
        }

        await using var later = Running.Start(Published.Api, _folder.FullName, ("Clock__Offset", "20.00:00:00"));
        var again = (await later.Addresses())[0];
        using var inspector = await Running.SignIn(again, "inspector", TimeSpan.FromDays(20));
        var steps = await later.Eventually(
            async () => Steps(await inspector.GetJson($"/api/v1/cases/{caseNumber}")) is { Count: >= 4 } all ? all : null, "the ladder of the complaint");
        Assert.That(steps, Is.EqualTo(new[] { "UnitHead", "HallSupervisor", "BureauLeader", "DisciplineInspection" }));

        using var complainant = new HttpClient { BaseAddress = new Uri(again, "/") };
        var shown = await complainant.GetJson($"/api/v1/complaints/{caseNumber}", ("X-Query-Code", queryCode));
        Assert.That((shown.Status, (string?)shown["light"]), Is.EqualTo((200, "Red")));
        Assert.That(await Ratings(inspector, month), Is.EqualTo(rated));
        Assert.That(await later.Stop(), Is.Zero);
    }

    [Test]
    public async Task What_was_acknowledged_is_there_after_the_program_was_killed()
    {
        CopySeeded();
        var receipts = new List<string>();
        await using (var api = Running.Start(Published.Api, _folder.FullName))
        {
            var addresses = await api.Addresses();
            using var citizen = new HttpClient { BaseAddress = new Uri(addresses[0], "/") };
            for (var n = 0; n < 5; n++)
            {
                var answer = await citizen.PostJson("/api/v1/ratings", new { window = addresses[0].Segments[^1], grade = 3 });
                Assert.That(answer.Status, Is.EqualTo(201));
                receipts.Add((string)answer["receipt"]!);
            }

            await api.Kill();
        }

        await using var again = Running.Start(Published.Api, _folder.FullName);
        await again.Addresses();
        await using var database = Open();
        Assert.That(receipts.Select(r => r.Replace("-", "", StringComparison.Ordinal)), Is.SubsetOf(await database.QueryAsync<string>("select receipt from rating")));
        Assert.That(
            await database.ExecuteScalarAsync<long>("select sum(n) from daily_count where measure = 'Rating'"),
            Is.EqualTo(await database.ExecuteScalarAsync<long>("select count(*) from rating")));
    }

    [Test]
    public async Task A_worker_beside_an_Api_without_a_schedule_fires_what_is_due()
    {
        CopySeeded();
        var begun = DateTimeOffset.UtcNow;
        await using var api = Running.Start(Published.Api, _folder.FullName, ("Schedule__InProcess", "false"));
        var site = (await api.Addresses())[0];
        using var staff = await Running.SignIn(site, "inspector");
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.That(await EscalatedSince(staff, begun), Is.Null);

        await using var worker = Running.Start(Published.Worker, _folder.FullName);
        await worker.Eventually(() => EscalatedSince(staff, begun), "the escalation by the worker");
        Assert.That(await worker.Stop(), Is.Zero);
        Assert.That(await api.Stop(), Is.Zero);
    }

    [Test]
    public async Task Two_processes_that_migrate_at_once_apply_each_script_once()
    {
        var ran = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Command.Run(Command.Dotnet, [Published.Api, "migrate"], _folder.FullName, Running.Settings(_folder.FullName))));

        Assert.That(ran.Select(r => r.ExitCode), Is.All.Zero, string.Concat(ran.Select(r => r.Output + r.Errors)));
        foreach (var script in EmbeddedScript.In("sqlite")) Assert.That(ran.Count(r => r.Output.Contains(script.Name, StringComparison.Ordinal)), Is.EqualTo(1), script.Name);
        await using var database = Open();
        Assert.That(await database.QueryAsync<string>("select script from schema_journal order by script"), Is.EqualTo(EmbeddedScript.In("sqlite").Select(s => s.Name)));
    }

    [TestCase("Feedback.Api", "Production")]
    [TestCase("Feedback.Api", "Staging")]
    [TestCase("Feedback.Worker", "Production")]
    public async Task Outside_Development_a_database_of_the_demonstration_is_refused(string program, string environment)
    {
        CopySeeded();
        var ran = await Command.Run(Command.Dotnet, [program == "Feedback.Api" ? Published.Api : Published.Worker], _folder.FullName, Running.Settings(_folder.FullName, ("ASPNETCORE_ENVIRONMENT", environment)));
        Assert.That(ran.ExitCode, Is.EqualTo(2), ran.Output + ran.Errors);
        Assert.That(ran.Errors, Does.Contain("accounts of the demonstration").And.Contain("inspector").And.Not.Contain("   at "));
    }

    [TestCase("Feedback.Api")]
    [TestCase("Feedback.Worker")]
    public async Task In_Production_a_missing_master_key_is_said_and_nothing_starts(string program)
    {
        var settings = Running.Settings(_folder.FullName, ("ASPNETCORE_ENVIRONMENT", "Production"), ("Security__MasterKeyFile", ""));
        var ran = await Command.Run(Command.Dotnet, [program == "Feedback.Api" ? Published.Api : Published.Worker], _folder.FullName, settings);

        Assert.That((ran.ExitCode, ran.Output), Is.EqualTo((2, "")));
        Assert.That(ran.Errors, Does.StartWith($"{(program == "Feedback.Api" ? "Feedback" : program)} cannot start.").And.Contain("Security__MasterKey").And.Not.Contain("   at "));
        Assert.That(_folder.EnumerateFileSystemInfos(), Is.Empty);
    }

    private void CopySeeded()
    {
        foreach (var file in Directory.EnumerateFiles(Published.Seeded)) File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "feedback.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private static async Task<string> Decode(byte[] png)
    {
        var decoder = await Command.OfDebian("zbarimg", "zbar-tools");
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, png);
        var ran = await Command.Run(decoder, ["--quiet", "--raw", file]);
        File.Delete(file);
        Assert.That(ran.ExitCode, Is.Zero, ran.Errors);
        return ran.Output.Trim();
    }

    private static async Task<long> Ratings(HttpClient staff, string month)
    {
        var answer = await staff.GetJson($"/api/v1/statistics/monthly?month={month}&by=hall");
        Assert.That(answer.Status, Is.EqualTo(200));
        return (long)answer["headline"]!.AsArray().Single(f => (string?)f!["code"] == "ratings")!["numerator"]!;
    }

    /// <summary>When steps of red cases fired, those from an instant on; null when there are none.</summary>
    private static async Task<IReadOnlyList<DateTimeOffset>?> EscalatedSince(HttpClient staff, DateTimeOffset since)
    {
        var red = await staff.GetJson("/api/v1/cases?light=Red&size=200");
        Assert.That(red.Status, Is.EqualTo(200));
        var fired = new List<DateTimeOffset>();
        foreach (var item in red["items"]!.AsArray())
        {
            var shown = await staff.GetJson($"/api/v1/cases/{item!["caseNumber"]}");
            fired.AddRange(Escalations(shown).Select(e => DateTimeOffset.Parse((string)e["at"]!, CultureInfo.InvariantCulture)).Where(at => at >= since));
        }

        return fired.Count > 0 ? fired : null;
    }

    private static IReadOnlyList<string> Steps(Answer shown) => [.. Escalations(shown).Select(e => (string)e["detail"]!["step"]!)];

    private static IEnumerable<JsonNode> Escalations(Answer shown) => shown["history"]!.AsArray().Where(e => (string?)e!["kind"] == "Escalated").Select(e => e!);
}

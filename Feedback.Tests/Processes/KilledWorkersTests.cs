using System.Globalization;
using System.Text.Json.Nodes;
using Feedback.Features.Audit;
using Feedback.Features.Statistics;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Processes;

/// <summary>
/// Four workers on one database fall due on the same timers and are killed while they fire them (SIGKILL), one after the other and
/// again and again. Every step is recorded once.
/// </summary>
internal sealed class KilledWorkersTests(Engine engine) : SliceTest(engine)
{
    private const int Workers = 4;
    private const int Steps = 5;

    private static readonly string[] Ladder = ["Yellow", "UnitHead", "HallSupervisor", "BureauLeader", "DisciplineInspection"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("feedback-killed-");
    private readonly List<Running> _workers = [];

    // Processes of their own cannot be told what time it is.
    protected override string Now => DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);

    [TearDown]
    public async Task CleanUp()
    {
        await EndWorkers();
        _folder.Delete(recursive: true);
    }

    [TestCase(500, 10)]
    [TestCase(10_000, 16, Explicit = true, Category = "Benchmark")]
    public async Task Every_timer_fires_once_though_workers_are_killed_while_they_fire(int timers, int kills)
    {
        var random = TestContext.CurrentContext.Random;
        var quiet = await App.FileComplaint("A01");
        for (var n = 0; n < Workers; n++) _workers.Add(Start());
        foreach (var worker in _workers) await worker.Eventually(() => Task.FromResult(IsUp(worker) ? worker : null), "a start");

        var interrupted = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            // Told of a second ahead, so that every worker sleeps until this instant.
            var due = DateTimeOffset.UtcNow.AddSeconds(1.2);
            var cases = Enumerable.Range(kill * timers / kills / Steps, timers / kills / Steps);
            await App.Copy(quiet, cases.Select(n => ($"20260101-{n:D6}", Enumerable.Range(0, Steps).Select(step => due.AddMilliseconds(step)).ToArray())));
            await Until(due.AddMilliseconds(random.Next(0, 100)));

            var up = await _workers[0].Eventually(() => Task.FromResult(_workers.Where(IsUp).ToArray() is { Length: > 0 } any ? any : null), "a worker that is up");
            var unlucky = up[random.Next(up.Length)];
            if (await Unfired() > 0) interrupted++;
            await unlucky.DisposeAsync();
            _workers[_workers.IndexOf(unlucky)] = Start();
            await _workers[^1].Eventually(async () => await Unfired() == 0 ? "" : null, "the timers of this burst");
        }

        await EndWorkers();
        await EachFiredOnce(quiet, timers);
        await TestContext.Out.WriteLineAsync($"{timers} timers fired once each; {kills} workers were killed, {interrupted} of them while timers were due and not fired.");
    }

    /// <summary>A pause of the whole process, as a virtual machine that is moved or a debugger makes one; seconds here, minutes there.</summary>
    [Test]
    public async Task A_worker_that_is_frozen_while_it_fires_and_goes_on_later_loses_and_doubles_nothing()
    {
        const int bursts = 3;
        const int cases = 40;
        var random = TestContext.CurrentContext.Random;
        var quiet = await App.FileComplaint("A01");
        foreach (var _ in Enumerable.Range(0, 2)) _workers.Add(Start());
        foreach (var worker in _workers) await worker.Eventually(() => Task.FromResult(IsUp(worker) ? worker : null), "a start");

        var interrupted = 0;
        for (var burst = 0; burst < bursts; burst++)
        {
            var due = DateTimeOffset.UtcNow.AddSeconds(1.2);
            await App.Copy(quiet, Enumerable.Range(burst * cases, cases).Select(n => ($"20260101-{n:D6}", Enumerable.Range(0, Steps).Select(step => due.AddMilliseconds(step)).ToArray())));
            await Until(due.AddMilliseconds(random.Next(0, 100)));

            var frozen = _workers[burst % 2];
            await frozen.Signal("STOP");
            if (await Unfired() > 0) interrupted++;
            await Task.Delay(TimeSpan.FromSeconds(3));
            await frozen.Signal("CONT");
            await frozen.Eventually(async () => await Unfired() == 0 ? "" : null, "the timers of this burst");
        }

        foreach (var worker in _workers) Assert.That(await worker.Stop(), Is.Zero, worker.Output);
        await EachFiredOnce(quiet, bursts * cases * Steps);
        await TestContext.Out.WriteLineAsync($"{bursts} times a worker was frozen for 3 s, {interrupted} of them while timers were due and not fired.");
    }

    [Test]
    public async Task What_fell_due_while_nothing_ran_fires_once_with_the_instant_it_was_due_and_the_real_one()
    {
        const int cases = 40;
        var quiet = await App.FileComplaint("A01");
        var from = DateTimeOffset.UtcNow.AddHours(-24);
        from = from.AddTicks(-(from.Ticks % TimeSpan.TicksPerSecond));
        await App.Copy(quiet, Enumerable.Range(0, cases).Select(n => ($"20260101-{n:D6}", Enumerable.Range(0, Steps).Select(step => from.AddHours(5 * step).AddSeconds(n)).ToArray())));

        var started = DateTimeOffset.UtcNow;
        foreach (var _ in Enumerable.Range(0, 2)) _workers.Add(Start());
        await _workers[0].Eventually(async () => await Unfired() == 0 ? "" : null, "what fell due while nothing ran");
        await EndWorkers();

        await EachFiredOnce(quiet, cases * Steps);
        var events = await App.Query("select case_number, at, detail from case_event where kind <> 'Filed' order by case_number, seq");
        var dues = events.Select(e => DateTimeOffset.Parse((string)JsonNode.Parse((string)e["detail"]!)!["dueAt"]!, CultureInfo.InvariantCulture));
        Assert.That(dues, Is.EqualTo(Enumerable.Range(0, cases).SelectMany(n => Enumerable.Range(0, Steps).Select(step => from.AddHours(5 * step).AddSeconds(n)))));
        var fired = events.Select(e => e["at"] as DateTime? is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : DateTimeOffset.Parse((string)e["at"]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        Assert.That(fired, Is.All.InRange(started.AddSeconds(-1), DateTimeOffset.UtcNow));
    }

    /// <summary>
    /// A step fires by the clock of whichever worker looks first, so one that is ahead fires early; what no clock can do is fire a step
    /// twice or leave one out. Machines need NTP (docs/adr/0010).
    /// </summary>
    [Test]
    public async Task Workers_whose_clocks_differ_by_minutes_fire_each_step_once()
    {
        const int cases = 40;
        var quiet = await App.FileComplaint("A01");
        var due = DateTimeOffset.UtcNow;
        await App.Copy(quiet, Enumerable.Range(0, cases).Select(n => ($"20260101-{n:D6}", Enumerable.Range(0, Steps).Select(step => due.AddSeconds((n * 7) - 140 + step)).ToArray())));
        foreach (var offset in new[] { "00:02:00", "-00:02:00", "00:00:00" }) _workers.Add(Start(("Clock__Offset", offset)));

        await _workers[0].Eventually(async () => await Unfired() == 0 ? "" : null, "all steps", TimeSpan.FromSeconds(60));
        await EndWorkers();
        await EachFiredOnce(quiet, cases * Steps);
    }

    private Running Start(params (string Name, string Value)[] more) => Running.Start(
        Published.Worker,
        _folder.FullName,
        [
            ("Database__Provider", App.Database.Provider),
            ("ConnectionStrings__Feedback", App.Database.ConnectionString),
            ("Security__MasterKey", Template.MasterKey),
            ("Logging__LogLevel__Microsoft.Hosting.Lifetime", "Information"),
            .. more,
        ]);

    private async Task EndWorkers()
    {
        foreach (var worker in _workers) await worker.DisposeAsync();
        _workers.Clear();
    }

    private static bool IsUp(Running worker) => worker.Output.Contains("Application started", StringComparison.Ordinal);

    private Task<int> Unfired() => App.Sql<int>("select count(*) from case_timer where outcome is null and case_number like '20260101-%'");

    private static async Task Until(DateTimeOffset moment)
    {
        if (moment - DateTimeOffset.UtcNow is { Ticks: > 0 } wait) await Task.Delay(wait);
    }

    /// <summary>Timers, history, light, notices, counts and the chain all say the same.</summary>
    private async Task EachFiredOnce(string quiet, int timers)
    {
        Assert.That(await App.Sql<int>("select count(*) from case_timer where outcome = 'Fired'"), Is.EqualTo(timers));
        Assert.That(await App.Sql<int>("select count(*) from case_timer where case_number <> @quiet and (outcome is null or outcome <> 'Fired')", new { quiet }), Is.Zero);
        Assert.That(await App.Sql<int>("select count(*) from case_file where case_number <> @quiet and step = @top", new { quiet, top = Steps - 1 }), Is.EqualTo(timers / Steps));

        var events = (await App.Query("select case_number, kind, detail from case_event where kind <> 'Filed' order by case_number, seq"))
            .Select(e => (Case: (string)e["case_number"]!, Kind: (string)e["kind"]!, Detail: JsonNode.Parse((string)e["detail"]!)!)).ToList();
        var ladders = events.GroupBy(e => e.Case, e => (string)e.Detail["step"]!).ToList();
        Assert.That(ladders, Has.Count.EqualTo(timers / Steps));
        foreach (var ladder in ladders) Assert.That(ladder, Is.EqualTo(Ladder), ladder.Key);

        var told = events.SelectMany(e => e.Detail["recipients"]!.AsArray().Select(login => $"{e.Case} {e.Kind} {login}")).Order(StringComparer.Ordinal);
        var notices = (await App.Query("select case_number, kind, login from notice where kind not in ('Filed', 'WindowAlarm')")).Select(n => $"{n["case_number"]} {n["kind"]} {n["login"]}").Order(StringComparer.Ordinal);
        Assert.That(notices, Is.EqualTo(told));

        // All cases are of one window: each turned red once, and those that were part of an alarm were part of one.
        Assert.That(await App.Sql<int>("select count(*) from window_red"), Is.EqualTo(timers / Steps));
        Assert.That(await App.Sql<int>("select sum(reds) from window_alarm"), Is.EqualTo(await App.Sql<int>("select count(*) from window_red where alarm_id is not null")).And.GreaterThan(0));

        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'Escalation'"), Is.EqualTo(timers));
        var month = App.Clock.Now.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        Assert.That((await App.Send(new Recount(month))).Value.Differences, Is.Empty);
        var audit = (await App.Send(new VerifyAudit())).Value;
        Assert.That((audit.Holds, audit.Cases, audit.Events), Is.EqualTo((true, 1 + (timers / Steps), 1 + (timers / Steps) + timers)));
        Assert.That(await App.Sql<int>("select count(*) from case_timer where case_number = @quiet and outcome is not null", new { quiet }), Is.Zero, "what is not due did not fire");
    }
}

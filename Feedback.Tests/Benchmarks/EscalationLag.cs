using System.Diagnostics;
using System.Globalization;
using Feedback.Commands;
using Feedback.Domain.Clocks;
using Feedback.Features.Complaints;
using Feedback.Features.Escalation;
using Feedback.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;

namespace Feedback.Tests.Benchmarks;

/// <summary>
/// How late an escalation comes when very many cases are open: by the schedule inside, on SQLite. FEEDBACK_BENCH_CASES sets how many
/// (1,000,000). Results and how to repeat them: docs/performance.md.
/// </summary>
[Explicit]
[Category("Benchmark")]
[NonParallelizable]
internal sealed class EscalationLag
{
    private const int Cohort = 10_000;

    private static readonly int Open = int.Parse(Environment.GetEnvironmentVariable("FEEDBACK_BENCH_CASES") ?? "1000000", CultureInfo.InvariantCulture);

    private TestApp _many = null!;
    private TestApp _few = null!;

    [OneTimeSetUp]
    public async Task Fill()
    {
        var clock = Stopwatch.StartNew();
        (_few, _many) = (await With(Math.Min(Open, Cohort)), await With(Open));
        await Say($"{Open:N0} open cases, {Open * 5:N0} timers, filled in {clock.Elapsed.TotalSeconds:F0} s; the database has {new FileInfo(new SqliteConnectionStringBuilder(_many.Database.ConnectionString).DataSource).Length / 1e6:N0} MB.");
    }

    [OneTimeTearDown]
    public async Task Empty()
    {
        await _few.DisposeAsync();
        await _many.DisposeAsync();
    }

    [Test]
    [Order(1)]
    public async Task A_sweep_with_nothing_due_costs_the_same_whatever_is_open()
    {
        const int rounds = 1_000;
        var (few, many) = (new List<double>(), new List<double>());
        for (var n = 0; n < rounds; n++)
        {
            few.Add(await Sweep(_few));
            many.Add(await Sweep(_many));
        }

        var (ofFew, ofMany) = (Median(few[(rounds / 10)..]), Median(many[(rounds / 10)..]));
        await Say($"A sweep with nothing due, medians of {rounds}, interleaved: {ofMany / ofFew:F2} times as long with {Open:N0} open cases as with {Cohort:N0} ({ofMany * 1000:F0} µs, {ofFew * 1000:F0} µs).");
        Assert.That(ofMany / ofFew, Is.LessThanOrEqualTo(1.2));
    }

    [Test]
    [Order(2)]
    public async Task A_single_one_is_escalated_within_a_second()
    {
        await using var schedule = await Running(_many);
        var lags = new List<Lags>();
        for (var n = 0; n < 5; n++) lags.Add(await Escalate(first: Cohort + n, count: 1));

        var (written, committed) = (lags.Max(l => l.Written[^1]), lags.Max(l => l.Committed[^1]));
        await Say($"One case due, five times: largest lag {written:F3} s by its event, {committed:F3} s until it was seen committed.");
        Assert.That(committed, Is.LessThanOrEqualTo(1));
    }

    [Test]
    [Order(3)]
    public async Task Ten_thousand_due_at_one_instant_are_escalated_within_five_seconds()
    {
        await using var schedule = await Running(_many);
        var lags = await Escalate(first: 0, Cohort);

        await Say($"{Cohort:N0} cases due at one instant: largest lag {lags.Written[^1]:F2} s by their events, {lags.Committed[^1]:F2} s until the last was seen committed; 99th percentile {At99(lags.Written):F2} s and {At99(lags.Committed):F2} s.");
        Assert.That(lags.Written, Has.Count.EqualTo(Cohort));
        Assert.That(lags.Committed[^1], Is.LessThanOrEqualTo(5));
    }

    /// <summary>Lets one step of some cases fall due in a few seconds, and looks at the database until all have fired.</summary>
    private async Task<Lags> Escalate(int first, int count)
    {
        var due = DateTimeOffset.UtcNow.AddSeconds(3);
        due = due.AddTicks(-(due.Ticks % TimeSpan.TicksPerMillisecond));
        var cases = new { from = Number(first), to = Number(first + count - 1), due };
        await _many.Sql<int>("update case_timer set due_at = @due where case_number between @from and @to and step = 1 and outcome is null", cases);

        var committed = new List<double>();
        for (var patience = Stopwatch.StartNew(); committed.Count < count && patience.Elapsed < TimeSpan.FromMinutes(2);)
        {
            await Task.Delay(5);
            var waiting = await _many.Sql<int>("select count(*) from case_timer where outcome is null and due_at <= @due", cases);
            var lag = (DateTimeOffset.UtcNow - due).TotalSeconds;
            committed.AddRange(Enumerable.Repeat(lag, count - waiting - committed.Count));
        }

        var events = await _many.Query("select at from case_event where case_number between @from and @to and kind = 'Escalated'", cases);
        return new Lags([.. events.Select(e => (Instant((string)e["at"]!) - due).TotalSeconds).Order()], committed);
    }

    private static async Task<double> Sweep(TestApp app)
    {
        var clock = Stopwatch.GetTimestamp();
        var swept = await app.Send(new FireDueTimers());
        var took = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        Assert.That(swept.Value.Fired, Is.Zero);
        return took;
    }

    private static async Task<TestApp> With(int cases)
    {
        var app = await TestApp.Start(now: DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        var filed = await app.FileComplaint("A01");
        await app.Copy(filed, Enumerable.Range(0, cases).Select(n => (Number(n), Enumerable.Range(0, 5).Select(step => app.Clock.Now.AddDays(10 + (n / Cohort) + step)).ToArray())));
        return app;
    }

    /// <summary>The schedule inside with the machine's clock, on the database of an application whose own schedule is off.</summary>
    private static async Task<WebApplication> Running(TestApp on)
    {
        var builder = Template.Builder(on.Database.Provider, on.Database.ConnectionString);
        builder.Configuration["Schedule:InProcess"] = "true";
        var app = FeedbackApp.Build(builder);
        await app.StartAsync();
        return app;
    }

    /// <summary>Ten thousand to a day, as those that fall due together were filed together.</summary>
    private static string Number(int n) => string.Create(CultureInfo.InvariantCulture, $"{new DateOnly(2025, 1, 1).AddDays(n / Cohort):yyyyMMdd}-{n % Cohort:D6}");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double At99(IReadOnlyList<double> sorted) => sorted[(int)Math.Ceiling(0.99 * sorted.Count) - 1];

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static Task Say(string line) => TestContext.Progress.WriteLineAsync(line);

    /// <summary>In seconds, sorted: by the instant of the event, and until it was seen from outside.</summary>
    private sealed record Lags(IReadOnlyList<double> Written, IReadOnlyList<double> Committed);
}

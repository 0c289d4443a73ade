using System.Diagnostics;
using System.Globalization;
using Dapper;
using Feedback.Features.Escalation;
using Feedback.Schedule;
using Feedback.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Benchmarks;

/// <summary>
/// How late an escalation comes when very many cases are open: by Hangfire in the same process, on SQLite. FEEDBACK_BENCH_CASES sets how many
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
    public async Task A_single_one_is_escalated_within_a_quarter_of_a_second()
    {
        const int singles = 300;
        await using var schedule = await Running(_many);
        var lags = await Escalate(first: Cohort, singles, apart: TimeSpan.FromMilliseconds(230));

        await Say($"{singles} single cases, one due every 230 ms: {lags}.");
        Assert.That(lags.Committed, Has.Count.EqualTo(singles));
        Assert.That(Percentile(lags.Committed, 99), Is.LessThanOrEqualTo(0.25));
    }

    [Test]
    [Order(3)]
    public async Task Ten_thousand_due_at_one_instant_are_escalated_within_two_seconds()
    {
        await using var schedule = await Running(_many);
        var before = Environment.CpuUsage.TotalTime;
        var lags = await Escalate(first: 0, Cohort, apart: TimeSpan.Zero);

        // On a busy machine the processor time says what a quiet one would need; this process looks on meanwhile, and that is in it.
        await Say($"{Cohort:N0} cases due at one instant: {lags}; {(Environment.CpuUsage.TotalTime - before).TotalSeconds:F2} s of processor.");
        Assert.That(lags.Written, Has.Count.EqualTo(Cohort));
        Assert.That(lags.Committed[^1], Is.LessThanOrEqualTo(2));
    }

    /// <summary>Lets one step of some cases fall due in a few seconds, and looks at the database until all have fired.</summary>
    private async Task<Lags> Escalate(int first, int count, TimeSpan apart)
    {
        var due = DateTimeOffset.UtcNow.AddSeconds(5);
        due = due.AddTicks(-(due.Ticks % TimeSpan.TicksPerMillisecond));
        var dues = Enumerable.Range(0, count).ToDictionary(n => Number(first + n), n => due + (apart * n));
        await using (var connection = _many.Database.Dialect.Connect())
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync("update case_timer set due_at = @due where case_number = @number and step = 1 and outcome is null", dues.Select(d => new { number = d.Key, due = d.Value }), transaction);
            await transaction.CommitAsync();
        }

        var (committed, fired) = (new List<double>(), new HashSet<string>());
        var between = new { from = Number(first), to = Number(first + count - 1) };
        for (var patience = Stopwatch.StartNew(); fired.Count < count && patience.Elapsed < (apart * count) + TimeSpan.FromMinutes(2);)
        {
            // Looking costs the processor too: where one comes at a time, its case is asked for alone.
            await Task.Delay(apart > TimeSpan.Zero ? 2 : 20);
            if (apart > TimeSpan.Zero)
            {
                var next = Number(first + fired.Count);
                if (await _many.Sql<string>("select outcome from case_timer where case_number = @next and step = 1", new { next }) is null) continue;
                fired.Add(next);
                committed.Add((DateTimeOffset.UtcNow - dues[next]).TotalSeconds);
                continue;
            }

            var waiting = await _many.Sql<int>("select count(*) from case_timer where outcome is null and due_at <= @due", new { due });
            var lag = (DateTimeOffset.UtcNow - due).TotalSeconds;
            for (var n = committed.Count; n < count - waiting; n++)
            {
                committed.Add(lag);
                fired.Add(Number(first + n));
            }
        }

        var events = await _many.Query("select case_number, at from case_event where case_number between @from and @to and kind = 'Escalated'", between);
        return new Lags([.. events.Select(e => (Instant((string)e["at"]!) - dues[(string)e["case_number"]!]).TotalSeconds).Order()], [.. committed.Order()]);
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

    /// <summary>The product with its Hangfire server and the machine's clock, on the database of an application that runs no jobs.</summary>
    private static async Task<WebApplication> Running(TestApp on)
    {
        var builder = Template.Builder(on.Database.Provider, on.Database.ConnectionString);
        builder.Configuration["Schedule:InProcess"] = "true";
        var app = FeedbackApp.Build(builder);
        await app.StartAsync();
        var rounds = app.Services.GetRequiredService<JobRounds>();
        for (var patience = Stopwatch.StartNew(); !rounds.AreCurrent && patience.Elapsed < TimeSpan.FromMinutes(1);) await Task.Delay(50);
        return app;
    }

    /// <summary>Ten thousand to a day, as those that fall due together were filed together.</summary>
    private static string Number(int n) => string.Create(CultureInfo.InvariantCulture, $"{new DateOnly(2025, 1, 1).AddDays(n / Cohort):yyyyMMdd}-{n % Cohort:D6}");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double Percentile(IReadOnlyList<double> sorted, int percent) => sorted[(int)Math.Ceiling(percent / 100.0 * sorted.Count) - 1];

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static Task Say(string line) => TestContext.Progress.WriteLineAsync(line);

    /// <summary>In seconds, sorted: by the instant of the event, and until it was seen from outside.</summary>
    private sealed record Lags(IReadOnlyList<double> Written, IReadOnlyList<double> Committed)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"median {Percentile(Committed, 50):F3} s, 99th percentile {Percentile(Committed, 99):F3} s, largest {Committed[^1]:F3} s until seen committed; by their events {Percentile(Written, 50):F3}, {Percentile(Written, 99):F3}, {Written[^1]:F3} s");
    }
}

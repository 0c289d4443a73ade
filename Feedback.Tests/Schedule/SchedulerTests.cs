using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Dapper;
using Feedback.Schedule;
using Feedback.Tests.Harness;
using Hangfire;
using Hangfire.Common;
using Hangfire.InMemory;
using Hangfire.States;
using Hangfire.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Schedule;

/// <summary>
/// What has gone wrong with Hangfire elsewhere, tried on ours. The rest of it is in Processes (a process that is killed, frozen, off for a
/// day, or whose clock or zone differs), in the dashboard's tests and in the rules of the architecture. Not tried, because it needs SQL Server:
/// an upgrade of Hangfire's tables while workers run, an account without the right to make them, a session whose lock was lost in a
/// failover, and the minute after which another server takes up what a dead one had fetched.
/// </summary>
internal sealed class SchedulerTests(Engine engine) : SliceTest(engine)
{
    /// <summary>As Hangfire spells it.</summary>
    private const string Lock = "feedback:fireduetimers";

    private static readonly TimeSpan Far = TimeSpan.FromDays(30);

    private bool IsSqlite => App.Database.Provider == "Sqlite";

    // The servers here go by the machine's clock.
    protected override string Now => DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);

    [Test]
    public async Task Two_servers_take_turns_without_a_gap_and_one_that_stops_leaves_none()
    {
        const int cases = 260;
        var storage = Shared();
        await using var one = await Start(storage);
        await using var two = await Start(storage);
        var hangfire = one.Services.GetRequiredService<JobStorage>();
        await Eventually(() => Task.FromResult(hangfire.GetMonitoringApi().Servers().Count == 2), "both servers");

        var quiet = await App.FileComplaint("A01");
        var from = DateTimeOffset.UtcNow.AddSeconds(3);
        await App.Copy(quiet, Enumerable.Range(0, cases).Select(n => (Number(n), Ladder(from.AddMilliseconds(100 * n)))));

        // Turns last 12.5 s: at least one ends while both are there, one is put back by a server that stops, and one ends after that.
        var (held, free) = await Watch(hangfire, from.AddSeconds(15));
        await one.StopAsync();
        // However long the stop took: one period of Hangfire's and a little more is looked at.
        var (last, later) = (from.AddMilliseconds(100 * cases), DateTimeOffset.UtcNow.AddSeconds(11));
        var alone = await Watch(hangfire, last > later ? last : later);
        await Fired(cases);

        var lags = (await App.Query("select t.due_at, e.at from case_event e join case_timer t on t.case_number = e.case_number and t.step = 0 where e.kind = 'Warned'"))
            .Select(e => (Instant(e["at"]!) - Instant(e["due_at"]!)).TotalSeconds).Order().ToList();
        await TestContext.Out.WriteLineAsync($"The lock was free at {free} of {held + free} looks, {alone.Free} of {alone.Held + alone.Free} after the stop; median lag {lags[cases / 2]:F3} s, largest {lags[^1]:F3} s.");
        Assert.That(lags, Has.Count.EqualTo(cases), "each step once");

        // A turn that nobody takes up would leave the lock free for ten seconds, a third of all looks.
        Assert.That(free, Is.LessThan(held / 10));
        Assert.That(alone.Free, Is.LessThan(alone.Held / 5));
        Assert.That(lags[^1], Is.LessThan(6));
    }

    [Test]
    public async Task What_another_version_left_in_the_storage_is_removed_and_ours_is_there_in_UTC()
    {
        if (Shared() is not { } storage) return;
        new RecurringJobManager(storage).AddOrUpdate("Renamed", Job.FromExpression<Shim>(shim => shim.Run("Renamed", CancellationToken.None)), "* * * * * *");
        var waiting = new BackgroundJobClient(storage).Create(Job.FromExpression<Shim>(shim => shim.Run("Renamed", CancellationToken.None)), new EnqueuedState());
        using (var connection = storage.GetConnection())
        using (var written = connection.CreateWriteTransaction())
        {
            written.SetRangeInHash("recurring-job:Moved", new Dictionary<string, string>
            {
                ["Job"] = """{"t":"Feedback.Schedule.Gone, Feedback.Api","m":"Run"}""",
                ["Cron"] = "* * * * * *",
                ["TimeZoneId"] = "China Standard Time",
                ["Queue"] = "default",
                ["CreatedAt"] = "2026-01-01T00:00:00.0000000Z",
                ["NextExecution"] = "2026-01-01T00:00:00.0000000Z",
            });
            written.AddToSet("recurring-jobs", "Moved", 0);
            written.Commit();
        }

        await using var app = await Start(storage);
        using var after = storage.GetConnection();
        var recurring = after.GetRecurringJobs();
        Assert.That(recurring.Select(j => j.Id), Is.EquivalentTo(RecurringJobs.All.Select(j => j.Id)));
        Assert.That(recurring.Select(j => (j.TimeZoneId, j.LoadException, j.Error)).Distinct(), Is.EqualTo(new[] { ("UTC", (JobLoadException?)null, (string?)null) }));

        // What was enqueued under a name that this version does not know is left alone.
        await Eventually(() => Task.FromResult(storage.GetMonitoringApi().JobDetails(waiting).History[0].StateName == SucceededState.StateName), "the job of the other version");
        Assert.That(storage.GetMonitoringApi().FailedCount(), Is.Zero);
    }

    [Test]
    public async Task Every_start_begins_a_turn_of_every_job()
    {
        if (Shared() is not { } storage) return;
        await using var app = await Start(storage);
        await Eventually(() => Task.FromResult(RecurringJobs.All.All(j => RunsOf(storage, j.Id) > 0)), "a turn of each");
    }

    [Test]
    public async Task Where_the_data_is_SQLite_Hangfire_stores_nothing_in_a_file()
    {
        if (!IsSqlite) return;
        await using var app = await Start(null);
        Assert.That(app.Services.GetRequiredService<JobStorage>(), Is.TypeOf<InMemoryStorage>());
        await Eventually(() => Task.FromResult(app.Services.GetRequiredService<JobRounds>().AreCurrent), "the first rounds");
        Assert.That((await App.Query("select name from sqlite_master")).Select(t => (string)t["name"]!), Has.None.Contains("hangfire").IgnoreCase.And.None.StartsWith("job").IgnoreCase);
        Assert.That(AppDomain.CurrentDomain.GetAssemblies().Concat([typeof(FeedbackApp).Assembly]).SelectMany(a => a.GetReferencedAssemblies()).Select(a => a.Name), Has.None.StartsWith("Hangfire.Storage"));
    }

    /// <summary>Long enough for the readiness check to notice; a server's connections that die are another thing, and need a server.</summary>
    [Test]
    public async Task An_outage_of_the_database_is_told_and_afterwards_everything_fires_once()
    {
        if (!IsSqlite) return;
        const int cases = 20;
        var quiet = await App.FileComplaint("A01");
        await using var app = await Start(null);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await Eventually(async () => (await client.GetJson("/health/ready")).Status == 200, "readiness");

        var due = DateTimeOffset.UtcNow.AddSeconds(2);
        await App.Copy(quiet, Enumerable.Range(0, cases).Select(n => (Number(n), Ladder(due))));
        await using (var other = App.Database.Dialect.Connect())
        {
            await other.OpenAsync();
            await other.ExecuteAsync("begin immediate");
            var told = await Eventually(async () => await client.GetJson("/health/ready") is { Status: 503 } answer ? answer : null, "the outage", TimeSpan.FromSeconds(50));
            Assert.That(((string?)told["status"], (bool?)told["database"], (bool?)told["schedule"]), Is.EqualTo(("not ready", true, false)));
            await other.ExecuteAsync("rollback");
        }

        await Fired(cases);
        await Eventually(async () => (await client.GetJson("/health/ready")).Status == 200, "readiness afterwards");
        Assert.That(await App.Sql<int>("select count(*) from case_event where kind = 'Warned'"), Is.EqualTo(cases));
    }

    /// <summary>One for several servers: in memory where the data is SQLite; on SQL Server each has the database's.</summary>
    private InMemoryStorage? Shared() => IsSqlite ? new InMemoryStorage() : null;

    private async Task<WebApplication> Start(JobStorage? storage)
    {
        var builder = Template.Builder(App.Database.Provider, App.Database.ConnectionString);
        builder.Configuration["Schedule:InProcess"] = "true";
        var app = FeedbackApp.Build(builder, services =>
        {
            if (storage is not null) services.AddSingleton(storage);
        });
        await app.StartAsync();
        return app;
    }

    /// <summary>How often the escalation's lock was held, and how often it was free.</summary>
    private static async Task<(int Held, int Free)> Watch(JobStorage storage, DateTimeOffset until)
    {
        using var connection = storage.GetConnection();
        var (held, free) = (0, 0);
        while (DateTimeOffset.UtcNow < until)
        {
            try
            {
                using var taken = connection.AcquireDistributedLock(Lock, TimeSpan.Zero);
                free++;
            }
            catch (DistributedLockTimeoutException)
            {
                held++;
            }

            await Task.Delay(20);
        }

        return (held, free);
    }

    private Task Fired(int cases) => Eventually(
        async () => await App.Sql<int>("select count(*) from case_timer where step = 0 and outcome = 'Fired' and case_number like '20260101-%'") == cases, "all steps");

    private static long RunsOf(JobStorage storage, string job)
    {
        var monitoring = storage.GetMonitoringApi();
        return monitoring.ProcessingJobs(0, 100).Count(j => Equals(j.Value.Job.Args[0], job)) + monitoring.SucceededJobs(0, 100).Count(j => Equals(j.Value.Job.Args[0], job));
    }

    private static Task Eventually(Func<Task<bool>> ask, string what) => Eventually(async () => await ask() ? "" : null, what, TimeSpan.FromSeconds(60));

    private static async Task<T> Eventually<T>(Func<Task<T?>> ask, string what, TimeSpan patience)
        where T : class
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < patience;)
        {
            try
            {
                if (await ask() is { } answer) return answer;
            }
            catch (DbException)
            {
                // Busy: it is asked again.
            }

            await Task.Delay(100);
        }

        throw new AssertionException($"No sign of {what}.");
    }

    private static DateTimeOffset[] Ladder(DateTimeOffset first) => [first, .. Enumerable.Range(1, 4).Select(step => first + (Far * step))];

    private static string Number(int n) => string.Create(CultureInfo.InvariantCulture, $"20260101-{n:D6}");

    private static DateTimeOffset Instant(object stored) =>
        stored is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : DateTimeOffset.Parse((string)stored, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

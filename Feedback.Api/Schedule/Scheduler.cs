using Feedback.Data;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;
using Hangfire.InMemory;
using Hangfire.Logging;
using Hangfire.SqlServer;
using Hangfire.Storage;

namespace Feedback.Schedule;

/// <summary>Whether this process runs the jobs, or leaves that to workers.</summary>
/// <param name="RunsHere">False where <c>Schedule:InProcess</c> is.</param>
public sealed record SchedulerRole(bool RunsHere);

/// <summary>
/// Hangfire, the one scheduler (docs/adr/0010). Its storage follows the data: on SQL Server in the same database, shared by all
/// processes; on SQLite in the memory of the process that runs the jobs, never in a file. Nothing is lost with that memory: jobs are
/// registered anew at every start, and what they do is claimed in our database.
/// </summary>
internal static class Scheduler
{
    /// <summary>
    /// How often Hangfire looks for turns that are due; by default it does every 15 seconds. No escalation waits for it (<see cref="Shim"/>).
    /// </summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    /// <summary>What succeeded before that is of no interest.</summary>
    private static readonly TimeSpan History = TimeSpan.FromHours(1);

    /// <summary>The Api runs the jobs unless it is told that workers do.</summary>
    public static bool RunsIn(IConfiguration configuration) => configuration.GetValue("Schedule:InProcess", true);

    /// <summary>Where there is a storage, there is something to see: in the process that runs the jobs, and on SQL Server in each.</summary>
    public static bool IsSeenIn(IConfiguration configuration, bool runs) => runs || IsShared(configuration);

    /// <param name="services">After <see cref="FeedbackServices.AddFeedback"/>.</param>
    /// <param name="configuration">Says which database holds the data.</param>
    /// <param name="runs">Whether this process runs the jobs.</param>
    public static void AddScheduler(this IServiceCollection services, IConfiguration configuration, bool runs)
    {
        services.AddSingleton(new SchedulerRole(runs));
        services.AddSingleton<JobRounds>();
        if (!IsSeenIn(configuration, runs)) return;

        // Our own, not Hangfire's static ones: several applications live in one process of the tests.
        services.AddSingleton(provider => Storage(configuration, provider));
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddHangfire((provider, hangfire) => hangfire
            .UseLogProvider(new Logs(provider.GetRequiredService<ILoggerFactory>()))
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());
        if (!runs) return;

        services.AddTransient<Shim>();
        // Ahead of the server: it finds the jobs when it begins.
        services.AddHostedService<Registration>();
        services.AddHangfireServer(server =>
        {
            server.SchedulePollingInterval = Poll;
            // Every job may be at work at once, and those that look every second have up to two turns waiting.
            server.WorkerCount = RecurringJobs.All.Count + (2 * RecurringJobs.All.Count(j => j.Cadence.Look is not null));
        });
    }

    private static bool IsShared(IConfiguration configuration) => configuration["Database:Provider"] == "SqlServer";

    private static JobStorage Storage(IConfiguration configuration, IServiceProvider provider)
    {
        // A storage logs as it is made: Hangfire must have been configured.
        _ = provider.GetRequiredService<IGlobalConfiguration>();
        var storage = IsShared(configuration)
            ? new SqlServerStorage(provider.GetRequiredService<Dialect>().Connect, new SqlServerStorageOptions { QueuePollInterval = TimeSpan.FromSeconds(1), SlidingInvisibilityTimeout = TimeSpan.FromMinutes(1) })
            : (JobStorage)new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = History });
        storage.JobExpirationTimeout = History;
        return storage;
    }

    /// <summary>Hangfire has one provider of logs for the whole process, which may outlive the application that it was given by: then it is silent.</summary>
    private sealed class Logs(ILoggerFactory factory) : ILogProvider, ILog
    {
        private readonly AspNetCoreLogProvider _logs = new(factory);

        public ILog GetLogger(string name)
        {
            try
            {
                return _logs.GetLogger(name);
            }
            catch (ObjectDisposedException)
            {
                return this;
            }
        }

        public bool Log(Hangfire.Logging.LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null) => false;
    }

    /// <summary>
    /// At every start: the storage's recurring jobs become those of the registry, whatever an earlier version left there, and each
    /// begins a turn at once. Runs that were missed while nothing ran are made up for by this one: it does whatever is due.
    /// </summary>
    private sealed class Registration(JobStorage storage, IRecurringJobManager recurring, ILogger<Registration> log) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            using (var connection = storage.GetConnection())
            {
                foreach (var stale in connection.GetRecurringJobs().Select(j => j.Id).Where(id => RecurringJobs.Find(id) is null))
                {
                    recurring.RemoveIfExists(stale);
                    log.LogInformation("Job {Job} is not one of this version's and was removed from the schedule.", stale);
                }
            }

            foreach (var job in RecurringJobs.All)
            {
                // UTC: no cadence depends on a day, and every machine knows this zone.
                recurring.AddOrUpdate(job.Id, Job.FromExpression<Shim>(shim => shim.Run(job.Id, CancellationToken.None)), job.Cadence.Cron, new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc });
                recurring.Trigger(job.Id);
            }

            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

using Feedback.Accounts;
using Feedback.Schedule;
using Feedback.Security;
using Hangfire;
using Hangfire.SqlServer;

namespace Feedback.Worker;

/// <summary>The registry on a Hangfire server with SQL Server storage, and its dashboard.</summary>
internal static class Jobs
{
    public static void Add(WebApplicationBuilder builder)
    {
        if (builder.Configuration["Database:Provider"] != "SqlServer") throw new SetupException("Hangfire keeps its jobs on SQL Server: set Database__Provider to SqlServer.");
        builder.Services.AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseSqlServerStorage(
                builder.Configuration.GetConnectionString("Feedback"),
                new SqlServerStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(200), SlidingInvisibilityTimeout = TimeSpan.FromMinutes(1) })
            // A job runs every second; what succeeded an hour ago is of no interest.
            .WithJobExpirationTimeout(TimeSpan.FromHours(1)));

        // The default looks for due recurring jobs every 15 seconds, which is late for an escalation.
        builder.Services.AddHangfireServer(server => server.SchedulePollingInterval = TimeSpan.FromSeconds(1));
        builder.Services.AddTransient<Shim>();
    }

    public static void Use(WebApplication app)
    {
        var recurring = app.Services.GetRequiredService<IRecurringJobManager>();
        foreach (var job in RecurringJobs.All) recurring.AddOrUpdate<Shim>(job.Id, shim => shim.Run(job.Id, CancellationToken.None), job.Cadence.Cron);

        // Hangfire's own rule holds: the dashboard answers requests from this machine only.
        app.MapHangfireDashboard("/hangfire");
    }

    /// <summary>What Hangfire calls: looks the job up in the registry and runs it.</summary>
    internal sealed class Shim(IServiceProvider services)
    {
        [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
        // One lock a job, not one for all of them: the hourly jobs must not be dropped because the escalation is at work.
        [DisableConcurrentExecution("feedback:{0}", 0)]
        public Task Run(string id, CancellationToken ct) => RecurringJobs.Get(id).Run(services, ct);
    }
}

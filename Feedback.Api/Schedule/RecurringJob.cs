using Feedback.Pipeline;

namespace Feedback.Schedule;

/// <summary>
/// When a job runs. Hangfire begins a turn every <paramref name="Period"/>; within its turn the job runs whenever it is wanted
/// (see <see cref="Shim"/>), so that what falls due to the second needs no run of Hangfire's every second.
/// </summary>
/// <param name="Cron">For Hangfire, in UTC; six fields where seconds matter.</param>
/// <param name="Period">From one turn to the next.</param>
/// <param name="Look">How long a job waits at most until it looks again within its turn; null when once in a turn is enough.</param>
public sealed record Cadence(string Cron, TimeSpan Period, TimeSpan? Look = null)
{
    public static readonly Cadence EverySecond = new("*/10 * * * * *", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));
    public static readonly Cadence EveryMinute = new("* * * * *", TimeSpan.FromMinutes(1));
    public static readonly Cadence Hourly = new("7 * * * *", TimeSpan.FromHours(1));
}

/// <summary>A job is a shim that sends a command; the command says itself when it wants to come again sooner.</summary>
/// <param name="Id">Stable: Hangfire stores it.</param>
/// <param name="Cadence">The longest time between two runs.</param>
/// <param name="Run">Returns the instant of the next run when that is before the cadence's; null when there is no hurry.</param>
public sealed record RecurringJob(string Id, Cadence Cadence, Func<IServiceProvider, CancellationToken, Task<DateTimeOffset?>> Run)
{
    /// <summary>A job that only sends messages.</summary>
    public RecurringJob(string id, Cadence cadence, Func<Dispatcher, CancellationToken, Task<DateTimeOffset?>> run)
        : this(id, cadence, (IServiceProvider services, CancellationToken ct) => run(services.GetRequiredService<Dispatcher>(), ct))
    {
    }
}

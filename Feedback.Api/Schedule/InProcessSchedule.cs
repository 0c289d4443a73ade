namespace Feedback.Schedule;

/// <summary>
/// The schedule of the embedded default: each job sleeps until it is wanted, for its cadence at most. Any number of processes may
/// run it on one database, because jobs claim their work.
/// </summary>
internal sealed class InProcessSchedule(IServiceProvider services, TimeProvider time, ILogger<InProcessSchedule> log) : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>When the schedule last got through a round; the readiness check looks at it.</summary>
    public DateTimeOffset? LastRound { get; private set; }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(RecurringJobs.All.Select(job => Repeat(job, stoppingToken)));

    private async Task Repeat(RecurringJob job, CancellationToken ct)
    {
        await Task.Yield();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var wanted = await job.Run(services, ct);
                LastRound = time.GetUtcNow();
                var pause = wanted - time.GetUtcNow() is { } sooner && sooner < job.Cadence.Period ? sooner : job.Cadence.Period;
                if (pause > TimeSpan.Zero) await Task.Delay(pause, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A schedule that dies of one failure escalates nothing any more.
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogError(e, "Job {Job} failed and will be run again.", job.Id);
                await Task.Delay(PauseAfterFailure, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}

using Hangfire;

namespace Feedback.Schedule;

/// <summary>
/// The one method that Hangfire calls: a turn of a job. Hangfire only wakes; what a job does, it claims in our database. Within its
/// turn the job runs again at the instant it asked for, and every second at the latest where its cadence says so. The next turn was
/// begun meanwhile, here or on another server, and waits at a lock of Hangfire's until this one ends: between two turns there is no
/// gap, whatever the servers' clocks say, and two servers do not sweep at once.
/// </summary>
/// <remarks>Hangfire stores the name of this type and of its method; jobs are registered anew at every start.</remarks>
public sealed class Shim(IServiceProvider services, JobRounds rounds, TimeProvider time, ILogger<Shim> log)
{
    /// <summary>
    /// How long a turn waits for the one before, in seconds. One begins every ten, give or take two (<see cref="Scheduler"/>), so
    /// one is waiting whenever a turn ends.
    /// </summary>
    private const int Patience = 15;

    /// <summary>
    /// How much longer than its period a turn of a job lasts that looks every second. Those that follow wait ever longer, until one
    /// gives up; were turns shorter than their period, one would end with nobody waiting.
    /// </summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <param name="id">Of a job in <see cref="RecurringJobs"/>; one that is unknown here is of another version and left alone.</param>
    /// <param name="ct">Hangfire's: the server stops. The turn is then put back, and another server takes it up at once.</param>
    /// <exception cref="OperationCanceledException">As <paramref name="ct"/> asked.</exception>
    // A turn that got no lock is dropped without a word: others follow.
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete, LogEvents = false)]
    // One lock a job, not one for all of them: the hourly jobs must not wait for the escalation.
    [DisableConcurrentExecution("feedback:{0}", Patience)]
    public async Task Run(string id, CancellationToken ct)
    {
        if (RecurringJobs.Find(id) is not { } job)
        {
            log.LogWarning("Job {Job} is not one of this version's.", id);
            return;
        }

        log.LogDebug("A turn of {Job} begins.", id);
        var (begun, turn) = (time.GetTimestamp(), job.Cadence.Look is null ? job.Cadence.Period : job.Cadence.Period + Overlap);
        while (true)
        {
            var (wanted, failure) = await Round(job, ct);
            var pause = Shorter(failure is null ? wanted - time.GetUtcNow() : PauseAfterFailure, job.Cadence.Look);
            if (pause is null) return;

            var left = turn - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                if (failure is not null) throw failure;
                return;
            }

            // The last look is at the end of the turn: the next one begins where this one ends.
            var rest = Shorter(pause, left)!.Value;
            if (rest > TimeSpan.Zero) await Task.Delay(rest, ct);
        }
    }

    private async Task<(DateTimeOffset? Wanted, Exception? Failure)> Round(RecurringJob job, CancellationToken ct)
    {
        using var round = rounds.Begin(job.Id);
        try
        {
            var wanted = await job.Run(services, ct);
            rounds.Ended(job.Id);
            return (wanted, null);
        }
#pragma warning disable CA1031 // A turn that ended at its first failure would escalate nothing until the next one.
        catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.LogError(e, "Job {Job} failed and will be run again.", job.Id);
            return (null, e);
        }
    }

    private static TimeSpan? Shorter(TimeSpan? one, TimeSpan? other) => one < other || other is null ? one : other;
}

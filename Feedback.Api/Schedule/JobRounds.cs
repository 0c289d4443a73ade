using System.Collections.Concurrent;

namespace Feedback.Schedule;

/// <summary>
/// When the jobs of this process last ended a round, and which are at one now: what the readiness check asks. On a clock that only
/// goes forward, so that a machine whose time is set does not look dead, nor a dead one alive.
/// </summary>
public sealed class JobRounds(TimeProvider time)
{
    /// <summary>A job that is to look every second and has ended no round for this long does not do its work.</summary>
    public static readonly TimeSpan MayRest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Round> _rounds = new();

    /// <summary>Around one round; dispose when it has ended, and call <see cref="Ended"/> before when it went well.</summary>
    public IDisposable Begin(string job)
    {
        var begun = time.GetTimestamp();
        _rounds.AddOrUpdate(job, _ => new Round(begun, null), (_, before) => before with { Begun = begun });
        return new Leaving(() => _rounds.AddOrUpdate(job, _ => new Round(null, null), (_, now) => now with { Begun = null }));
    }

    public void Ended(string job)
    {
        var ended = time.GetTimestamp();
        _rounds.AddOrUpdate(job, _ => new Round(null, ended), (_, before) => before with { Ended = ended });
    }

    /// <summary>Whether everything that must look every second has done so lately.</summary>
    public bool AreCurrent => RecurringJobs.All.Where(j => j.Cadence.Look is not null).All(IsCurrent);

    /// <summary>
    /// Jobs whose present round takes longer than their period (an hour, a minute; <see cref="MayRest"/> for what looks every second):
    /// they wait for something that does not come. Ids in the registry's order.
    /// </summary>
    public IReadOnlyList<string> Stuck => [.. RecurringJobs.All.Where(IsStuck).Select(j => j.Id)];

    private bool IsCurrent(RecurringJob job) => _rounds.GetValueOrDefault(job.Id) is { Ended: { } ended } && time.GetElapsedTime(ended) < MayRest;

    private bool IsStuck(RecurringJob job) =>
        _rounds.GetValueOrDefault(job.Id) is { Begun: { } begun } && time.GetElapsedTime(begun) > (job.Cadence.Period > MayRest ? job.Cadence.Period : MayRest);

    /// <param name="Begun">Timestamp of the round under way; null when there is none.</param>
    /// <param name="Ended">Timestamp of the last end of a round that went well; null when there was none.</param>
    private sealed record Round(long? Begun, long? Ended);

    private sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}

namespace Feedback.Features.Outbox;

/// <summary>
/// How long a message waits after each failure; after the last it is dead. Constants until the policy file carries them.
/// </summary>
internal static class RetrySchedule
{
    private static readonly IReadOnlyList<TimeSpan> Delays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24),
    ];

    /// <param name="failed">Attempts that failed so far, this one included.</param>
    /// <param name="asked">The wait that the receiver asked for; it may be longer than ours, up to the longest.</param>
    /// <returns>Null when there is no further attempt.</returns>
    public static TimeSpan? After(int failed, TimeSpan? asked)
    {
        if (failed > Delays.Count) return null;
        var own = Delays[failed - 1];
        return asked > own ? (asked < Delays[^1] ? asked : Delays[^1]) : own;
    }
}

namespace Feedback.Features.Outbox;

/// <summary>Where a message stands. The names are stored.</summary>
public enum OutboxState
{
    /// <summary>To be sent now, later again, or when there is a mail server (待发送).</summary>
    Waiting,

    /// <summary>The other side took it (已发送).</summary>
    Sent,

    /// <summary>Given up; somebody may send it again (发送失败).</summary>
    Dead,
}

/// <summary>How a message leaves.</summary>
public enum OutboxChannel
{
    Mail,
    Webhook,
}

/// <summary>Why messages of ours were given up, beside what the other side answered. Stored; stable.</summary>
internal static class OutboxErrors
{
    public const string Disabled = "webhook_disabled";
    public const string Expired = "expired";
}

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

namespace Feedback.Notifications;

/// <summary>How an attempt to send ended.</summary>
internal enum DeliveryOutcome
{
    /// <summary>The other side took it.</summary>
    Delivered,

    /// <summary>Not this time.</summary>
    Failed,

    /// <summary>Never: the other side refuses this message for good.</summary>
    Refused,

    /// <summary>Never again, neither this message nor another: the receiver wants no more.</summary>
    Gone,
}

/// <summary>How an attempt ended, with what is known of a failure.</summary>
/// <param name="Error">A stable code such as <c>http_503</c>, and after ": " what else is known; null when it was delivered.</param>
/// <param name="RetryAfter">The wait that the receiver asked for.</param>
internal sealed record DeliveryResult(DeliveryOutcome Outcome, string? Error = null, TimeSpan? RetryAfter = null)
{
    public static readonly DeliveryResult Delivered = new(DeliveryOutcome.Delivered);

    public static readonly DeliveryResult TimedOut = new(DeliveryOutcome.Failed, "timeout");

    /// <param name="why">What is known; never what the other side's page said.</param>
    public static DeliveryResult Unreachable(string why) => new(DeliveryOutcome.Failed, "unreachable: " + why);
}

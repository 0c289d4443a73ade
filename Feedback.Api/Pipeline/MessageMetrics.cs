using System.Diagnostics.Metrics;

namespace Feedback.Pipeline;

/// <summary>The meter of what the product does, for whoever listens in this process. Names and codes only.</summary>
internal static class MessageMetrics
{
    public const string Meter = "Feedback";

    /// <summary>Seconds from the first behaviour to the answer.</summary>
    public const string Duration = "feedback.message.duration";

    /// <summary>Tag: the message type's name.</summary>
    public const string Message = "message";

    /// <summary>Tag: <see cref="Accepted"/>, a refusal's code, <see cref="Failed"/> or <see cref="Cancelled"/>.</summary>
    public const string Outcome = "outcome";

    public const string Accepted = "ok";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    private static readonly Meter Own = new(Meter);

    private static readonly Histogram<double> Durations = Own.CreateHistogram<double>(Duration, "s", "How long a message took, by its outcome.");

    public static void Record(string message, string outcome, TimeSpan took) => Durations.Record(took.TotalSeconds, new KeyValuePair<string, object?>(Message, message), new(Outcome, outcome));
}

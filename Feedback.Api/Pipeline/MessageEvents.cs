namespace Feedback.Pipeline;

/// <summary>What became of messages, in the log: types, codes and durations, and nothing that anybody sent.</summary>
internal static partial class MessageEvents
{
    [LoggerMessage(1101, LogLevel.Information, "{Message} was refused ({Code}) after {Milliseconds} ms; trace {Trace}.")]
    public static partial void Refused(this ILogger log, string message, string code, long milliseconds, string trace);

    [LoggerMessage(1102, LogLevel.Error, "{Message} failed with {Failure} after {Milliseconds} ms; trace {Trace}.")]
    public static partial void Failed(this ILogger log, string message, string failure, long milliseconds, string trace);

    [LoggerMessage(1103, LogLevel.Warning, "{Message} could not be done now ({Failure}) after {Milliseconds} ms; trace {Trace}.")]
    public static partial void Postponed(this ILogger log, string message, string failure, long milliseconds, string trace);

    // The text of an exception can quote a row; its type and place cannot.
    [LoggerMessage(1104, LogLevel.Warning, "A group of {Count} {Message} broke with {Failure}; each is written again alone.\n{Place}")]
    public static partial void GroupBroke(this ILogger log, int count, string message, string failure, string? place);
}

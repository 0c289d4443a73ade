namespace Feedback.Schedule;

/// <summary>
/// A clock that runs ahead of (or behind) the machine's by a fixed span: for rehearsals and training ("what will this case look
/// like on Thursday?"). Refused in Production.
/// </summary>
internal sealed class ShiftedTime(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}

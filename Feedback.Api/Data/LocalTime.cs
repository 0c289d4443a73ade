namespace Feedback.Data;

/// <summary>The one time zone of the organisation (configuration <c>TimeZone</c>, default Asia/Shanghai), and what day it is there.</summary>
public sealed class LocalTime(TimeZoneInfo zone, TimeProvider time)
{
    public TimeZoneInfo Zone => zone;

    /// <summary>
    /// To the millisecond, as the database keeps instants: what is decided now is decided the same way by whoever reads it later.
    /// </summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow();
            return At(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)));
        }
    }

    public DateOnly Today => DayOf(time.GetUtcNow());

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The instant at which a local day begins.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
    }

    public DateTimeOffset At(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);

    public DateTimeOffset? At(DateTimeOffset? instant) => instant is { } at ? At(at) : null;
}

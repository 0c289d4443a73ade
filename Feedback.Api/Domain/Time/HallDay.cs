namespace Feedback.Domain.Time;

/// <summary>A day on which one hall differs from the State Council's notice: closed for a local reason, or open although others rest.</summary>
/// <param name="Day">Which.</param>
/// <param name="Works">Whether the hall works.</param>
/// <param name="Reason">Why, for whoever reads a due instant's explanation.</param>
public sealed record HallDay(DateOnly Day, bool Works, string Reason);

/// <summary>Why a day counts or does not.</summary>
public enum DayKind
{
    /// <summary>工作日.</summary>
    WorkingDay,

    /// <summary>双休日.</summary>
    Weekend,

    /// <summary>节假日, by the State Council's notice.</summary>
    Holiday,

    /// <summary>调休上班: a weekend day that is worked.</summary>
    MakeUpDay,

    /// <summary>The hall is closed for a reason of its own.</summary>
    HallClosed,

    /// <summary>The hall works although others rest.</summary>
    HallOpen,
}

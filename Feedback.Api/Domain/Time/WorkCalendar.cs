namespace Feedback.Domain.Time;

/// <summary>
/// When a hall works: the years' notices, the hall's own days, its opening hours and its time zone. Immutable; every answer
/// depends on the arguments alone. Rules: docs/domain.md "Time limits" (限时办结).
/// </summary>
public sealed class WorkCalendar
{
    private readonly Dictionary<DateOnly, DayKind> _exceptions = [];
    private readonly Dictionary<DateOnly, string> _reasons = [];
    private readonly HashSet<int> _years = [];
    private readonly TimeZoneInfo _zone;

    /// <param name="years">The State Council's notices that are known.</param>
    /// <param name="hours">Of every working day.</param>
    /// <param name="zone">The hall's.</param>
    /// <param name="hallDays">The hall's own days; they go before the notices.</param>
    public WorkCalendar(IEnumerable<CalendarYear> years, OpeningHours hours, TimeZoneInfo zone, IEnumerable<HallDay>? hallDays = null)
    {
        Hours = hours;
        _zone = zone;
        foreach (var year in years)
        {
            _years.Add(year.Year);
            foreach (var day in year.Off) _exceptions[day] = DayKind.Holiday;
            foreach (var day in year.Working) _exceptions[day] = DayKind.MakeUpDay;
        }

        foreach (var own in hallDays ?? [])
        {
            _exceptions[own.Day] = own.Works ? DayKind.HallOpen : DayKind.HallClosed;
            _reasons[own.Day] = own.Reason;
        }
    }

    public OpeningHours Hours { get; }

    /// <summary>A year without a notice yet is computed with plain weekends and is provisional.</summary>
    public bool IsProvisional(int year) => !_years.Contains(year);

    public bool IsWorkingDay(DateOnly day) => KindOf(day) is DayKind.WorkingDay or DayKind.MakeUpDay or DayKind.HallOpen;

    public DayKind KindOf(DateOnly day) =>
        _exceptions.TryGetValue(day, out var kind) ? kind
        : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? DayKind.Weekend
        : DayKind.WorkingDay;

    /// <summary>Why the hall differs from the notices on this day; null when it does not.</summary>
    public string? ReasonOf(DateOnly day) => _reasons.GetValueOrDefault(day);

    /// <summary>The n-th working day after <paramref name="day"/>, which itself is not counted; before it when n is negative.</summary>
    public DateOnly AddWorkingDays(DateOnly day, int n)
    {
        for (var left = Math.Abs(n); left > 0;)
        {
            day = day.AddDays(Math.Sign(n));
            if (IsWorkingDay(day)) left--;
        }

        return day;
    }

    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone);

    public DateOnly LocalDay(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>The half-open span of instants that makes up a local day.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Span(DateOnly day) => (At(day, TimeOnly.MinValue), At(day.AddDays(1), TimeOnly.MinValue));

    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local));
    }

    public DateTimeOffset Closing(DateOnly day) => At(day, Hours.Closes);

    /// <summary>
    /// The instant itself when the hall is open, else the next opening: an event outside opening hours counts from there.
    /// A break at midday lies within the same day and is no reason to move to the next one. The closing instant itself still
    /// belongs to its day: a clock that starts when another one was due loses no day.
    /// </summary>
    public DateTimeOffset EventInstant(DateTimeOffset instant)
    {
        var local = Local(instant);
        var day = DateOnly.FromDateTime(local.DateTime);
        var time = TimeOnly.FromDateTime(local.DateTime);
        if (IsWorkingDay(day))
        {
            foreach (var span in Hours.Spans)
            {
                if (time < span.From) return At(day, span.From);
                if (time <= span.To) return local;
            }
        }

        return At(AddWorkingDays(day, 1), Hours.Opens);
    }

    /// <summary>
    /// The due instant of a limit that starts with <paramref name="start"/>. Days end with the opening hours of the last one;
    /// the day of the event is not counted. Hours are plain hours.
    /// </summary>
    public DateTimeOffset Due(DateTimeOffset start, Limit limit) => limit.Unit switch
    {
        LimitUnit.Hours => Local(start).AddHours(limit.Amount),
        LimitUnit.WorkingHours => AddOpen(start, TimeSpan.FromHours(limit.Amount)),
        LimitUnit.CalendarDays => Closing(LocalDay(EventInstant(start)).AddDays(limit.Amount)),
        _ => Closing(AddWorkingDays(LocalDay(EventInstant(start)), limit.Amount)),
    };

    /// <summary>A number of working days (or hours) after a due instant, at the end of opening hours. Days count from the due day.</summary>
    public DateTimeOffset After(DateTimeOffset due, Limit wait) => wait switch
    {
        { Amount: 0 } => Local(due),
        { Unit: LimitUnit.Hours } => Local(due).AddHours(wait.Amount),
        { Unit: LimitUnit.WorkingHours } => AddOpen(due, TimeSpan.FromHours(wait.Amount)),
        { Unit: LimitUnit.CalendarDays } => Closing(LocalDay(due).AddDays(wait.Amount)),
        _ => Closing(AddWorkingDays(LocalDay(due), wait.Amount)),
    };

    /// <summary>Opening time between two instants; zero when they are out of order.</summary>
    public TimeSpan OpenBetween(DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from) return TimeSpan.Zero;
        var (first, last) = (Local(from), Local(to));
        var sum = TimeSpan.Zero;
        for (var day = DateOnly.FromDateTime(first.DateTime); day <= DateOnly.FromDateTime(last.DateTime); day = day.AddDays(1))
        {
            if (!IsWorkingDay(day)) continue;
            var end = day == DateOnly.FromDateTime(last.DateTime) ? Hours.OpenUntil(TimeOnly.FromDateTime(last.DateTime)) : Hours.WholeDay;
            var begin = day == DateOnly.FromDateTime(first.DateTime) ? Hours.OpenUntil(TimeOnly.FromDateTime(first.DateTime)) : TimeSpan.Zero;
            sum += end - begin;
        }

        return sum;
    }

    /// <summary>The first instant by which <paramref name="open"/> of opening time has gone by since <paramref name="from"/>.</summary>
    public DateTimeOffset AddOpen(DateTimeOffset from, TimeSpan open)
    {
        if (open <= TimeSpan.Zero) return Local(from);
        var start = Local(from);
        var day = DateOnly.FromDateTime(start.DateTime);
        var gone = IsWorkingDay(day) ? Hours.OpenUntil(TimeOnly.FromDateTime(start.DateTime)) : Hours.WholeDay;
        for (var left = open; ; day = day.AddDays(1), gone = TimeSpan.Zero)
        {
            if (!IsWorkingDay(day)) continue;
            var today = Hours.WholeDay - gone;
            if (left > today)
            {
                left -= today;
                continue;
            }

            foreach (var span in Hours.Spans)
            {
                var length = span.To - span.From;
                var skipped = gone < length ? gone : length;
                gone -= skipped;
                if (left <= length - skipped) return At(day, span.From.Add(skipped + left));
                left -= length - skipped;
            }
        }
    }
}

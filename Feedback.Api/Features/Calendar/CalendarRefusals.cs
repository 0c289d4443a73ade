using Feedback.Domain;

namespace Feedback.Features.Calendar;

/// <summary>What is refused in the use cases of calendar.</summary>
internal static class CalendarRefusals
{
    public static readonly Refusal HallUnknown = new(RefusalKind.NotFound, "hall_unknown", "没有找到这个大厅。", "No such hall.");

    public static readonly Refusal DayIsOver = Refusal.OfField("day", "day_is_over", "只能调整明天以后的日期。", "Only days from tomorrow on can be changed.");

    public static readonly Refusal HallDayUnchanged = new(RefusalKind.Conflict, "hall_day_unchanged", "这一天本来就是这样安排的。", "The day is so already.");
}

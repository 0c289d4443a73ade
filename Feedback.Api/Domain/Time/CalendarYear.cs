namespace Feedback.Domain.Time;

/// <summary>One year of the State Council's notice on holidays (国务院办公厅关于部分节假日安排的通知).</summary>
/// <param name="Year">The calendar year.</param>
/// <param name="Off">Days off, weekends among them or not.</param>
/// <param name="Working">Make-up workdays (调休上班): weekend days that are worked.</param>
/// <param name="Source">The notice's document number.</param>
public sealed record CalendarYear(int Year, IReadOnlyList<DateOnly> Off, IReadOnlyList<DateOnly> Working, string Source);

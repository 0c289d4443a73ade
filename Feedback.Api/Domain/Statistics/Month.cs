using System.Globalization;

namespace Feedback.Domain.Statistics;

/// <summary>A calendar month in local days, half-open: the first of the next month is not part of it.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The first day of the next month.</param>
public readonly record struct Month(DateOnly From, DateOnly To)
{
    private const string Format = "yyyy-MM";

    /// <summary>Reads <c>2026-11</c>; null when the text is anything else.</summary>
    public static Month? Parse(string? text) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year < DateOnly.MaxValue.Year
            ? new Month(first, first.AddMonths(1))
            : null;

    /// <summary>The month that a local day lies in.</summary>
    public static Month Of(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return new Month(first, first.AddMonths(1));
    }

    public Month Before() => new(From.AddMonths(-1), From);

    public Month Next() => new(To, To.AddMonths(1));

    public override string ToString() => From.ToString(Format, CultureInfo.InvariantCulture);
}

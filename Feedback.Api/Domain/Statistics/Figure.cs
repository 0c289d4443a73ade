using System.Globalization;

namespace Feedback.Domain.Statistics;

/// <summary>One figure of a month, with everything needed to check it (docs/domain.md "Monthly statistics").</summary>
/// <param name="Code">Stable snake_case code that programs may rely on.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Numerator">What was counted; null for percentiles.</param>
/// <param name="Denominator">What it was divided by, or the number of values a percentile is of; null for plain counts.</param>
/// <param name="Value">The figure, unrounded: a count, a share from 0 to 1, or hours. Null when there is nothing to divide by.</param>
/// <param name="Unit"><see cref="Counted"/>, <see cref="Shared"/> or <see cref="Hours"/>.</param>
/// <param name="Formula">How it is computed, in words.</param>
public sealed record Figure(string Code, Bilingual Name, long? Numerator, long? Denominator, double? Value, string Unit, Bilingual Formula)
{
    public const string Counted = "count";
    public const string Shared = "share";
    public const string Hours = "hours";

    /// <summary>What a figure without a value prints.</summary>
    public const string None = "—";

    public static Figure Count(string code, Bilingual name, long n, Bilingual formula) => new(code, name, n, null, n, Counted, formula);

    public static Figure Share(string code, Bilingual name, long part, long whole, Bilingual formula) =>
        new(code, name, part, whole, whole <= 0 ? null : (double)part / whole, Shared, formula);

    /// <summary>A percentile of lengths of working time.</summary>
    /// <param name="code">Stable code.</param>
    /// <param name="name">As people call it.</param>
    /// <param name="minutes">The lengths, in working minutes.</param>
    /// <param name="percent">1 to 100; 50 is the median.</param>
    /// <param name="formula">In words; should name the nearest rank.</param>
    public static Figure PercentileHours(string code, Bilingual name, IReadOnlyCollection<int> minutes, int percent, Bilingual formula) =>
        new(code, name, null, minutes.Count, Percentile.NearestRank(minutes, percent) / 60d, Hours, formula);

    /// <summary>The value as pages and printed reports write it: <c>12</c>, <c>87.5%</c>, <c>3.25</c> (hours), or <c>—</c>.</summary>
    public string Print() => (Value, Unit) switch
    {
        (null, _) => None,
        ({ } share, Shared) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%",
        ({ } value, _) => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}

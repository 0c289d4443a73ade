namespace Feedback.Domain.Statistics;

/// <summary>Percentiles by nearest rank: always a value that occurred, never a mean of two.</summary>
public static class Percentile
{
    /// <summary>
    /// The value at rank ⌈percent × n ÷ 100⌉ of the n values in ascending order; null when there is none.
    /// </summary>
    /// <param name="values">In any order.</param>
    /// <param name="percent">1 to 100.</param>
    public static int? NearestRank(IReadOnlyCollection<int> values, int percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        if (values.Count == 0) return null;

        // In whole numbers: 0.9 × 10 is not exactly 9 in floating point, and the rank would slip.
        var rank = (int)((((long)values.Count * percent) + 99) / 100);
        return values.Order().ElementAt(rank - 1);
    }
}

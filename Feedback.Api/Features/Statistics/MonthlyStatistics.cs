using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Domain.Statistics;
using Feedback.Pipeline;

namespace Feedback.Features.Statistics;

/// <summary>The figures of one month, as far as the caller may know of what they count (docs/domain.md "Monthly statistics").</summary>
/// <param name="Actor">Who asks; the figures cover this person's scope and nothing else.</param>
/// <param name="Month">A local month, <c>2026-11</c>.</param>
/// <param name="By">What the rows stand for: hall, unit, window, item, channel, tag or prohibition.</param>
public sealed record MonthlyStatistics(Actor Actor, string Month, string By) : IQuery<MonthlyStatistics.Report>
{
    /// <param name="Month">As asked.</param>
    /// <param name="By">As asked.</param>
    /// <param name="Headline">All figures over everything in the caller's scope, whatever the rows stand for.</param>
    /// <param name="Rows">One for each hall, unit, …, in the order of their keys; those with nothing to count among them.</param>
    public sealed record Report(string Month, string By, IReadOnlyList<Figure> Headline, IReadOnlyList<Row> Rows);

    /// <param name="Key">The code of the hall, unit, …; empty for ratings that named no item.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Figures">Those that apply; the same codes in the same order in every row.</param>
    public sealed record Row(string Key, Bilingual Name, IReadOnlyList<Figure> Figures);
}

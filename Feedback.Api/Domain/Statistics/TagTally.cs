namespace Feedback.Domain.Statistics;

/// <summary>How often one tag was chosen in a month.</summary>
/// <param name="Chosen">Ratings that chose it.</param>
/// <param name="OfGrade">Ratings of the only grade that it may be chosen with.</param>
public sealed record TagTally(long Chosen, long OfGrade)
{
    public IReadOnlyList<Figure> Figures() =>
    [
        Figure.Count("tag_chosen", new("选用次数", "Times chosen"), Chosen, new("本月选用该标签的评价数", "ratings in the month that chose the tag")),
        Figure.Share("tag_share", new("选用率", "Share of its grade"), Chosen, OfGrade, new("选用该标签的评价数 ÷ 本月同等级的评价数", "ratings that chose the tag ÷ ratings of its grade in the month")),
    ];
}

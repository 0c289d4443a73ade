using Feedback.Domain.Ratings;

namespace Feedback.Domain.Statistics;

/// <summary>The ratings of a month in one group: how many of each grade.</summary>
public sealed record RatingTally(IReadOnlyDictionary<Grade, long> ByGrade)
{
    private static readonly Bilingual All = new("本月评价数", "ratings in the month");

    public long Total => Of(_ => true);

    public IReadOnlyList<Figure> Figures() =>
    [
        Figure.Count("ratings", new("评价数", "Ratings"), Total, new("本月(当地时间)收到的评价数,减去本月申诉成立的评价数", "ratings received in the month, local time, less those against which an appeal was upheld in it")),
        .. Grades.All.Select(grade => Share($"grade_{(int)grade}", grade.InWords(), g => g == grade, new($"评 {(int)grade} 分的评价数", $"ratings of grade {(int)grade}"))),
        Share("satisfaction_rate", new("满意率", "Satisfaction rate"), g => g >= Grade.Acceptable, new("3 分及以上的评价数", "ratings of grade 3 or better")),
        Share("satisfaction_rate_4", new("满意率(4 分及以上)", "Satisfaction rate (4 or better)"), g => g >= Grade.Satisfied, new("4 分及以上的评价数", "ratings of grade 4 or better")),
        Share("bad_rate", new("差评率", "Bad rating rate"), Grades.IsBad, new("2 分及以下的评价数", "ratings of grade 2 or worse")),
    ];

    private long Of(Func<Grade, bool> which) => ByGrade.Where(g => which(g.Key)).Sum(g => g.Value);

    private Figure Share(string code, Bilingual name, Func<Grade, bool> which, Bilingual part) =>
        Figure.Share(code, name, Of(which), Total, new($"{part.Zh} ÷ {All.Zh}", $"{part.En} ÷ {All.En}"));
}

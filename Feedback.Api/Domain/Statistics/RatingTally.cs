using Feedback.Domain.Ratings;

namespace Feedback.Domain.Statistics;

/// <summary>The ratings of a month in one group: how many of each grade, with and without the praise that may be faked (疑似刷好评).</summary>
/// <param name="ByGrade">All.</param>
/// <param name="Suspected">Of these, flagged and not dismissed.</param>
public sealed record RatingTally(IReadOnlyDictionary<Grade, long> ByGrade, IReadOnlyDictionary<Grade, long> Suspected)
{
    private static readonly Bilingual All = new("本月评价数", "ratings in the month");
    private static readonly Bilingual Without = new("本月不含疑似刷好评的评价数", "ratings in the month without suspected praise");

    public long Total => ByGrade.Values.Sum();

    public IReadOnlyList<Figure> Figures() =>
    [
        Figure.Count("ratings", new("评价数", "Ratings"), Total, new("本月(当地时间)收到的评价数,减去本月申诉成立的评价数", "ratings received in the month, local time, less those against which an appeal was upheld in it")),
        .. Grades.All.Select(grade => Share($"grade_{(int)grade}", grade.InWords(), g => g == grade, new($"评 {(int)grade} 分的评价数", $"ratings of grade {(int)grade}"))),
        Share("satisfaction_rate", new("满意率", "Satisfaction rate"), IsContent, new("3 分及以上的评价数", "ratings of grade 3 or better")),
        Share("satisfaction_rate_4", new("满意率(4 分及以上)", "Satisfaction rate (4 or better)"), Grades.IsPraise, new("4 分及以上的评价数", "ratings of grade 4 or better")),
        Share("bad_rate", new("差评率", "Bad rating rate"), Grades.IsBad, new("2 分及以下的评价数", "ratings of grade 2 or worse")),
        Figure.Count("suspected_praise", new("疑似刷好评", "Suspected praise"), Suspected.Values.Sum(), new(
            "本月被标记为疑似刷好评的评价数(待定和已确认),减去本月排除嫌疑的评价数", "ratings flagged in the month as possibly faked, open or confirmed, less those dismissed in it")),
        Figure.Count("ratings_without_suspected", new("评价数(不含疑似)", "Ratings without suspected"), Total - Suspected.Values.Sum(), new("本月评价数 − 本月疑似刷好评的评价数", "ratings in the month − suspected praise of the month")),
        ShareWithout("satisfaction_rate_without_suspected", new("满意率(不含疑似)", "Satisfaction rate without suspected"), IsContent, new("3 分及以上且不是疑似刷好评的评价数", "ratings of grade 3 or better that are not suspected praise")),
        ShareWithout("satisfaction_rate_4_without_suspected", new("满意率(4 分及以上,不含疑似)", "Satisfaction rate (4 or better) without suspected"), Grades.IsPraise, new("4 分及以上且不是疑似刷好评的评价数", "ratings of grade 4 or better that are not suspected praise")),
        ShareWithout("bad_rate_without_suspected", new("差评率(不含疑似)", "Bad rating rate without suspected"), Grades.IsBad, new("2 分及以下的评价数", "ratings of grade 2 or worse")),
    ];

    private static bool IsContent(Grade grade) => grade >= Grade.Acceptable;

    private static long Of(IReadOnlyDictionary<Grade, long> counts, Func<Grade, bool> which) => counts.Where(g => which(g.Key)).Sum(g => g.Value);

    private Figure Share(string code, Bilingual name, Func<Grade, bool> which, Bilingual part) =>
        Figure.Share(code, name, Of(ByGrade, which), Total, new($"{part.Zh} ÷ {All.Zh}", $"{part.En} ÷ {All.En}"));

    private Figure ShareWithout(string code, Bilingual name, Func<Grade, bool> which, Bilingual part) =>
        Figure.Share(code, name, Of(ByGrade, which) - Of(Suspected, which), Total - Suspected.Values.Sum(), new($"{part.Zh} ÷ {Without.Zh}", $"{part.En} ÷ {Without.En}"));
}

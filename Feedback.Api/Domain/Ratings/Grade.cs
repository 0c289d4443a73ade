namespace Feedback.Domain.Ratings;

/// <summary>The five grades of 政务服务"好差评", 5 the best. The number is the internal code and the national interface's.</summary>
public enum Grade
{
    VeryDissatisfied = 1,
    Dissatisfied = 2,
    Acceptable = 3,
    Satisfied = 4,
    VerySatisfied = 5,
}

public static class Grades
{
    /// <summary>Best first, as the faces stand on the page.</summary>
    public static readonly IReadOnlyList<Grade> All =
        [Grade.VerySatisfied, Grade.Satisfied, Grade.Acceptable, Grade.Dissatisfied, Grade.VeryDissatisfied];

    /// <summary>差评: grades 1 and 2.</summary>
    public static bool IsBad(this Grade grade) => grade <= Grade.Dissatisfied;

    /// <summary>好评: grades 4 and 5.</summary>
    public static bool IsPraise(this Grade grade) => grade >= Grade.Satisfied;

    public static Bilingual InWords(this Grade grade) => grade switch
    {
        Grade.VerySatisfied => new("非常满意", "Very satisfied"),
        Grade.Satisfied => new("满意", "Satisfied"),
        Grade.Acceptable => new("基本满意", "Acceptable"),
        Grade.Dissatisfied => new("不满意", "Dissatisfied"),
        Grade.VeryDissatisfied => new("非常不满意", "Very dissatisfied"),
        _ => throw new ArgumentOutOfRangeException(nameof(grade)),
    };
}

/// <summary>The channel a rating came through. The number is the national interface's code.</summary>
public enum Channel
{
    Qr = 3,

    /// <summary>A terminal in the hall, or another system that brings its ratings. The number is ours; an export to a standard maps it.</summary>
    Terminal = 5,
}

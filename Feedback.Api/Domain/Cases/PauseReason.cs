namespace Feedback.Domain.Cases;

/// <summary>Why an answer clock may stand still.</summary>
public enum PauseReason
{
    /// <summary>等待市民补充.</summary>
    AwaitingCitizen,

    /// <summary>听证.</summary>
    Hearing,

    /// <summary>检验检测.</summary>
    Inspection,

    /// <summary>专家评审.</summary>
    ExpertReview,

    /// <summary>等待其他机关.</summary>
    OtherAuthority,
}

/// <summary>The reasons in the words of the staff.</summary>
public static class PauseReasons
{
    public static Bilingual Name(this PauseReason reason) => reason switch
    {
        PauseReason.AwaitingCitizen => new("等待市民补充材料", "waiting for what was asked of the citizen"),
        PauseReason.Hearing => new("听证", "a hearing"),
        PauseReason.Inspection => new("检验检测", "an inspection"),
        PauseReason.ExpertReview => new("专家评审", "an expert review"),
        PauseReason.OtherAuthority => new("等待其他机关", "waiting for another authority"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}

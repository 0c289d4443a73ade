using Feedback.Domain.Clocks;
using Feedback.Domain.Policies;
using Feedback.Domain.Time;

namespace Feedback.Domain.Ratings;

/// <summary>Where the loop of a bad rating stands (差评闭环).</summary>
public enum BadRatingStage
{
    /// <summary>To be contacted and verified (待核实).</summary>
    Verifying,

    /// <summary>Verified; to be set right within a limit (整改中).</summary>
    SettingRight,

    /// <summary>To be called back by somebody outside the unit (待回访).</summary>
    CallingBack,

    /// <summary>At its end (已闭环).</summary>
    Done,

    /// <summary>The unit's appeal was upheld: the rating stays and counts in no indicator (已剔除).</summary>
    SetAside,
}

/// <summary>What the verification came to.</summary>
public enum BadRatingOutcome
{
    /// <summary>即知即改: fixed at once.</summary>
    FixedAtOnce,

    /// <summary>限期整改: to be set right within a limit.</summary>
    FixedWithinLimit,

    /// <summary>解释说明: what was asked for has no legal basis.</summary>
    Explained,

    /// <summary>误评: the rating rests on a mistake.</summary>
    FoundMistaken,
}

/// <summary>How the citizen answered the call back.</summary>
public enum CallBackResult
{
    Content,
    NotContent,
    NotReached,
}

/// <summary>The four grounds on which a unit may appeal against a rating (申诉).</summary>
public enum AppealGround
{
    /// <summary>Another item or window was meant.</summary>
    WrongItemOrWindow,

    /// <summary>The same service was rated before.</summary>
    Duplicate,

    /// <summary>Whoever rated was not served.</summary>
    NotServiceUser,

    /// <summary>The text is abusive or speaks of something else.</summary>
    AbusiveOrIrrelevant,
}

/// <summary>The order of the loop: verify, set right where that takes time, call back where the citizen can be reached.</summary>
public static class BadRatingFlow
{
    public static BadRatingStage AfterVerification(BadRatingOutcome outcome, bool hasContact) =>
        outcome == BadRatingOutcome.FixedWithinLimit ? BadRatingStage.SettingRight : AfterWork(hasContact);

    /// <summary>Every bad rating with a contact is called back; without one there is nobody to call.</summary>
    public static BadRatingStage AfterWork(bool hasContact) => hasContact ? BadRatingStage.CallingBack : BadRatingStage.Done;

    public static bool IsOpen(this BadRatingStage stage) => stage is BadRatingStage.Verifying or BadRatingStage.SettingRight or BadRatingStage.CallingBack;

    /// <summary>The clock of a stage and its limit; null for one at which nothing is awaited.</summary>
    public static (ClockKind Kind, Limit Limit)? ClockOf(BadRatingStage stage, bool complex, BadRatingPolicy policy) => stage switch
    {
        BadRatingStage.Verifying => (ClockKind.RatingVerification, policy.Verify),
        BadRatingStage.SettingRight => (ClockKind.RatingRemedy, complex ? policy.SetRightComplex : policy.SetRight),
        BadRatingStage.CallingBack => (ClockKind.RatingCallBack, policy.CallBack),
        _ => null,
    };
}

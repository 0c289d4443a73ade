using Feedback.Domain;
using Feedback.Domain.Ratings;
using Feedback.Domain.Staff;

namespace Feedback.Features.Ratings;

/// <summary>What can be done to the loop of a bad rating.</summary>
public enum BadRatingCommand
{
    Verify,
    SetRight,
    CallBack,
    Appeal,
    DecideAppeal,
}

/// <summary>Who may do what to a loop now. The commands refuse by it and the page offers by it, so that nothing is offered that would be refused.</summary>
internal static class BadRatingRights
{
    /// <summary>Why this person cannot do it now; null when that is possible.</summary>
    public static Refusal? Refuse(BadRatingCommand command, BadRating loop, Actor actor, DateTimeOffset now)
    {
        if (!actor.MayHandle) return DomainRefusals.NotAllowed;
        var inside = actor.DepartmentCode == loop.Case.UnitCode;
        return command switch
        {
            BadRatingCommand.Verify when loop.Stage != BadRatingStage.Verifying => RatingsRefusals.RatingAlreadyVerified,
            BadRatingCommand.SetRight when loop.Stage != BadRatingStage.SettingRight => RatingsRefusals.NothingToSetRight,
            BadRatingCommand.CallBack when loop.Stage != BadRatingStage.CallingBack => RatingsRefusals.CallBackNotAwaited,
            BadRatingCommand.CallBack when inside => RatingsRefusals.InsideUnit,
            BadRatingCommand.CallBack when actor.Login == loop.VerifiedBy || actor.Login == loop.RemediedBy => RatingsRefusals.OwnWork,
            BadRatingCommand.Appeal when !inside => RatingsRefusals.OutsideUnit,
            BadRatingCommand.Appeal when loop.Appeal is not null => RatingsRefusals.RatingAlreadyAppealed,
            BadRatingCommand.Appeal when now > loop.AppealBy => RatingsRefusals.RatingAppealTooLate,
            BadRatingCommand.DecideAppeal when inside => RatingsRefusals.InsideUnit,
            BadRatingCommand.DecideAppeal when loop.Appeal is not { Upheld: null } => RatingsRefusals.RatingAppealNotAsked,
            _ => null,
        };
    }
}

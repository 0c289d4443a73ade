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
    private static readonly Refusal Verified = Conflict("rating_already_verified", "该差评已经核实。", "This bad rating has been verified.");
    private static readonly Refusal NothingToSetRight = Conflict("nothing_to_set_right", "该差评没有待整改的事项。", "Nothing waits to be set right here.");
    private static readonly Refusal NoCallBack = Conflict("call_back_not_awaited", "该差评没有待回访的事项。", "No call back is awaited here.");
    private static readonly Refusal Appealed = Conflict("rating_already_appealed", "该差评已经申诉过。", "An appeal against this rating was made already.");
    private static readonly Refusal AppealTooLate = Conflict("rating_appeal_too_late", "申诉期限已过。", "The time for an appeal is over.");
    private static readonly Refusal NoAppeal = Conflict("rating_appeal_not_asked", "没有待决定的申诉。", "There is no appeal to decide.");
    private static readonly Refusal InsideUnit = new(RefusalKind.Forbidden, "inside_unit", "须由被评价单位以外的人办理。", "Somebody outside the unit that was rated has to do this.");
    private static readonly Refusal OutsideUnit = new(RefusalKind.Forbidden, "outside_unit", "只有被评价的单位可以申诉。", "Only the unit that was rated can appeal.");
    private static readonly Refusal OwnWork = new(RefusalKind.Forbidden, "own_work", "核实或整改的人不能回访。", "Whoever verified or set it right cannot call back.");

    /// <summary>Why this person cannot do it now; null when that is possible.</summary>
    public static Refusal? Refuse(BadRatingCommand command, BadRating loop, Actor actor, DateTimeOffset now)
    {
        if (!actor.MayHandle) return Actor.NotAllowed;
        var inside = actor.DepartmentCode == loop.Case.UnitCode;
        return command switch
        {
            BadRatingCommand.Verify when loop.Stage != BadRatingStage.Verifying => Verified,
            BadRatingCommand.SetRight when loop.Stage != BadRatingStage.SettingRight => NothingToSetRight,
            BadRatingCommand.CallBack when loop.Stage != BadRatingStage.CallingBack => NoCallBack,
            BadRatingCommand.CallBack when inside => InsideUnit,
            BadRatingCommand.CallBack when actor.Login == loop.VerifiedBy || actor.Login == loop.RemediedBy => OwnWork,
            BadRatingCommand.Appeal when !inside => OutsideUnit,
            BadRatingCommand.Appeal when loop.Appeal is not null => Appealed,
            BadRatingCommand.Appeal when now > loop.AppealBy => AppealTooLate,
            BadRatingCommand.DecideAppeal when inside => InsideUnit,
            BadRatingCommand.DecideAppeal when loop.Appeal is not { Upheld: null } => NoAppeal,
            _ => null,
        };
    }

    private static Refusal Conflict(string code, string zh, string en) => new(RefusalKind.Conflict, code, zh, en);
}

using Feedback.Casework.Inquiries;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Policies;
using Feedback.Domain.Staff;

namespace Feedback.Casework;

/// <summary>
/// What a member of staff may do to a case: the role, the state machine, and who asked what of whom. The commands refuse by it and
/// the views offer by it, so that nothing is offered that would be refused.
/// </summary>
internal static class CaseRights
{
    private static readonly Refusal Overdue = new(RefusalKind.Conflict, "clock_overdue", "该件已经超期,不能再暂停计时。", "The case is overdue; its clock cannot be paused any more.");
    private static readonly Refusal LateExtension = new(RefusalKind.Conflict, "extension_too_late", "已过办结期限,不能再申请延期。", "The case is past its due instant; an extension can no longer be asked for.");
    private static readonly Refusal SecondExtension = new(RefusalKind.Conflict, "extension_already_asked", "每件只能申请一次延期。", "A case can be extended once; this was asked for already.");
    private static readonly Refusal NoneForType = new(RefusalKind.Conflict, "extension_not_allowed", "该类事项不能延期。", "This type of case cannot be extended.");
    private static readonly Refusal NoExtensionAsked = new(RefusalKind.Conflict, "extension_not_asked", "没有待决定的延期申请。", "No extension is waiting for a decision.");
    private static readonly Refusal OwnExtension = new(RefusalKind.Forbidden, "own_request", "不能审批自己申请或自己负责的延期。", "Whoever asked or is responsible cannot decide.");
    private static readonly Refusal NotResponsible = new(RefusalKind.Forbidden, "not_responsible", "只有现在的责任人可以移交。", "Only whoever is responsible now can hand the case over.");
    private static readonly Refusal OtherLane = new(RefusalKind.Conflict, "hand_over_not_in_lane", "该件不在大厅办理,不能移交。", "This case is not in the hall's hands and cannot be handed over.");
    private static readonly Refusal NothingOffered = new(RefusalKind.Conflict, "hand_over_not_offered", "没有等待您答复的移交。", "No hand-over is waiting for your answer.");
    private static readonly Refusal OnlyOffered = new(RefusalKind.Forbidden, "hand_over_not_accepted", "贵单位还没有接收该件,请先答复移交。", "Your unit has not taken this case yet; please answer the hand-over first.");
    private static readonly Refusal NoArbitrationAsked = new(RefusalKind.Conflict, "arbitration_not_asked", "该件没有等待裁定。", "No arbitration is waiting for a decision.");
    private static readonly Refusal Involved = new(RefusalKind.Forbidden, "involved_in_case", "参与过该件办理的人不能作复核决定。", "Whoever took part in the case cannot decide the appeal.");

    private static readonly Refusal IsBadRating = new(RefusalKind.Conflict, "case_is_bad_rating", "差评件按核实、整改、回访办理,不用投诉件的操作。", "The loop of a bad rating is verified, set right and called back; what is done to complaints does not apply.");

    /// <summary>The state a command leads to, or the refusal that names why this person cannot give it now.</summary>
    public static Outcome<CaseState> Next(CaseCommand command, CaseRow found, CaseDossier dossier, Actor actor, Policy policy, DateTimeOffset now)
    {
        if (!actor.MayHandle) return Actor.NotAllowed;
        if (found.About == Prohibition.BadRating) return IsBadRating;
        var next = CaseFlow.Next(found.State, command);
        return next.Refusal is null && Refuse(command, found, dossier, actor, policy, now) is { } refusal ? refusal : next;
    }

    /// <summary>Why this person cannot write to the citizen now: only to whoever could still answer, and only for the unit that is responsible.</summary>
    public static Refusal? RefuseWriting(CaseRow found, Actor actor)
    {
        if (!actor.MayHandle) return Actor.NotAllowed;
        return actor.DepartmentCode is { } unit && unit != found.UnitCode ? OnlyOffered : CaseFlow.Next(found.State, CaseCommand.AddMaterial).Refusal;
    }

    private static Refusal? Refuse(CaseCommand command, CaseRow found, CaseDossier dossier, Actor actor, Policy policy, DateTimeOffset now) => command switch
    {
        // A unit that is being asked sees the case, and is not responsible before it accepts.
        not CaseCommand.DecideHandOver when actor.DepartmentCode is { } unit && unit != found.UnitCode => OnlyOffered,

        CaseCommand.IssueNotice when actor.Role is not (Role.Handler or Role.UnitHead or Role.HallSupervisor) => Actor.NotAllowed,
        CaseCommand.IssueNotice when !found.IsApplication => NoticeIssuer.NotApplication,

        CaseCommand.Pause when now > found.DueAt => Overdue,

        CaseCommand.RequestExtension when now > found.DueAt => LateExtension,
        CaseCommand.RequestExtension when dossier.Extension is not null => SecondExtension,
        CaseCommand.RequestExtension when policy.CaseTypes[found.CaseType].Extension is null => NoneForType,

        CaseCommand.DecideExtension when dossier.Extension is not { Granted: null } => NoExtensionAsked,
        CaseCommand.DecideExtension when actor.Login == dossier.Extension.AskedBy || dossier.Acting.Contains(found.Responsible) => OwnExtension,

        CaseCommand.OfferHandOver when found.Lane != Lane.Hall => OtherLane,
        CaseCommand.OfferHandOver when !dossier.Acting.Contains(found.Responsible) => NotResponsible,
        CaseCommand.OfferHandOver => HandOverRules.Refuse(dossier.Earlier, found.UnitCode, policy.HandOver.Limit, dossier.Arbitration?.Unit, dossier.Arbitration is { DecidedAt: null }),

        CaseCommand.DecideHandOver when dossier.OpenOffer is not { } offer || !dossier.Acting.Contains(offer.ToLogin) => NothingOffered,

        CaseCommand.Arbitrate when actor.Role is not (Role.HallSupervisor or Role.BureauLeader) => Actor.NotAllowed,
        CaseCommand.Arbitrate when dossier.Arbitration is not { DecidedAt: null } => NoArbitrationAsked,

        CaseCommand.DecideAppeal when dossier.Acting.Contains(found.Responsible) || dossier.TookPart.Contains(actor.Login) => Involved,
        _ => null,
    };
}

using Feedback.Domain;

namespace Feedback.Casework;

/// <summary>What is refused about cases, in the use cases of staff and of citizens and in what these share.</summary>
internal static class CaseRefusals
{
    public static readonly Refusal GrantTooLate = new(RefusalKind.Conflict, "extension_too_late", "已过办结期限,延期不能再批准。", "The case is past its due instant; an extension can no longer be granted.");

    public static readonly Refusal HandOverToSameUnit = new(RefusalKind.Conflict, "hand_over_to_same_unit", "不能移交给本单位。", "A case cannot be handed over to the unit that has it.");

    public static readonly Refusal TypeUnfit = Refusal.OfField("type", "type_unfit", "请从列出的类别中选择;首问登记的事项不能改为投诉。", "Please choose one of the types listed; a matter that was registered at a window is no complaint.");

    public static readonly Refusal WindowUnknown = new(
        RefusalKind.NotFound, "window_unknown", "没有找到这个窗口,请重新扫描窗口上的二维码。", "No such window. Please scan the code at the window again.");

    public static readonly Refusal WindowHasNoToken = new(
        RefusalKind.Conflict, "window_has_no_token", "该窗口还没有二维码,请先生成。", "This window has no code yet. Issue one first.");

    public static readonly Refusal WindowTokenRevoked = new(
        RefusalKind.Gone, "window_token_revoked", "这个二维码已经停用,请扫描窗口上现在的二维码。", "This code is no longer in use. Please scan the one that is at the window now.");

    public static readonly Refusal MaterialNotInGuide = Refusal.OfField(
        "missing", "material_not_in_guide", "只能要求办事指南上列明的材料。", "Only materials of the published guide may be asked for.");

    public static readonly Refusal NotAnApplication = new(
        RefusalKind.Conflict, "not_an_application", "该件没有收取材料,不是申请,不能开具告知单。", "No materials were taken: this is no application, and there is nothing to tell.");

    public static readonly Refusal DeemedAcceptancePending = new(
        RefusalKind.Conflict, "deemed_acceptance_pending", "告知期限已过,应视为受理;请先由值班长确认。", "The time to tell is over and the application counts as accepted; a supervisor has to decide that first.");

    public static readonly Refusal ContactNotGiven = new(RefusalKind.Conflict, "contact_not_given", "市民没有留下联系方式,或已按规定匿名。", "The citizen left no contact, or it was made anonymous by the rules.");

    public static readonly Refusal ContactNotRevealed = new(RefusalKind.Forbidden, "contact_not_revealed", "没有获准查看,或三十分钟已过。", "You were not granted this, or the half hour is over.");

    public static readonly Refusal LinkToItself = Refusal.OfField("lead", "link_to_itself", "不能与自己并案。", "A case cannot be linked to itself.");

    public static readonly Refusal LeadUnknown = Refusal.OfField("lead", "lead_unknown", "没有找到主件,或者不在同一大厅、同一渠道办理。", "There is no such leading case in the same hall and lane.");

    public static readonly Refusal LeadEnded = Refusal.OfField("lead", "lead_ended", "主件已经办结,不能再并入。", "The leading case has come to its end.");

    public static readonly Refusal CaseLinked = new(RefusalKind.Conflict, "case_linked", "该件或主件已经并案,请并入最终的主件。", "This case, or the leading one, is linked already. Link to the one that leads.");

    public static readonly Refusal ComplaintUnknown = new(
        RefusalKind.NotFound, "complaint_unknown", "没有找到。请核对受理编号和查询码。", "Nothing found. Please check the case number and the query code.");

    public static readonly Refusal RemindedToday = new(RefusalKind.TooOften, "reminded_today", "今天已经催办过了,我们已通知责任人。", "You have sent a reminder today; whoever is responsible was told.");

    public static readonly Refusal CaseReopenedBefore = new(
        RefusalKind.Conflict, "case_reopened_before", "该件已经重新办理过一次,如仍不认可,可以申请复核。", "This case has been reopened once. If you still disagree you can appeal.");

    public static readonly Refusal AppealOnce = new(RefusalKind.Conflict, "appeal_once", "每件只能申请一次复核。", "A case can be appealed once.");

    public static readonly Refusal AppealTooLate = new(RefusalKind.Conflict, "appeal_too_late", "已超过申请复核的期限。", "The time to appeal is over.");

    public static readonly Refusal ClockOverdue = new(RefusalKind.Conflict, "clock_overdue", "该件已经超期,不能再暂停计时。", "The case is overdue; its clock cannot be paused any more.");

    public static readonly Refusal ExtensionTooLate = new(RefusalKind.Conflict, "extension_too_late", "已过办结期限,不能再申请延期。", "The case is past its due instant; an extension can no longer be asked for.");

    public static readonly Refusal ExtensionAlreadyAsked = new(RefusalKind.Conflict, "extension_already_asked", "每件只能申请一次延期。", "A case can be extended once; this was asked for already.");

    public static readonly Refusal ExtensionNotAllowed = new(RefusalKind.Conflict, "extension_not_allowed", "该类事项不能延期。", "This type of case cannot be extended.");

    public static readonly Refusal ExtensionNotAsked = new(RefusalKind.Conflict, "extension_not_asked", "没有待决定的延期申请。", "No extension is waiting for a decision.");

    public static readonly Refusal OwnRequest = new(RefusalKind.Forbidden, "own_request", "不能审批自己申请或自己负责的延期。", "Whoever asked or is responsible cannot decide.");

    public static readonly Refusal NotResponsible = new(RefusalKind.Forbidden, "not_responsible", "只有现在的责任人可以移交。", "Only whoever is responsible now can hand the case over.");

    public static readonly Refusal HandOverNotInLane = new(RefusalKind.Conflict, "hand_over_not_in_lane", "该件不在大厅办理,不能移交。", "This case is not in the hall's hands and cannot be handed over.");

    public static readonly Refusal HandOverNotOffered = new(RefusalKind.Conflict, "hand_over_not_offered", "没有等待您答复的移交。", "No hand-over is waiting for your answer.");

    public static readonly Refusal HandOverNotAccepted = new(RefusalKind.Forbidden, "hand_over_not_accepted", "贵单位还没有接收该件,请先答复移交。", "Your unit has not taken this case yet; please answer the hand-over first.");

    public static readonly Refusal ArbitrationNotAsked = new(RefusalKind.Conflict, "arbitration_not_asked", "该件没有等待裁定。", "No arbitration is waiting for a decision.");

    public static readonly Refusal InvolvedInCase = new(RefusalKind.Forbidden, "involved_in_case", "参与过该件办理的人不能作复核决定。", "Whoever took part in the case cannot decide the appeal.");

    public static readonly Refusal CaseIsBadRating = new(RefusalKind.Conflict, "case_is_bad_rating", "差评件按核实、整改、回访办理,不用投诉件的操作。", "The loop of a bad rating is verified, set right and called back; what is done to complaints does not apply.");

    public static readonly Refusal CaseUnknown = new(RefusalKind.NotFound, "case_unknown", "没有找到这个件。", "No such case.");

    public static readonly Refusal PictureUnknown = new(RefusalKind.NotFound, "picture_unknown", "没有这张图片。", "There is no such picture.");

    public static readonly Refusal UnitUnknown = Refusal.OfField("unit", "unit_unknown", "没有这个单位。", "There is no such unit.");
}

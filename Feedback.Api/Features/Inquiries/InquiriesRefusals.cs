using Feedback.Domain;

namespace Feedback.Features.Inquiries;

/// <summary>What is refused in the use cases of inquiries.</summary>
internal static class InquiriesRefusals
{
    public static readonly Refusal OwnCase = new(RefusalKind.Forbidden, "own_case", "不能确认自己负责的件。", "Whoever is responsible cannot decide this.");

    public static readonly Refusal DeemedAcceptanceNotFlagged = new(RefusalKind.Conflict, "deemed_acceptance_not_flagged", "该件没有待确认的视为受理。", "This case does not wait to be confirmed as accepted.");

    public static readonly Refusal OwnRequest = new(RefusalKind.Forbidden, "own_request", "不能审批自己提出的要求。", "Whoever asked cannot decide.");

    public static readonly Refusal DemandDecided = new(RefusalKind.Conflict, "demand_decided", "该要求已经审批。", "This demand has been decided.");

    public static readonly Refusal AlreadyAcknowledged = new(RefusalKind.Conflict, "already_acknowledged", "已经签收过。", "This has been acknowledged already.");

    public static readonly Refusal SecondDemand = new(
        RefusalKind.Conflict, "second_demand", "已经一次性告知过,不能再次要求补材料。", "Everything had to be told at once: this citizen has been told, and cannot be asked again.");

    public static readonly Refusal ExceptionNotNeeded = new(RefusalKind.Conflict, "exception_not_needed", "第一次告知不需要说明法定情形。", "A first notice needs no exception.");

    public static readonly Refusal DemandWaiting = new(RefusalKind.Conflict, "demand_waiting", "已有一次补正要求正在等待审批。", "A second demand is waiting for its approval.");

    public static readonly Refusal WindowMissing = Refusal.OfField("window", "window_missing", "请选择窗口。", "Please choose the window.");

    public static readonly Refusal WindowOfOtherUnit = new(RefusalKind.Forbidden, "window_of_other_unit", "不能登记其他单位窗口的首问。", "This window belongs to another unit.");

    public static readonly Refusal ItemUnknown = Refusal.OfField("item", "item_unknown", "没有这个事项。", "There is no such item.");

    public static readonly Refusal DoerUnknown = Refusal.OfField("doer", "doer_unknown", "承办人须是本单位的工作人员。", "Whoever does it belongs to the window's unit.");

    public static readonly Refusal NoticeUnknown = new(RefusalKind.NotFound, "notice_unknown", "没有找到这张告知单。", "No such notice.");
}

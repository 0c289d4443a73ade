using Feedback.Domain;

namespace Feedback.Features.Cases;

/// <summary>What an event means for whoever is told of it, on the bell and by mail.</summary>
public static class CaseEventWords
{
    public static Bilingual Notice(this CaseEventKind kind) => kind switch
    {
        CaseEventKind.Filed => new("新投诉件,请决定是否受理", "A new case; please decide on acceptance"),
        CaseEventKind.Accepted => new("已受理", "Accepted"),
        CaseEventKind.Warned => new("即将到期", "Due soon"),
        CaseEventKind.Escalated => new("已超期,升级督办", "Overdue and raised"),
        CaseEventKind.Answered => new("已答复", "Answered"),
        CaseEventKind.Declined => new("不予受理", "Not accepted"),
        CaseEventKind.Paused => new("暂停计时", "Paused"),
        CaseEventKind.Resumed => new("恢复计时", "The clock runs on"),
        CaseEventKind.ExtensionAsked => new("申请延期,等待决定", "An extension is asked for"),
        CaseEventKind.Extended => new("延期已批准", "The extension was granted"),
        CaseEventKind.ExtensionRefused => new("延期没有批准", "The extension was refused"),
        CaseEventKind.HandOverOffered => new("有件移交给您,请答复是否接收", "A case is offered to you; please accept or refuse"),
        CaseEventKind.HandOverAccepted => new("移交已接收", "The hand-over was accepted"),
        CaseEventKind.HandOverRefused => new("移交被退回", "The hand-over was refused"),
        CaseEventKind.HandOverSilent => new("移交没有按时答复,已退回", "The hand-over was not answered in time"),
        CaseEventKind.ArbitrationAsked => new("等待大厅裁定由谁负责", "The hall has to decide who is responsible"),
        CaseEventKind.Arbitrated => new("大厅裁定由您负责", "The hall named you responsible"),
        CaseEventKind.MaterialAdded => new("市民补充了内容", "The citizen added something"),
        CaseEventKind.PicturesAdded => new("市民附上了图片", "The citizen added pictures"),
        CaseEventKind.ContactAsked => new("有人申请查看联系方式,请决定", "Somebody asks to see the contact; please decide"),
        CaseEventKind.ContactGranted => new("可以查看联系方式,三十分钟内有效", "You may see the contact for half an hour"),
        CaseEventKind.ContactRefused => new("查看联系方式的申请没有批准", "Seeing the contact was not granted"),
        CaseEventKind.ContactRead => new("查看了联系方式", "The contact was read"),
        CaseEventKind.Read => new("有人查阅了件", "A case was read"),
        CaseEventKind.Reminded => new("市民催办", "The citizen sent a reminder"),
        CaseEventKind.Withdrawn => new("市民撤回了投诉", "The citizen withdrew the complaint"),
        CaseEventKind.Closed => new("已办结", "Closed"),
        CaseEventKind.Reopened => new("市民表示没有解决,请重新办理", "Not solved, says the citizen; please work on it again"),
        CaseEventKind.Appealed => new("市民申请复核,请由未参与的人决定", "The citizen appealed; somebody not involved decides"),
        CaseEventKind.AppealDecided => new("复核已有决定", "The appeal was decided"),
        CaseEventKind.Recomputed => new("工作日历有变,期限已重新计算", "The calendar changed; the due instant was computed again"),
        CaseEventKind.Grouped => new("已并案", "Put with other cases"),
        CaseEventKind.BadRatingOpened => new("新差评,请联系群众核实", "A bad rating; please contact the citizen and verify it"),
        CaseEventKind.BadRatingVerified => new("差评已办理,等待回访", "A bad rating was dealt with; please call back"),
        CaseEventKind.BadRatingSetRight => new("差评整改完成", "What the bad rating was about is set right"),
        CaseEventKind.BadRatingCalledBack => new("差评已回访", "The citizen was called back"),
        CaseEventKind.BadRatingAppealed => new("单位对差评申诉,请决定", "The unit appeals against a bad rating; please decide"),
        CaseEventKind.BadRatingAppealDecided => new("差评申诉已决定", "The appeal against the bad rating was decided"),
        CaseEventKind.WindowAlarm => new("同一窗口短期内多次超期", "Too many overdue cases of one window"),
        CaseEventKind.FirstAsked => new("新登记的事项由您承办", "A new matter is yours to do"),
        CaseEventKind.NoticeIssued => new("再次要求补材料已获批准,告知单已开具", "The second demand was approved and the notice issued"),
        CaseEventKind.DemandAsked => new("再次要求补材料,等待您审批", "A second demand waits for your approval"),
        CaseEventKind.DemandRefused => new("再次要求补材料未获批准", "The second demand was refused"),
        CaseEventKind.DeemedAccepted => new("期限内没有告知,应视为受理,等待确认", "Nothing was told in time; it counts as accepted once confirmed"),
        CaseEventKind.Acknowledged => new("市民已签收", "The citizen acknowledged it"),
        CaseEventKind.DeemedAcceptanceRefused => new("没有确认视为受理", "Not confirmed as accepted"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

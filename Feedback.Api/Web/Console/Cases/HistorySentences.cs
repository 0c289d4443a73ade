using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Features.Cases;
using Feedback.Web.Console.Inquiries;
using Feedback.Web.Console.Ratings;

namespace Feedback.Web.Console.Cases;

/// <summary>What happened to a case, in the words of the staff: a line of its history.</summary>
internal static class HistorySentences
{
    /// <param name="happened">With its instants local and its names looked up.</param>
    /// <param name="lane">The case's lane: it says whom a step really reached.</param>
    public static Bilingual Sentence(this ShowCase.HistoryEntry happened, Lane lane)
    {
        var (who, unit, detail, due) = (happened.Actor, happened.Unit, happened.Detail, Dates.Sentence(happened.Detail.DueAt ?? happened.At));
        return happened.Kind switch
        {
            CaseEventKind.Filed => new("市民提交了投诉。", "The citizen filed the complaint."),
            CaseEventKind.Accepted => new($"{who} 受理,承诺在 {due.Zh}前答复。", $"{who} accepted the case and promised an answer by {due.En}."),
            CaseEventKind.Warned or CaseEventKind.Escalated => Enum.Parse<EscalationStep>(detail.Step!).Sentence(Enum.Parse<ClockKind>(detail.Clock!), lane),
            CaseEventKind.Answered => new($"{who} 答复了市民。", $"{who} answered the citizen."),
            CaseEventKind.Declined when detail.Result == nameof(LinkKind.Repeat) => new($"{who} 认定为重复投诉,不再另行受理。理由:{detail.Reason}", $"{who} found it a repetition; it is not accepted apart. Reason: {detail.Reason}"),
            CaseEventKind.Declined when unit is null => new($"{who} 决定不予受理。理由:{detail.Reason} 救济途径:{detail.Result}", $"{who} did not accept the application. Reason: {detail.Reason} What can be done: {detail.Result}"),
            CaseEventKind.Declined => new($"{who} 决定不予受理,应当受理的是:{unit?.Zh}。理由:{detail.Reason}", $"{who} did not accept the case. The right body is {unit?.En}. Reason: {detail.Reason}"),
            CaseEventKind.Paused => Paused(who, Enum.Parse<PauseReason>(detail.Reason!).Name(), due),
            CaseEventKind.Resumed => new($"{By(who)}恢复计时,承诺在 {due.Zh}前答复。", $"The clock runs on{ByEn(who)}; the answer is promised by {due.En}."),
            CaseEventKind.ExtensionAsked => new($"{who} 申请延期。理由:{detail.Reason}", $"{who} asked for an extension. Reason: {detail.Reason}"),
            CaseEventKind.Extended => new($"{who} 批准延期至 {due.Zh}。理由:{detail.Reason}", $"{who} extended the case to {due.En}. Reason: {detail.Reason}"),
            CaseEventKind.ExtensionRefused => new($"{who} 没有批准延期,期限仍是 {due.Zh}。", $"{who} refused the extension; the answer stays due by {due.En}."),
            CaseEventKind.HandOverOffered => new($"{who} 提出移交给{Place(happened).Zh},对方须在 {due.Zh}前答复。理由:{detail.Reason}", $"{who} offered the case to {Place(happened).En}, who has to answer by {due.En}. Reason: {detail.Reason}"),
            CaseEventKind.HandOverAccepted => new($"{Place(happened).Zh}接收,从此负责。", $"{Place(happened).En} took the case over and is responsible from here on."),
            CaseEventKind.HandOverRefused => new($"{Place(happened).Zh}不接收,件退回。理由:{detail.Reason}", $"{Place(happened).En} refused; the case went back. Reason: {detail.Reason}"),
            CaseEventKind.HandOverSilent => new($"{Place(happened).Zh}没有按时答复移交,件退回。", $"{Place(happened).En} did not answer the offer in time; the case went back."),
            CaseEventKind.ArbitrationAsked => new($"{who} 提请大厅裁定由谁负责,应在 {due.Zh}前裁定。理由:{detail.Reason}", $"{who} asked the hall to decide who is responsible, by {due.En}. Reason: {detail.Reason}"),
            CaseEventKind.Arbitrated => new($"{who} 裁定由{Place(happened).Zh}负责。理由:{detail.Reason}", $"{who} named {Place(happened).En} responsible. Reason: {detail.Reason}"),
            CaseEventKind.MaterialAdded => new("市民补充了内容。", "The citizen added something."),
            CaseEventKind.PicturesAdded => new($"市民附上了 {detail.Count} 张图片。", $"The citizen added {(detail.Count == 1 ? "a picture" : $"{detail.Count} pictures")}."),
            CaseEventKind.Reminded => new("市民催办。", "The citizen sent a reminder."),
            CaseEventKind.Withdrawn => new("市民撤回了投诉。", "The citizen withdrew the complaint."),
            CaseEventKind.Closed when who is null => new("市民表示已经解决,办结。", "The citizen said it is solved; the case is closed."),
            CaseEventKind.Closed => new($"{who} 办结。", $"{who} closed the case."),
            CaseEventKind.Reopened => new($"市民表示没有解决,重新办理,承诺在 {due.Zh}前答复。", $"The citizen said it is not solved. The case is being worked on again; an answer is promised by {due.En}."),
            CaseEventKind.Appealed => new($"市民申请复核,应在 {due.Zh}前决定。", $"The citizen appealed; the decision is due by {due.En}."),
            CaseEventKind.AppealDecided when detail.Result == "Upheld" => new($"{who} 复核支持市民的意见,重新办理,承诺在 {due.Zh}前答复。说明:{detail.Reason}", $"{who} upheld the appeal; the case is being worked on again and an answer is promised by {due.En}. Note: {detail.Reason}"),
            CaseEventKind.AppealDecided => new($"{who} 复核维持原来的决定,办结。说明:{detail.Reason}", $"{who} refused the appeal; the decision stands and the case is closed. Note: {detail.Reason}"),
            CaseEventKind.Recomputed => new($"工作日历有变({detail.Reason}),{Clock(detail).Zh}改为 {due.Zh}。", $"The calendar changed ({detail.Reason}); {Clock(detail).En} is now due {due.En}."),
            CaseEventKind.Grouped => new($"{who} 将该件并入 {detail.Reason},同一问题一并答复。", $"{who} put the case with {detail.Reason}: the same issue, answered together."),
            CaseEventKind.ContactAsked => new($"{who} 申请查看联系方式。理由:{detail.Reason}", $"{who} asked to see the contact. Reason: {detail.Reason}"),
            CaseEventKind.ContactGranted => new($"{who} 同意 {happened.Person} 查看联系方式,三十分钟内有效。说明:{detail.Reason}", $"{who} let {happened.Person} see the contact for half an hour. Note: {detail.Reason}"),
            CaseEventKind.ContactRefused => new($"{who} 没有同意 {happened.Person} 查看联系方式。说明:{detail.Reason}", $"{who} did not let {happened.Person} see the contact. Note: {detail.Reason}"),
            CaseEventKind.ContactRead => new($"{who} 查看了联系方式。", $"{who} read the contact."),
            CaseEventKind.CitizenWrittenTo => new($"{who} 通过系统给市民留言。", $"{who} wrote to the citizen through the system."),
            CaseEventKind.CitizenAnswered => new("市民答复了留言。", "The citizen answered the message."),
            CaseEventKind.Read => new($"{who} 查阅了本件。", $"{who} read the case."),
            CaseEventKind.WindowAlarm => CaseEventKind.WindowAlarm.Notice(),
            _ => InquirySentences.Of(happened) ?? RatingSentences.Of(happened, due) ?? throw new ArgumentOutOfRangeException(nameof(happened)),
        };
    }

    private static Bilingual Paused(string? who, Bilingual reason, Bilingual until) =>
        new($"{who} 暂停计时:{reason.Zh},最迟 {until.Zh}恢复。", $"{who} paused the clock: {reason.En}. It runs on by {until.En} at the latest.");

    /// <summary>Nobody on the staff: the citizen brought what was awaited, or the longest pause was over.</summary>
    private static string By(string? who) => who is null ? "" : who + " ";

    private static string ByEn(string? who) => who is null ? "" : ", by " + who;

    private static Bilingual Clock(EventDetail detail) => Enum.Parse<ClockKind>(detail.Clock!).Name();

    /// <summary>The unit and the person there.</summary>
    private static Bilingual Place(ShowCase.HistoryEntry happened) => new($"{happened.Unit?.Zh}({happened.Person})", $"{happened.Unit?.En} ({happened.Person})");
}

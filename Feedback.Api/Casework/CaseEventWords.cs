using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Inquiries;
using Feedback.Domain.Ratings;

namespace Feedback.Casework;

/// <summary>What happened to a case. The names are stored. A new kind is a name here and its entry in the table below.</summary>
public enum CaseEventKind
{
    Filed,
    Accepted,
    Warned,
    Escalated,
    Answered,
    Declined,
    Paused,
    Resumed,
    ExtensionAsked,
    Extended,
    ExtensionRefused,
    HandOverOffered,
    HandOverAccepted,
    HandOverRefused,
    HandOverSilent,
    ArbitrationAsked,
    Arbitrated,
    MaterialAdded,
    PicturesAdded,
    Reminded,
    Withdrawn,
    Closed,
    Reopened,
    Appealed,
    AppealDecided,
    FirstAsked,
    NoticeIssued,
    DemandAsked,
    DemandRefused,
    Acknowledged,
    DeemedAccepted,
    DeemedAcceptanceRefused,
    Recomputed,
    Grouped,
    BadRatingOpened,
    BadRatingVerified,
    BadRatingSetRight,
    BadRatingCalledBack,
    BadRatingAppealed,
    BadRatingAppealDecided,

    /// <summary>查阅: somebody read a sealed case.</summary>
    Read,

    /// <summary>申请查看联系方式: somebody asked to see who filed the case.</summary>
    ContactAsked,

    ContactGranted,
    ContactRefused,

    /// <summary>Somebody who was granted it saw who filed the case; the citizen is told.</summary>
    ContactRead,

    /// <summary>Somebody wrote to the citizen through the system.</summary>
    CitizenWrittenTo,

    /// <summary>The citizen answered that.</summary>
    CitizenAnswered,

    /// <summary>A window had too many red cases in a short time; told to discipline inspection, and written in no case's history.</summary>
    WindowAlarm,
}

/// <summary>An event as its sentences need it.</summary>
/// <param name="At">When, local.</param>
/// <param name="Who">The name of who did it; null for the citizen and the clock.</param>
/// <param name="Detail">Its facts, with local instants.</param>
/// <param name="Lane">The case's lane: it says whom a step really reached.</param>
/// <param name="Unit">The name of the unit concerned; for a case that was declined the right body, as it was written.</param>
/// <param name="Person">The name of the person concerned.</param>
internal sealed record Happening(DateTimeOffset At, string? Who, EventDetail Detail, Lane Lane, Bilingual? Unit = null, string? Person = null)
{
    public string? Reason => Detail.Reason;

    public string? Result => Detail.Result;

    public string? Document => Detail.Document;

    public int? Count => Detail.Count;

    /// <summary>The instant that it promises, or when it was.</summary>
    public Bilingual Due => Dates.Sentence(Detail.DueAt ?? At);

    public bool Upheld => Result == "Upheld";

    /// <summary>The unit and the person there.</summary>
    public Bilingual Place => new($"{Unit?.Zh}({Person})", $"{Unit?.En} ({Person})");

    /// <summary>Nobody on the staff: the citizen brought what was awaited, or the longest pause was over.</summary>
    public string By => Who is null ? "" : Who + " ";

    public string ByEn => Who is null ? "" : ", by " + Who;

    public PauseReason Pause => Enum.Parse<PauseReason>(Reason!);

    public Bilingual Clock => ClockKind.Name();

    public ClockKind ClockKind => Enum.Parse<ClockKind>(Detail.Clock!);

    public EscalationStep Step => Enum.Parse<EscalationStep>(Detail.Step!);

    /// <summary>Whom a step reached; null for what is none.</summary>
    public Bilingual? Raised => Detail.Step is null ? null : Routing.RecipientRole(Step, Lane).Name();

    public Bilingual Ground => Enum.TryParse<DemandGround>(Result, out var known) ? known.Name() : Raw;

    public Bilingual Outcome => Enum.TryParse<BadRatingOutcome>(Result, out var known) ? known.Name() : Raw;

    public Bilingual CallBack => Enum.TryParse<CallBackResult>(Result, out var known) ? known.Name() : Raw;

    public Bilingual AppealGround => Enum.TryParse<AppealGround>(Result, out var known) ? known.Name() : Raw;

    private Bilingual Raw => new(Result ?? "", Result ?? "");
}

/// <summary>What is said of one kind of event.</summary>
/// <param name="Notice">What it means for whoever is told of it, on the bell and by mail.</param>
/// <param name="ToStaff">A line of the history in the words of the staff.</param>
/// <param name="ToCitizen">What the citizen reads of it, names and inner warnings left out; null, or null for one event, when it is no business of the citizen's.</param>
internal sealed record EventWords(Bilingual Notice, Func<Happening, Bilingual> ToStaff, Func<Happening, Bilingual?>? ToCitizen);

/// <summary>The table of the events' words: one entry for each kind.</summary>
internal static class CaseEventWords
{
    /// <summary>The citizen does not read of it.</summary>
    private const Func<Happening, Bilingual?>? Inside = null;

    private static readonly IReadOnlyDictionary<CaseEventKind, EventWords> All = Enum.GetValues<CaseEventKind>().ToDictionary(k => k, Entry);

    public static EventWords Words(this CaseEventKind kind) => All[kind];

    public static Bilingual Notice(this CaseEventKind kind) => All[kind].Notice;

    /// <summary>Why the clock stands still, said to the citizen.</summary>
    public static Bilingual ToCitizen(this PauseReason reason) =>
        reason == PauseReason.AwaitingCitizen ? new("等待您补充材料", "waiting for what we asked of you") : reason.Name();

    /// <summary>For the citizen only where there is an instant to promise.</summary>
    private static Func<Happening, Bilingual?> Promised(Func<Happening, Bilingual?> sentence) => e => e.Detail.DueAt is null ? null : sentence(e);

    /// <summary>A step of the ladder.</summary>
    private static Bilingual Climbed(Happening e) => e.Step.Sentence(e.ClockKind, e.Lane);

    // Without a default: a kind that is not in the table does not compile (CS8509). CS8524 speaks of numbers that no kind has.
#pragma warning disable CS8524
    private static EventWords Entry(CaseEventKind kind) => kind switch
    {
        CaseEventKind.Filed => new(
            new("新投诉件,请决定是否受理", "A new case; please decide on acceptance"),
            _ => new("市民提交了投诉。", "The citizen filed the complaint."),
            _ => new("我们收到了您的投诉。", "We received your complaint.")),
        CaseEventKind.Accepted => new(
            new("已受理", "Accepted"),
            e => new($"{e.Who} 受理,承诺在 {e.Due.Zh}前答复。", $"{e.Who} accepted the case and promised an answer by {e.Due.En}."),
            Promised(e => new($"已受理,承诺在 {e.Due.Zh}前答复。", $"Accepted. We promise an answer by {e.Due.En}."))),
        CaseEventKind.Warned => new(
            new("即将到期", "Due soon"),
            Climbed,
            Inside),
        CaseEventKind.Escalated => new(
            new("已超期,升级督办", "Overdue and raised"),
            Climbed,
            e => e.Raised is { } to
                ? new($"超过了承诺的时间,系统已自动上报:{to.Zh}。", $"The promised time has passed; the system raised it to: {to.En}.")
                : null),
        CaseEventKind.Answered => new(
            new("已答复", "Answered"),
            e => new($"{e.Who} 答复了市民。", $"{e.Who} answered the citizen."),
            _ => new("已经答复。", "Answered.")),
        CaseEventKind.Declined => new(
            new("不予受理", "Not accepted"),
            e => e switch
            {
                { Result: nameof(LinkKind.Repeat) } => new($"{e.Who} 认定为重复投诉,不再另行受理。理由:{e.Reason}", $"{e.Who} found it a repetition; it is not accepted apart. Reason: {e.Reason}"),
                { Unit: { } body } => new($"{e.Who} 决定不予受理,应当受理的是:{body.Zh}。理由:{e.Reason}", $"{e.Who} did not accept the case. The right body is {body.En}. Reason: {e.Reason}"),
                _ => new($"{e.Who} 决定不予受理。理由:{e.Reason} 救济途径:{e.Result}", $"{e.Who} did not accept the application. Reason: {e.Reason} What can be done: {e.Result}"),
            },
            e => e.Detail switch
            {
                { Result: nameof(LinkKind.Repeat) } => new($"您就同一事项已有一件在办,这一件不再另行受理:{e.Reason}", $"An earlier case of yours about the same matter is being handled, so this one is not accepted apart: {e.Reason}"),
                { Unit: { } body } => new($"不予受理:{e.Reason} 请向{body}提出。", $"Not accepted: {e.Reason} The right body is {body}."),
                _ => new($"不予受理:{e.Reason} 救济途径:{e.Result}", $"Not accepted: {e.Reason} What you can do: {e.Result}"),
            }),
        CaseEventKind.Paused => new(
            new("暂停计时", "Paused"),
            e => new($"{e.Who} 暂停计时:{e.Pause.Name().Zh},最迟 {e.Due.Zh}恢复。", $"{e.Who} paused the clock: {e.Pause.Name().En}. It runs on by {e.Due.En} at the latest."),
            Promised(e => new($"暂停计时:{e.Pause.ToCitizen().Zh},最迟 {e.Due.Zh}恢复。", $"The clock is paused: {e.Pause.ToCitizen().En}. It runs on by {e.Due.En} at the latest."))),
        CaseEventKind.Resumed => new(
            new("恢复计时", "The clock runs on"),
            e => new($"{e.By}恢复计时,承诺在 {e.Due.Zh}前答复。", $"The clock runs on{e.ByEn}; the answer is promised by {e.Due.En}."),
            Promised(e => new($"恢复计时,承诺在 {e.Due.Zh}前答复。", $"The clock runs on. We promise an answer by {e.Due.En}."))),
        CaseEventKind.ExtensionAsked => new(
            new("申请延期,等待决定", "An extension is asked for"),
            e => new($"{e.Who} 申请延期。理由:{e.Reason}", $"{e.Who} asked for an extension. Reason: {e.Reason}"),
            Inside),
        CaseEventKind.Extended => new(
            new("延期已批准", "The extension was granted"),
            e => new($"{e.Who} 批准延期至 {e.Due.Zh}。理由:{e.Reason}", $"{e.Who} extended the case to {e.Due.En}. Reason: {e.Reason}"),
            Promised(e => new($"经批准延期至 {e.Due.Zh},理由:{e.Reason}", $"Extended to {e.Due.En}. Reason: {e.Reason}"))),
        CaseEventKind.ExtensionRefused => new(
            new("延期没有批准", "The extension was refused"),
            e => new($"{e.Who} 没有批准延期,期限仍是 {e.Due.Zh}。", $"{e.Who} refused the extension; the answer stays due by {e.Due.En}."),
            Inside),
        CaseEventKind.HandOverOffered => new(
            new("有件移交给您,请答复是否接收", "A case is offered to you; please accept or refuse"),
            e => new($"{e.Who} 提出移交给{e.Place.Zh},对方须在 {e.Due.Zh}前答复。理由:{e.Reason}", $"{e.Who} offered the case to {e.Place.En}, who has to answer by {e.Due.En}. Reason: {e.Reason}"),
            Inside),
        CaseEventKind.HandOverAccepted => new(
            new("移交已接收", "The hand-over was accepted"),
            e => new($"{e.Place.Zh}接收,从此负责。", $"{e.Place.En} took the case over and is responsible from here on."),
            _ => new("责任单位已变更,由新的单位继续办理。", "Another unit has taken responsibility and goes on with the case.")),
        CaseEventKind.HandOverRefused => new(
            new("移交被退回", "The hand-over was refused"),
            e => new($"{e.Place.Zh}不接收,件退回。理由:{e.Reason}", $"{e.Place.En} refused; the case went back. Reason: {e.Reason}"),
            Inside),
        CaseEventKind.HandOverSilent => new(
            new("移交没有按时答复,已退回", "The hand-over was not answered in time"),
            e => new($"{e.Place.Zh}没有按时答复移交,件退回。", $"{e.Place.En} did not answer the offer in time; the case went back."),
            Inside),
        CaseEventKind.ArbitrationAsked => new(
            new("等待大厅裁定由谁负责", "The hall has to decide who is responsible"),
            e => new($"{e.Who} 提请大厅裁定由谁负责,应在 {e.Due.Zh}前裁定。理由:{e.Reason}", $"{e.Who} asked the hall to decide who is responsible, by {e.Due.En}. Reason: {e.Reason}"),
            Inside),
        CaseEventKind.Arbitrated => new(
            new("大厅裁定由您负责", "The hall named you responsible"),
            e => new($"{e.Who} 裁定由{e.Place.Zh}负责。理由:{e.Reason}", $"{e.Who} named {e.Place.En} responsible. Reason: {e.Reason}"),
            _ => new("责任单位已变更,由新的单位继续办理。", "Another unit has taken responsibility and goes on with the case.")),
        CaseEventKind.MaterialAdded => new(
            new("市民补充了内容", "The citizen added something"),
            _ => new("市民补充了内容。", "The citizen added something."),
            _ => new("收到了您补充的内容。", "We received what you added.")),
        CaseEventKind.PicturesAdded => new(
            new("市民附上了图片", "The citizen added pictures"),
            e => new($"市民附上了 {e.Count} 张图片。", $"The citizen added {(e.Count == 1 ? "a picture" : $"{e.Count} pictures")}."),
            e => new($"收到了您的 {e.Count} 张图片。", $"We received your {(e.Count == 1 ? "picture" : $"{e.Count} pictures")}.")),
        CaseEventKind.Reminded => new(
            new("市民催办", "The citizen sent a reminder"),
            _ => new("市民催办。", "The citizen sent a reminder."),
            _ => new("收到了您的催办,已通知责任人。", "We received your reminder; whoever is responsible was told.")),
        CaseEventKind.Withdrawn => new(
            new("市民撤回了投诉", "The citizen withdrew the complaint"),
            _ => new("市民撤回了投诉。", "The citizen withdrew the complaint."),
            _ => new("您撤回了投诉。", "You withdrew the complaint.")),
        CaseEventKind.Closed => new(
            new("已办结", "Closed"),
            e => e.Who is null
                ? new("市民表示已经解决,办结。", "The citizen said it is solved; the case is closed.")
                : new($"{e.Who} 办结。", $"{e.Who} closed the case."),
            _ => new("已办结。", "Closed.")),
        CaseEventKind.Reopened => new(
            new("市民表示没有解决,请重新办理", "Not solved, says the citizen; please work on it again"),
            e => new($"市民表示没有解决,重新办理,承诺在 {e.Due.Zh}前答复。", $"The citizen said it is not solved. The case is being worked on again; an answer is promised by {e.Due.En}."),
            Promised(e => new($"您表示没有解决,已重新办理,承诺在 {e.Due.Zh}前答复。", $"You said it was not solved; it is being worked on again. We promise an answer by {e.Due.En}."))),
        CaseEventKind.Appealed => new(
            new("市民申请复核,请由未参与的人决定", "The citizen appealed; somebody not involved decides"),
            e => new($"市民申请复核,应在 {e.Due.Zh}前决定。", $"The citizen appealed; the decision is due by {e.Due.En}."),
            Promised(e => new($"收到了您的复核申请,将由未参与办理的人在 {e.Due.Zh}前作出决定。", $"We received your appeal; somebody who took no part decides by {e.Due.En}."))),
        CaseEventKind.AppealDecided => new(
            new("复核已有决定", "The appeal was decided"),
            e => e.Upheld
                ? new($"{e.Who} 复核支持市民的意见,重新办理,承诺在 {e.Due.Zh}前答复。说明:{e.Reason}", $"{e.Who} upheld the appeal; the case is being worked on again and an answer is promised by {e.Due.En}. Note: {e.Reason}")
                : new($"{e.Who} 复核维持原来的决定,办结。说明:{e.Reason}", $"{e.Who} refused the appeal; the decision stands and the case is closed. Note: {e.Reason}"),
            e => e.Upheld
                ? new($"复核支持您的意见,重新办理:{e.Reason}", $"Your appeal was upheld and the case is being worked on again: {e.Reason}")
                : new($"复核维持原答复:{e.Reason}", $"The appeal was refused and the answer stands: {e.Reason}")),
        CaseEventKind.FirstAsked => new(
            new("新登记的事项由您承办", "A new matter is yours to do"),
            e => new($"{e.Who} 首问登记,由其负责。", $"{e.Who} was asked first and is responsible."),
            _ => new("窗口已登记,第一个接待您的人对这件事负责。", "Registered at the window. Whoever received you first is responsible.")),
        CaseEventKind.NoticeIssued => new(
            new("再次要求补材料已获批准,告知单已开具", "The second demand was approved and the notice issued"),
            e => new($"{e.Who} 开具一次性告知单 {e.Document}。", $"{e.Who} issued one-time notice {e.Document}."),
            e => new($"已开具一次性告知单 {e.Document}。", $"One-time notice {e.Document} was issued.")),
        CaseEventKind.DemandAsked => new(
            new("再次要求补材料,等待您审批", "A second demand waits for your approval"),
            e => new($"{e.Who} 申请再次要求补材料({e.Ground.Zh}):{e.Reason}", $"{e.Who} asked for a second demand ({e.Ground.En}): {e.Reason}"),
            Inside),
        CaseEventKind.DemandRefused => new(
            new("再次要求补材料未获批准", "The second demand was refused"),
            e => new($"{e.Who} 不同意再次要求补材料:{e.Reason}", $"{e.Who} refused the second demand: {e.Reason}"),
            Inside),
        CaseEventKind.Acknowledged => new(
            new("市民已签收", "The citizen acknowledged it"),
            e => e.Who is null
                ? new($"市民签收了 {e.Document}。", $"The citizen acknowledged {e.Document}.")
                : new($"{e.Who} 收取了 {e.Document} 的签名。", $"{e.Who} took the signature for {e.Document}."),
            e => new($"您已签收 {e.Document}。", $"You acknowledged {e.Document}.")),
        CaseEventKind.DeemedAccepted => new(
            new("期限内没有告知,应视为受理,等待确认", "Nothing was told in time; it counts as accepted once confirmed"),
            _ => new("期限内没有告知也没有受理,自收到材料之日起应视为受理,等待确认。", "Neither told nor accepted in time: it counts as accepted from the day the materials came, and waits to be confirmed."),
            Inside),
        CaseEventKind.DeemedAcceptanceRefused => new(
            new("没有确认视为受理", "Not confirmed as accepted"),
            e => new($"{e.Who} 不确认视为受理:{e.Reason}", $"{e.Who} did not confirm that it counts as accepted: {e.Reason}"),
            Inside),
        CaseEventKind.Recomputed => new(
            new("工作日历有变,期限已重新计算", "The calendar changed; the due instant was computed again"),
            e => new($"工作日历有变({e.Reason}),{e.Clock.Zh}改为 {e.Due.Zh}。", $"The calendar changed ({e.Reason}); {e.Clock.En} is now due {e.Due.En}."),
            Promised(e => e.Detail.Clock switch
            {
                nameof(ClockKind.Acceptance) => new($"工作日历有变({e.Reason}),最迟 {e.Due.Zh}决定是否受理。", $"The calendar changed ({e.Reason}). Acceptance is decided by {e.Due.En}."),
                nameof(ClockKind.Answer) => new($"工作日历有变({e.Reason}),承诺在 {e.Due.Zh}前答复。", $"The calendar changed ({e.Reason}). We promise an answer by {e.Due.En}."),
                _ => null,
            })),
        CaseEventKind.Grouped => new(
            new("已并案", "Put with other cases"),
            e => new($"{e.Who} 将该件并入 {e.Reason},同一问题一并答复。", $"{e.Who} put the case with {e.Reason}: the same issue, answered together."),
            Inside),
        CaseEventKind.BadRatingOpened => new(
            new("新差评,请联系群众核实", "A bad rating; please contact the citizen and verify it"),
            e => new($"市民给了差评,须在 {e.Due.Zh}前联系核实。", $"The citizen gave a bad rating; it is to be verified by {e.Due.En}."),
            Inside),
        CaseEventKind.BadRatingVerified => new(
            new("差评已办理,等待回访", "A bad rating was dealt with; please call back"),
            e => new($"{e.Who} 核实差评,{e.Outcome.Zh}。{e.Reason}", $"{e.Who} verified the bad rating: {e.Outcome.En}. {e.Reason}"),
            Inside),
        CaseEventKind.BadRatingSetRight => new(
            new("差评整改完成", "What the bad rating was about is set right"),
            e => new($"{e.Who} 完成整改。{e.Reason}", $"{e.Who} set it right. {e.Reason}"),
            Inside),
        CaseEventKind.BadRatingCalledBack => new(
            new("差评已回访", "The citizen was called back"),
            e => new($"{e.Who} 回访市民,{e.CallBack.Zh}。{e.Reason}", $"{e.Who} called back: {e.CallBack.En}. {e.Reason}"),
            Inside),
        CaseEventKind.BadRatingAppealed => new(
            new("单位对差评申诉,请决定", "The unit appeals against a bad rating; please decide"),
            e => new($"{e.Who} 代表单位申诉({e.AppealGround.Zh}),应在 {e.Due.Zh}前决定。理由:{e.Reason}", $"{e.Who} appealed for the unit ({e.AppealGround.En}); the decision is due by {e.Due.En}. Reason: {e.Reason}"),
            Inside),
        CaseEventKind.BadRatingAppealDecided => new(
            new("差评申诉已决定", "The appeal against the bad rating was decided"),
            e => e.Upheld
                ? new($"{e.Who} 支持单位申诉,该评价保留,不计入指标。说明:{e.Reason}", $"{e.Who} upheld the appeal; the rating stays and counts in no indicator. Note: {e.Reason}")
                : new($"{e.Who} 不支持单位申诉。说明:{e.Reason}", $"{e.Who} refused the appeal. Note: {e.Reason}"),
            Inside),
        CaseEventKind.Read => new(
            new("有人查阅了件", "A case was read"),
            e => new($"{e.Who} 查阅了本件。", $"{e.Who} read the case."),
            Inside),
        CaseEventKind.ContactAsked => new(
            new("有人申请查看联系方式,请决定", "Somebody asks to see the contact; please decide"),
            e => new($"{e.Who} 申请查看联系方式。理由:{e.Reason}", $"{e.Who} asked to see the contact. Reason: {e.Reason}"),
            Inside),
        CaseEventKind.ContactGranted => new(
            new("可以查看联系方式,三十分钟内有效", "You may see the contact for half an hour"),
            e => new($"{e.Who} 同意 {e.Person} 查看联系方式,三十分钟内有效。说明:{e.Reason}", $"{e.Who} let {e.Person} see the contact for half an hour. Note: {e.Reason}"),
            Inside),
        CaseEventKind.ContactRefused => new(
            new("查看联系方式的申请没有批准", "Seeing the contact was not granted"),
            e => new($"{e.Who} 没有同意 {e.Person} 查看联系方式。说明:{e.Reason}", $"{e.Who} did not let {e.Person} see the contact. Note: {e.Reason}"),
            Inside),
        CaseEventKind.ContactRead => new(
            new("查看了联系方式", "The contact was read"),
            e => new($"{e.Who} 查看了联系方式。", $"{e.Who} read the contact."),
            _ => new("为办理这件事,经另一人批准,工作人员查看了您的联系方式。", "To work on this, and with a second person's consent, a member of staff read your contact.")),
        CaseEventKind.CitizenWrittenTo => new(
            new("已通过系统给市民留言", "The citizen was written to"),
            e => new($"{e.Who} 通过系统给市民留言。", $"{e.Who} wrote to the citizen through the system."),
            _ => new("工作人员给您留了言。", "A member of staff left you a message.")),
        CaseEventKind.CitizenAnswered => new(
            new("市民答复了留言", "The citizen answered the message"),
            _ => new("市民答复了留言。", "The citizen answered the message."),
            Inside),
        CaseEventKind.WindowAlarm => new(
            new("同一窗口短期内多次超期", "Too many overdue cases of one window"),
            _ => new("同一窗口短期内多次超期", "Too many overdue cases of one window"),
            Inside),
    };
#pragma warning restore CS8524
}

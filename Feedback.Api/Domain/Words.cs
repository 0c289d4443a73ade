using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Ratings;
using Feedback.Domain.Staff;
using Feedback.Domain.Time;

namespace Feedback.Domain;

/// <summary>The field's words for the codes that people see.</summary>
public static class Words
{
    /// <summary>The plain situation that a citizen picks, never the slogan.</summary>
    public static Bilingual Situation(this Prohibition about) => about switch
    {
        Prohibition.LawAndDiscipline => new("工作人员可能违纪违法", "Staff may have broken the law or discipline"),
        Prohibition.Shirking => new("互相推诿,没有人负责", "Nobody would take responsibility"),
        Prohibition.Delay => new("超过了说好的时间", "It took longer than promised"),
        Prohibition.NothingDone => new("答应办的事一直没有办", "What was agreed was never done"),
        Prohibition.FalseFigures => new("数据或记录不真实", "Figures or records were not true"),
        Prohibition.Rudeness => new("态度差,受到粗暴对待", "I was treated rudely"),
        Prohibition.BrokenPromise => new("说过的承诺没有兑现", "A promise was not kept"),
        Prohibition.NeedlessTrips => new("让我多跑了一趟", "I had to come again for no good reason"),
        Prohibition.Gifts => new("索要或收受礼品、好处", "Gifts or favours were asked for or taken"),
        Prohibition.NoDistinction => new("干好干坏一个样,没有人管", "Good or bad work, nobody minds"),
        Prohibition.Question => new("咨询或办事", "A question or an application"),
        Prohibition.BadRating => new("对服务不满意", "The service was not satisfying"),
        _ => throw new ArgumentOutOfRangeException(nameof(about)),
    };

    /// <summary>The short name that staff and statistics use.</summary>
    public static Bilingual Name(this Prohibition about) => about switch
    {
        Prohibition.LawAndDiscipline => new("一条线(法纪)", "Law and discipline"),
        Prohibition.Shirking => new("一丝责(推诿)", "Shirking"),
        Prohibition.Delay => new("一分钟(拖延)", "Delay"),
        Prohibition.NothingDone => new("一件事(落空)", "Nothing done"),
        Prohibition.FalseFigures => new("一个数(虚报)", "False figures"),
        Prohibition.Rudeness => new("一个人(粗暴)", "Rudeness"),
        Prohibition.BrokenPromise => new("一条约(违诺)", "Broken promise"),
        Prohibition.NeedlessTrips => new("一趟路(多跑)", "Needless trips"),
        Prohibition.Gifts => new("一份礼(收礼)", "Gifts"),
        Prohibition.NoDistinction => new("一个样(干好干坏)", "No distinction"),
        Prohibition.Question => new("咨询办事(不是投诉)", "Question (no complaint)"),
        Prohibition.BadRating => new("差评核实整改", "Bad rating"),
        _ => throw new ArgumentOutOfRangeException(nameof(about)),
    };

    public static Bilingual Name(this Receiver receiver) => receiver switch
    {
        Receiver.Hall => new("大厅", "The hall"),
        Receiver.Director => new("局长信箱", "The bureau director"),
        Receiver.Discipline => new("纪检监察", "Discipline inspection"),
        _ => throw new ArgumentOutOfRangeException(nameof(receiver)),
    };

    public static Bilingual Name(this Against against) => against switch
    {
        Against.Window => new("窗口人员", "Whoever sits at the window"),
        Against.UnitHead => new("单位负责人", "The head of the unit"),
        Against.HallSupervisor => new("大厅值班长", "The hall's supervisor"),
        _ => throw new ArgumentOutOfRangeException(nameof(against)),
    };

    public static Bilingual Name(this Channel channel) => channel switch
    {
        Channel.Qr => new("扫码", "QR code"),
        Channel.Terminal => new("大厅终端", "Hall terminal"),
        _ => throw new ArgumentOutOfRangeException(nameof(channel)),
    };

    public static Bilingual Name(this BadRatingStage stage) => stage switch
    {
        BadRatingStage.Verifying => new("待核实", "To be verified"),
        BadRatingStage.SettingRight => new("整改中", "Being set right"),
        BadRatingStage.CallingBack => new("待回访", "To be called back"),
        BadRatingStage.Done => new("已闭环", "Ended"),
        BadRatingStage.SetAside => new("申诉成立,不计入指标", "Set aside, counts in no indicator"),
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    public static Bilingual Name(this Signal signal) => signal switch
    {
        Signal.TimeLimit => new("超过时限", "Time limit exceeded"),
        Signal.OneTimeNotice => new("没有一次性告知", "Not told at once"),
        Signal.FirstInquiry => new("首问没有负责", "First inquiry not taken up"),
        Signal.PromiseBroken => new("承诺没有兑现", "Promise broken"),
        Signal.Attitude => new("态度问题", "Attitude"),
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    };

    public static Bilingual Name(this PraiseSignal signal) => signal switch
    {
        PraiseSignal.SameDevice => new("同一设备", "One device"),
        PraiseSignal.SameNetwork => new("同一网络", "One network"),
        PraiseSignal.Burst => new("短时扎堆", "Burst"),
        PraiseSignal.Closed => new("非开放时间", "Outside opening hours"),
        PraiseSignal.NoTicket => new("没有取号单", "No ticket"),
        PraiseSignal.SameText => new("留言相同", "Same text"),
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    };

    public static Bilingual Name(this BadRatingOutcome outcome) => outcome switch
    {
        BadRatingOutcome.FixedAtOnce => new("即知即改", "fixed at once"),
        BadRatingOutcome.FixedWithinLimit => new("限期整改", "to be set right within a limit"),
        BadRatingOutcome.Explained => new("诉求没有依据,已解释说明", "explained, there is no legal basis"),
        BadRatingOutcome.FoundMistaken => new("属于误评", "given by mistake"),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    public static Bilingual Name(this CallBackResult result) => result switch
    {
        CallBackResult.Content => new("市民满意", "the citizen is content"),
        CallBackResult.NotContent => new("市民不满意", "the citizen is not content"),
        CallBackResult.NotReached => new("没有联系上", "the citizen was not reached"),
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    public static Bilingual Name(this AppealGround ground) => ground switch
    {
        AppealGround.WrongItemOrWindow => new("评错事项或窗口", "wrong item or window"),
        AppealGround.Duplicate => new("重复评价", "rated before"),
        AppealGround.NotServiceUser => new("不是服务对象", "not a service user"),
        AppealGround.AbusiveOrIrrelevant => new("辱骂或与服务无关", "abusive or irrelevant text"),
        _ => throw new ArgumentOutOfRangeException(nameof(ground)),
    };

    public static Bilingual Name(this Role role) => role switch
    {
        Role.Handler => new("窗口人员", "Window staff"),
        Role.UnitHead => new("单位负责人", "Unit head"),
        Role.HallSupervisor => new("大厅值班长", "Hall supervisor"),
        Role.BureauLeader => new("分管领导", "Bureau leader"),
        Role.Inspector => new("纪检监察", "Discipline inspection"),
        Role.Auditor => new("审计", "Auditor"),
        Role.Admin => new("系统管理员", "Administrator"),
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    public static Bilingual Name(this CaseType type) => type switch
    {
        CaseType.Consultation => new("咨询", "Consultation"),
        CaseType.General => new("一般投诉", "General complaint"),
        CaseType.Complex => new("复杂投诉(涉及多个单位)", "Complex complaint (several units)"),
        CaseType.Urgent => new("安全紧急", "Safety, urgent"),
        CaseType.Petition => new("信访", "Petition"),
        CaseType.Appeal => new("复核", "Appeal"),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    public static Bilingual Name(this CaseState state) => state switch
    {
        CaseState.Filed => new("待受理", "Awaiting acceptance"),
        CaseState.AwaitingMaterials => new("待补正", "Awaiting materials"),
        CaseState.Accepted => new("办理中", "In progress"),
        CaseState.Paused => new("暂停计时", "Paused"),
        CaseState.Answered => new("已答复", "Answered"),
        CaseState.Closed => new("已办结", "Closed"),
        CaseState.Declined => new("不予受理", "Not accepted"),
        CaseState.Withdrawn => new("已撤回", "Withdrawn"),
        CaseState.Appealed => new("复核中", "Under appeal"),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static Bilingual Name(this ClockKind clock) => clock.Rule().Name;

    public static Bilingual Name(this DayKind kind) => kind switch
    {
        DayKind.WorkingDay => new("工作日", "Working day"),
        DayKind.Weekend => new("双休日", "Weekend"),
        DayKind.Holiday => new("节假日", "Public holiday"),
        DayKind.MakeUpDay => new("调休上班", "Make-up workday"),
        DayKind.HallClosed => new("大厅休息", "Hall closed"),
        DayKind.HallOpen => new("大厅上班", "Hall open"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static Bilingual Name(this EscalationStep step) => Ladder.Of(step).Name;

    public static Bilingual Name(this Light light) => light switch
    {
        Light.Green => new("正常", "On time"),
        Light.Yellow => new("临期", "Due soon"),
        Light.Red => new("超期", "Overdue"),
        _ => throw new ArgumentOutOfRangeException(nameof(light)),
    };
}

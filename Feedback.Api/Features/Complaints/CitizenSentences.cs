using Feedback.Casework;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;

namespace Feedback.Features.Complaints;

/// <summary>What the citizen reads of a case's history. Names and inner warnings stay inside.</summary>
internal static class CitizenSentences
{
    /// <summary>Null when the event is no business of the citizen's.</summary>
    public static Bilingual? Of(CaseEvent happened, Lane lane, LocalTime local)
    {
        var detail = CaseHistory.DetailOf(happened);
        return Enum.Parse<CaseEventKind>(happened.Kind) switch
        {
            CaseEventKind.Filed => new("我们收到了您的投诉。", "We received your complaint."),
            CaseEventKind.Accepted when detail.DueAt is { } due => new($"已受理,承诺在 {Dates.Sentence(local.At(due)).Zh}前答复。", $"Accepted. We promise an answer by {Dates.Sentence(local.At(due)).En}."),
            CaseEventKind.Escalated when detail.Step is { } step => Late(Enum.Parse<EscalationStep>(step), lane),
            CaseEventKind.FirstAsked => new("窗口已登记,第一个接待您的人对这件事负责。", "Registered at the window. Whoever received you first is responsible."),
            CaseEventKind.NoticeIssued => new($"已开具一次性告知单 {detail.Document}。", $"One-time notice {detail.Document} was issued."),
            CaseEventKind.Acknowledged => new($"您已签收 {detail.Document}。", $"You acknowledged {detail.Document}."),
            CaseEventKind.Answered => new("已经答复。", "Answered."),
            CaseEventKind.Declined when detail.Result == nameof(LinkKind.Repeat) => new(
                $"您就同一事项已有一件在办,这一件不再另行受理:{detail.Reason}", $"An earlier case of yours about the same matter is being handled, so this one is not accepted apart: {detail.Reason}"),
            CaseEventKind.Declined when detail.Unit is null => new($"不予受理:{detail.Reason} 救济途径:{detail.Result}", $"Not accepted: {detail.Reason} What you can do: {detail.Result}"),
            CaseEventKind.Declined => new($"不予受理:{detail.Reason} 请向{detail.Unit}提出。", $"Not accepted: {detail.Reason} The right body is {detail.Unit}."),
            CaseEventKind.Paused when detail.DueAt is { } until => new(
                $"暂停计时:{Enum.Parse<PauseReason>(detail.Reason!).ToCitizen().Zh},最迟 {Dates.Sentence(local.At(until)).Zh}恢复。", $"The clock is paused: {Enum.Parse<PauseReason>(detail.Reason!).ToCitizen().En}. It runs on by {Dates.Sentence(local.At(until)).En} at the latest."),
            CaseEventKind.Resumed when detail.DueAt is { } due => new($"恢复计时,承诺在 {Dates.Sentence(local.At(due)).Zh}前答复。", $"The clock runs on. We promise an answer by {Dates.Sentence(local.At(due)).En}."),
            CaseEventKind.Extended when detail.DueAt is { } due => new($"经批准延期至 {Dates.Sentence(local.At(due)).Zh},理由:{detail.Reason}", $"Extended to {Dates.Sentence(local.At(due)).En}. Reason: {detail.Reason}"),
            CaseEventKind.Recomputed when detail is { DueAt: { } due, Clock: nameof(ClockKind.Acceptance) } => new(
                $"工作日历有变({detail.Reason}),最迟 {Dates.Sentence(local.At(due)).Zh}决定是否受理。", $"The calendar changed ({detail.Reason}). Acceptance is decided by {Dates.Sentence(local.At(due)).En}."),
            CaseEventKind.Recomputed when detail is { DueAt: { } due, Clock: nameof(ClockKind.Answer) } => new(
                $"工作日历有变({detail.Reason}),承诺在 {Dates.Sentence(local.At(due)).Zh}前答复。", $"The calendar changed ({detail.Reason}). We promise an answer by {Dates.Sentence(local.At(due)).En}."),
            CaseEventKind.HandOverAccepted or CaseEventKind.Arbitrated => new("责任单位已变更,由新的单位继续办理。", "Another unit has taken responsibility and goes on with the case."),
            CaseEventKind.ContactRead => new("为办理这件事,经另一人批准,工作人员查看了您的联系方式。", "To work on this, and with a second person's consent, a member of staff read your contact."),
            CaseEventKind.CitizenWrittenTo => new("工作人员给您留了言。", "A member of staff left you a message."),
            CaseEventKind.MaterialAdded => new("收到了您补充的内容。", "We received what you added."),
            CaseEventKind.PicturesAdded => new($"收到了您的 {detail.Count} 张图片。", $"We received your {(detail.Count == 1 ? "picture" : $"{detail.Count} pictures")}."),
            CaseEventKind.Reminded => new("收到了您的催办,已通知责任人。", "We received your reminder; whoever is responsible was told."),
            CaseEventKind.Withdrawn => new("您撤回了投诉。", "You withdrew the complaint."),
            CaseEventKind.Closed => new("已办结。", "Closed."),
            CaseEventKind.Reopened when detail.DueAt is { } due => new($"您表示没有解决,已重新办理,承诺在 {Dates.Sentence(local.At(due)).Zh}前答复。", $"You said it was not solved; it is being worked on again. We promise an answer by {Dates.Sentence(local.At(due)).En}."),
            CaseEventKind.Appealed when detail.DueAt is { } due => new($"收到了您的复核申请,将由未参与办理的人在 {Dates.Sentence(local.At(due)).Zh}前作出决定。", $"We received your appeal; somebody who took no part decides by {Dates.Sentence(local.At(due)).En}."),
            CaseEventKind.AppealDecided => detail.Result == "Upheld"
                ? new($"复核支持您的意见,重新办理:{detail.Reason}", $"Your appeal was upheld and the case is being worked on again: {detail.Reason}")
                : new($"复核维持原答复:{detail.Reason}", $"The appeal was refused and the answer stands: {detail.Reason}"),
            _ => null,
        };
    }

    /// <summary>Why the clock stands still, said to the citizen.</summary>
    public static Bilingual ToCitizen(this PauseReason reason) =>
        reason == PauseReason.AwaitingCitizen ? new("等待您补充材料", "waiting for what we asked of you") : reason.Name();

    private static Bilingual Late(EscalationStep step, Lane lane)
    {
        var to = Routing.RecipientRole(step, lane).Name();
        return new($"超过了承诺的时间,系统已自动上报:{to.Zh}。", $"The promised time has passed; the system raised it to: {to.En}.");
    }
}

using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Features.Cases;

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
            CaseEventKind.Answered => new("已经答复。", "Answered."),
            _ => null,
        };
    }

    private static Bilingual Late(EscalationStep step, Lane lane)
    {
        var to = Routing.RecipientRole(step, lane).Name();
        return new($"超过了承诺的时间,系统已自动上报:{to.Zh}。", $"The promised time has passed; the system raised it to: {to.En}.");
    }
}

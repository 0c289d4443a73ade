using Feedback.Casework;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;

namespace Feedback.Features.Complaints;

/// <summary>What the citizen reads of a case's history. Names and inner warnings stay inside.</summary>
internal static class CitizenSentences
{
    /// <summary>Null when the event is no business of the citizen's.</summary>
    public static Bilingual? Of(CaseEvent happened, Lane lane, LocalTime local)
    {
        var detail = CaseHistory.DetailOf(happened);
        return Enum.Parse<CaseEventKind>(happened.Kind).Words().ToCitizen?.Invoke(new Happening(local.At(happened.At), null, detail with { DueAt = local.At(detail.DueAt) }, lane));
    }
}

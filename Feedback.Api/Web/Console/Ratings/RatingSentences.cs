using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Ratings;
using Feedback.Features.Cases;

namespace Feedback.Web.Console.Ratings;

/// <summary>What the loop of a bad rating adds to a case's history.</summary>
internal static class RatingSentences
{
    /// <param name="happening">With its names looked up.</param>
    /// <param name="due">Its instant in words.</param>
    /// <returns>Null for what is told elsewhere.</returns>
    public static Bilingual? Of(ShowCase.HistoryEntry happening, Bilingual due)
    {
        var (who, detail) = (happening.Actor, happening.Detail);
        return happening.Kind switch
        {
            CaseEventKind.BadRatingOpened => new($"市民给了差评,须在 {due.Zh}前联系核实。", $"The citizen gave a bad rating; it is to be verified by {due.En}."),
            CaseEventKind.BadRatingVerified => new($"{who} 核实差评,{Outcome(detail).Zh}。{detail.Reason}", $"{who} verified the bad rating: {Outcome(detail).En}. {detail.Reason}"),
            CaseEventKind.BadRatingSetRight => new($"{who} 完成整改。{detail.Reason}", $"{who} set it right. {detail.Reason}"),
            CaseEventKind.BadRatingCalledBack => new($"{who} 回访市民,{Result(detail).Zh}。{detail.Reason}", $"{who} called back: {Result(detail).En}. {detail.Reason}"),
            CaseEventKind.BadRatingAppealed => new($"{who} 代表单位申诉({Ground(detail).Zh}),应在 {due.Zh}前决定。理由:{detail.Reason}", $"{who} appealed for the unit ({Ground(detail).En}); the decision is due by {due.En}. Reason: {detail.Reason}"),
            CaseEventKind.BadRatingAppealDecided when detail.Result == "Upheld" => new($"{who} 支持单位申诉,该评价保留,不计入指标。说明:{detail.Reason}", $"{who} upheld the appeal; the rating stays and counts in no indicator. Note: {detail.Reason}"),
            CaseEventKind.BadRatingAppealDecided => new($"{who} 不支持单位申诉。说明:{detail.Reason}", $"{who} refused the appeal. Note: {detail.Reason}"),
            _ => null,
        };
    }

    private static Bilingual Outcome(EventDetail detail) => Enum.TryParse<BadRatingOutcome>(detail.Result, out var known) ? known.Name() : Raw(detail);

    private static Bilingual Result(EventDetail detail) => Enum.TryParse<CallBackResult>(detail.Result, out var known) ? known.Name() : Raw(detail);

    private static Bilingual Ground(EventDetail detail) => Enum.TryParse<AppealGround>(detail.Result, out var known) ? known.Name() : Raw(detail);

    private static Bilingual Raw(EventDetail detail) => new(detail.Result ?? "", detail.Result ?? "");
}

using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Inquiries;
using Feedback.Features.Cases;

namespace Feedback.Web.Console.Inquiries;

/// <summary>What first contacts and notices add to a case's history.</summary>
internal static class InquirySentences
{
    /// <summary>Null for what is told elsewhere.</summary>
    public static Bilingual? Of(ShowCase.HistoryEntry happening)
    {
        var (who, detail) = (happening.Actor, happening.Detail);
        return happening.Kind switch
        {
            CaseEventKind.FirstAsked => new($"{who} 首问登记,由其负责。", $"{who} was asked first and is responsible."),
            CaseEventKind.NoticeIssued => new($"{who} 开具一次性告知单 {detail.Document}。", $"{who} issued one-time notice {detail.Document}."),
            CaseEventKind.DemandAsked => new($"{who} 申请再次要求补材料({Name(detail.Result).Zh}):{detail.Reason}", $"{who} asked for a second demand ({Name(detail.Result).En}): {detail.Reason}"),
            CaseEventKind.DemandRefused => new($"{who} 不同意再次要求补材料:{detail.Reason}", $"{who} refused the second demand: {detail.Reason}"),
            CaseEventKind.Acknowledged when who is not null => new($"{who} 收取了 {detail.Document} 的签名。", $"{who} took the signature for {detail.Document}."),
            CaseEventKind.Acknowledged => new($"市民签收了 {detail.Document}。", $"The citizen acknowledged {detail.Document}."),
            CaseEventKind.DeemedAccepted => new("期限内没有告知也没有受理,自收到材料之日起应视为受理,等待确认。", "Neither told nor accepted in time: it counts as accepted from the day the materials came, and waits to be confirmed."),
            CaseEventKind.DeemedAcceptanceRefused => new($"{who} 不确认视为受理:{detail.Reason}", $"{who} did not confirm that it counts as accepted: {detail.Reason}"),
            _ => null,
        };
    }

    private static Bilingual Name(string? exception) => Enum.TryParse<DemandGround>(exception, out var known) ? known.Name() : new(exception ?? "", exception ?? "");
}

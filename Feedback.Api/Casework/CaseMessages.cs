using System.Text.Json;
using Feedback.Domain;
using Feedback.Notifications;

namespace Feedback.Casework;

/// <summary>What e-mails and webhooks say about a case: what, which case, when it is due, where to look. Never what was said, never by whom.</summary>
internal static class CaseMessages
{
    /// <summary><c>HandOverOffered</c> is called <c>case.hand_over_offered</c>.</summary>
    public static string TypeOf(CaseEventKind kind) => "case." + JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    /// <summary>A message's type for a person to read.</summary>
    public static Bilingual InWords(string type) => type switch
    {
        WebhookBody.Notice => new("通知", "A notice"),
        WebhookBody.Ping => new("试发", "A trial"),
        _ => Enum.GetValues<CaseEventKind>().First(k => TypeOf(k) == type).Notice(),
    };

    /// <param name="dueAt">Local; null when nothing is due.</param>
    /// <param name="site">The product's address, without a slash at its end; null when it is not known.</param>
    public static EmailText Email(string number, CaseEventKind kind, DateTimeOffset? dueAt, string? site)
    {
        var what = kind.Notice();
        var due = dueAt is { } at ? Dates.Table(at) : (Bilingual?)null;
        return new EmailText(
            $"{what.Zh} / {what.En}",
            $"办件 {number}:{what.Zh}。\n{(due is { } zh ? $"期限:{zh.Zh}\n" : "")}\nCase {number}: {what.En}.\n{(due is { } en ? $"Due: {en.En}\n" : "")}\n{EmailText.Link(site, "/console/cases/" + number)}{EmailText.Ending}");
    }

    /// <summary>To the citizen: that there is news, never what. A mailbox may be read by others.</summary>
    public static EmailText ToCitizen(string number, string? site) => new(
        "您反映的事情有新进展 / News on what you told us",
        $"您反映的事情({number})有新进展,请用编号和查询码查看。\nThere is news on case {number}. Please read it with the number and your query code.\n\n{EmailText.Link(site, "/track?number=" + number)}{EmailText.Ending}");

    /// <summary>To whoever rated: that there is a message, never of which rating. It is read with the receipt.</summary>
    public static EmailText ToRater(string? site) => new(
        "关于您的评价,有一条留言 / A message about your rating",
        $"关于您作出的评价,工作人员给您留了言。请用评价的回执号查看和答复,不需要告诉我们电话。\nThere is a message about a rating of yours. Please read and answer it with the receipt that you kept; no telephone number is needed.\n\n{EmailText.Link(site, "/r")}{EmailText.Ending}");
}

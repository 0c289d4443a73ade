using System.Text.Json;
using Feedback.Domain;
using Feedback.Features.Cases;

namespace Feedback.Features.Outbox;

/// <summary>An e-mail in both languages: what, which case, when it is due, where to look. Never what was said, never by whom.</summary>
/// <param name="Subject">Says what happened; the case's number is left to the text, because subjects light up on locked telephones.</param>
/// <param name="Text">Plain text.</param>
public sealed record Letter(string Subject, string Text)
{
    private const string Ending = "本邮件由系统自动发出,请勿回复。\nSent automatically. Please do not reply.\n";

    /// <param name="number">The case.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="dueAt">Local; null when nothing is due.</param>
    /// <param name="console">The product's address, without a slash at its end; null when it is not known.</param>
    public static Letter OfCase(string number, CaseEventKind kind, DateTimeOffset? dueAt, string? console)
    {
        var what = kind.Notice();
        var due = dueAt is { } at ? Dates.Table(at) : (Bilingual?)null;
        return new Letter(
            $"{what.Zh} / {what.En}",
            $"办件 {number}:{what.Zh}。\n{(due is { } zh ? $"期限:{zh.Zh}\n" : "")}\nCase {number}: {what.En}.\n{(due is { } en ? $"Due: {en.En}\n" : "")}\n{Link(console, "/console/cases/" + number)}{Ending}");
    }

    /// <summary>For cases that the hall may not see: only that there is something to read after signing in.</summary>
    public static Letter OfNotice(string? console) => new(
        "系统中有一条给您的通知 / There is a notice for you",
        $"系统中有一条给您的通知,请登录工作台查看。\nThere is a notice for you. Please sign in to the console to read it.\n\n{Link(console, "/console/notices")}{Ending}");

    /// <summary>To the citizen: that there is news, never what. A mailbox may be read by others.</summary>
    public static Letter ToCitizen(string number, string? site) => new(
        "您反映的事情有新进展 / News on what you told us",
        $"您反映的事情({number})有新进展,请用编号和查询码查看。\nThere is news on case {number}. Please read it with the number and your query code.\n\n{Link(site, "/track?number=" + number)}{Ending}");

    /// <summary>To whoever rated: that there is a message, never of which rating. It is read with the receipt.</summary>
    public static Letter ToRater(string? site) => new(
        "关于您的评价,有一条留言 / A message about your rating",
        $"关于您作出的评价,工作人员给您留了言。请用评价的回执号查看和答复,不需要告诉我们电话。\nThere is a message about a rating of yours. Please read and answer it with the receipt that you kept; no telephone number is needed.\n\n{Link(site, "/r")}{Ending}");

    public static Letter Parse(string payload) => JsonSerializer.Deserialize<Letter>(payload, Payloads.Json)!;

    private static string Link(string? console, string path) => console is null ? "" : $"{console}{path}\n\n";
}

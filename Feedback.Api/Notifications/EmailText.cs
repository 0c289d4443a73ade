using System.Text.Json;

namespace Feedback.Notifications;

/// <summary>An e-mail in both languages. It never repeats what a citizen said, nor who did.</summary>
/// <param name="Subject">Says what happened and names no case, because subjects light up on locked telephones.</param>
/// <param name="Text">Plain text.</param>
public sealed record EmailText(string Subject, string Text)
{
    /// <summary>Below every text.</summary>
    internal const string Ending = "本邮件由系统自动发出,请勿回复。\nSent automatically. Please do not reply.\n";

    /// <summary>Only that there is something to read after signing in: for what a mailbox may not know.</summary>
    /// <param name="site">The product's address, without a slash at its end; null when it is not known.</param>
    public static EmailText OfNotice(string? site) => new(
        "系统中有一条给您的通知 / There is a notice for you",
        $"系统中有一条给您的通知,请登录工作台查看。\nThere is a notice for you. Please sign in to the console to read it.\n\n{Link(site, "/console/notices")}{Ending}");

    public static EmailText Parse(string payload) => JsonSerializer.Deserialize<EmailText>(payload, WebhookBody.Json)!;

    /// <summary>A line of its own; nothing while the product's address is not known.</summary>
    internal static string Link(string? site, string path) => site is null ? "" : $"{site}{path}\n\n";

    internal string ToJson() => JsonSerializer.Serialize(this, WebhookBody.Json);
}

using Feedback.Domain;

namespace Feedback.Features.Outbox;

/// <summary>What is refused in the use cases of outbox.</summary>
internal static class OutboxRefusals
{
    public static readonly Refusal MessageUnknown = new(RefusalKind.NotFound, "message_unknown", "没有这条消息。", "There is no such message.");

    public static readonly Refusal MessageNotDead = new(RefusalKind.Conflict, "message_not_dead", "只有发送失败的消息可以重新发送。", "Only a message that was given up can be sent again.");

    public static readonly Refusal WebhooksFull = new(RefusalKind.Conflict, "webhooks_full", $"最多 {CreateWebhook.Most} 个 Webhook,请先停用一个。", $"There can be {CreateWebhook.Most} webhooks. Please disable one first.");

    public static readonly Refusal WebhookUnknown = new(RefusalKind.NotFound, "webhook_unknown", "没有这个 Webhook。", "There is no such webhook.");

    public static readonly Refusal WebhookDisabled = new(RefusalKind.Conflict, "webhook_disabled", "这个 Webhook 已停用。", "This webhook is disabled.");

    public static readonly Refusal UrlInsecure = Refusal.OfField("url", "url_insecure", "地址须为 https。", "The address must be https.");
}

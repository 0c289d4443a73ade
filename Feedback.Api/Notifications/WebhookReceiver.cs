namespace Feedback.Notifications;

/// <summary>Where a webhook goes.</summary>
/// <param name="Secret">Sealed for <c>Purpose.Webhook</c>.</param>
internal sealed record WebhookReceiver(string Url, byte[] Secret);

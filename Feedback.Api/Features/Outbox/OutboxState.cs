namespace Feedback.Features.Outbox;

/// <summary>Where a message stands. The names are stored.</summary>
public enum OutboxState
{
    /// <summary>To be sent now, later again, or when there is a mail server (待发送).</summary>
    Waiting,

    /// <summary>The other side took it (已发送).</summary>
    Sent,

    /// <summary>Given up; somebody may send it again (发送失败).</summary>
    Dead,
}

/// <summary>How a message leaves.</summary>
public enum OutboxChannel
{
    Mail,
    Webhook,
}

/// <summary>Why messages of ours were given up, beside what the other side answered. Stored; stable.</summary>
internal static class OutboxErrors
{
    public const string Disabled = "webhook_disabled";
    public const string Expired = "expired";
}

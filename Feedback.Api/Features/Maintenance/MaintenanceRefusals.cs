using Feedback.Domain;

namespace Feedback.Features.Maintenance;

/// <summary>What is refused in the use cases of maintenance.</summary>
internal static class MaintenanceRefusals
{
    public static readonly Refusal SealingKeyMissing = new(
        RefusalKind.Conflict, "sealing_key_missing", "有内容是用不在现有密钥之中的密钥加密的。", "Something was sealed with a key that is not among ours. Put the old keys back; nothing was changed.");
}

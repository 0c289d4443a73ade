using Feedback.Domain;

namespace Feedback.Features.Rules;

/// <summary>What is refused in the use cases of rules.</summary>
internal static class RulesRefusals
{
    public static readonly Refusal PolicyUnknown = new(RefusalKind.NotFound, "policy_unknown", "没有这个版本。", "There is no such version.");

    public static readonly Refusal PolicyDecided = new(RefusalKind.Conflict, "policy_decided", "这个版本已经有了决定。", "This version has been decided on.");

    public static readonly Refusal OwnRequest = new(RefusalKind.Forbidden, "own_request", "不能批准自己提出的规则。", "Whoever proposed a policy cannot decide on it.");

    public static readonly Refusal PolicyTooLate = new(RefusalKind.Conflict, "policy_too_late", "已到生效日期,不能再批准,请重新提出。", "Its day has come; it can no longer be approved. Propose it again.");

    public static readonly Refusal EffectiveTooEarly = Refusal.OfField("policy.effectiveFrom", "effective_too_early", "生效日期最早为明天。", "It takes effect tomorrow at the earliest.");

    public static readonly Refusal EffectiveBeforeAnother = Refusal.OfField(
        "policy.effectiveFrom", "effective_before_another", "生效日期不能早于已批准的版本。", "It cannot take effect before a version that is approved already.");

    /// <param name="path">Where in the policy, with the dot before it; null for the whole.</param>
    public static Refusal PolicyMalformed(string? path) => Refusal.OfField(
        "policy" + path, "policy_malformed", "规则内容不完整或写法不对。", "The policy is not complete or has a value that cannot be read.");
}

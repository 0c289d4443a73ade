using Feedback.Domain;

namespace Feedback.Demo;

/// <summary>What the demonstration refuses.</summary>
internal static class DemoRefusals
{
    public static readonly Refusal NotOfDemo = new(RefusalKind.Forbidden, "not_of_demo", "只有演示账号可以这样取得验证码。", "Only the demonstration's accounts have their codes shown.");
}

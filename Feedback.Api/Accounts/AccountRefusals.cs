using Feedback.Domain;

namespace Feedback.Accounts;

/// <summary>What is refused about accounts, whoever asks.</summary>
internal static class AccountRefusals
{
    /// <summary>How a failed password is told, whatever the reason: wrong, locked, inactive or unknown. It is counted.</summary>
    public static readonly Refusal SignInFailed = new(RefusalKind.Forbidden, "sign_in_failed", "账号或密码不正确。", "The account or the password is not correct.") { Commits = true };

    /// <summary>Likewise, for the code of a sign-in.</summary>
    public static readonly Refusal CodeWrong = new(RefusalKind.Forbidden, "code_wrong", "验证码不正确。", "The code is not correct.") { Commits = true };
}

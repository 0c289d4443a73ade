using Feedback.Domain;

namespace Feedback.Accounts;

/// <summary>What is refused about accounts, whoever asks.</summary>
internal static class AccountRefusals
{
    /// <summary>How a failed password is told, whatever the reason: wrong, locked, inactive or unknown. It is counted.</summary>
    public static readonly Refusal SignInFailed = new(RefusalKind.Forbidden, "sign_in_failed", "账号或密码不正确。", "The account or the password is not correct.") { Commits = true };

    /// <summary>Likewise, for the code of a sign-in.</summary>
    public static readonly Refusal CodeWrong = new(RefusalKind.Forbidden, "code_wrong", "验证码不正确。", "The code is not correct.") { Commits = true };

    public static readonly Refusal PostUnknown = new(RefusalKind.Conflict, "post_unknown", "没有这个岗位:大厅或单位不存在。", "There is no such post: the hall or the unit does not exist.");

    public static readonly Refusal OwnAccount = new(RefusalKind.Conflict, "own_account", "不能对自己的账号做此操作。", "Not on one's own account.");

    public static readonly Refusal StaffUnknown = new(RefusalKind.NotFound, "staff_unknown", "没有这个账号。", "There is no such account.");

    public static readonly Refusal TokenInvalid = new(RefusalKind.Forbidden, "token_invalid", "令牌无效或已过期。", "The token is not valid or has expired.");

    public static readonly Refusal SessionEnded = new(RefusalKind.Forbidden, "session_ended", "登录已结束。", "The session has ended.");
}

using Feedback.Domain;

namespace Feedback.Accounts;

/// <summary>What came of one step of a sign-in. It is no refusal, because a wrong attempt is stored.</summary>
internal enum SignInStep
{
    /// <summary>Wrong, locked, inactive or unknown: nobody outside learns which.</summary>
    Failed,

    /// <summary>The password was right and somebody else's choice; now one's own.</summary>
    NeedsPassword,

    /// <summary>The password was right; now the code.</summary>
    NeedsCode,

    /// <summary>The password was right; the role needs a second factor and has none yet.</summary>
    NeedsSecondFactor,

    SignedIn,
}

/// <param name="Step">What came of it.</param>
/// <param name="Session">The new session's id, for the cookie; null unless signed in.</param>
internal sealed record SignInAnswer(SignInStep Step, string? Session = null)
{
    public static readonly SignInAnswer Failed = new(SignInStep.Failed);

    /// <summary>How a failed password or code is told, whatever the reason.</summary>
    public static readonly Refusal Wrong = new(RefusalKind.Forbidden, "sign_in_failed", "账号或密码不正确。", "The account or the password is not correct.");

    /// <summary>Likewise, for a code.</summary>
    public static readonly Refusal WrongCode = new(RefusalKind.Forbidden, "code_wrong", "验证码不正确。", "The code is not correct.");
}

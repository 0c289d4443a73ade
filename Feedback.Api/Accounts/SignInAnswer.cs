namespace Feedback.Accounts;

/// <summary>What comes next in a sign-in after a step that went well.</summary>
internal enum SignInStep
{
    /// <summary>The password was right and somebody else's choice; now one's own.</summary>
    NeedsPassword,

    /// <summary>The password was right; now the code.</summary>
    NeedsCode,

    /// <summary>The password was right; the role needs a second factor and has none yet.</summary>
    NeedsSecondFactor,

    SignedIn,
}

/// <param name="Step">What comes next.</param>
/// <param name="Session">The new session's id, for the cookie; null unless signed in.</param>
internal sealed record SignInAnswer(SignInStep Step, string? Session = null);

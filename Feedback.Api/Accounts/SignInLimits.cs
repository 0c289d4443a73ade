namespace Feedback.Accounts;

/// <summary>How many wrong passwords and codes in a row an account takes, and how long it is locked then (configuration <c>SignIn</c>).</summary>
internal sealed record SignInLimits
{
    public int Failures { get; init; } = 5;

    public int LockMinutes { get; init; } = 15;
}

using Feedback.Domain;

namespace Feedback.Accounts;

/// <summary>What came of trying a password or a code. A wrong one is no refusal, because it is counted, and a refusal stores nothing.</summary>
/// <param name="Wrong">How it is told to the caller; null when it was right.</param>
internal sealed record Attempt(Refusal? Wrong = null)
{
    public static readonly Attempt Right = new();
}

using Feedback.Domain.Cases;

namespace Feedback.Casework.Contacts;

/// <summary>What was written between staff and the citizen through the system, neither seeing the other's address.</summary>
/// <param name="Text">In full.</param>
/// <param name="By">The name of who wrote it; null for the citizen.</param>
/// <param name="At">When, local.</param>
public sealed record ContactMessage(string Text, string? By, DateTimeOffset At)
{
    /// <summary>Whether the last word is the staff's, in a case that is not over: then the citizen can answer.</summary>
    internal static bool AwaitsAnswer(IReadOnlyList<ContactMessage> messages, CaseState state) => state.IsOpen() && messages is [.., { By: not null }];
}

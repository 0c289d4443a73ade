namespace Feedback.Casework.Inquiries;

/// <summary>A person as receipts name one.</summary>
/// <param name="Name">As staff are called.</param>
/// <param name="Phone">At work; null when none is known.</param>
public sealed record Person(string Name, string? Phone);

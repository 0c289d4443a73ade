namespace Feedback.Casework;

/// <summary>The facts of an event; absent where they do not apply.</summary>
/// <param name="Clock">Which clock.</param>
/// <param name="Step">Which step of its ladder.</param>
/// <param name="DueAt">When the step was due, or the new promise.</param>
/// <param name="Recipients">Logins that were told.</param>
/// <param name="Reason">Why, in the words or the code of whoever did it; the citizen reads it.</param>
/// <param name="Unit">The department concerned.</param>
/// <param name="Person">The login concerned.</param>
/// <param name="Result">How it was decided.</param>
/// <param name="Document">The number of the sheet concerned.</param>
/// <param name="Hash">That sheet's hash, in hexadecimal.</param>
/// <param name="Count">How many.</param>
public sealed record EventDetail(
    string? Clock = null, string? Step = null, DateTimeOffset? DueAt = null, IReadOnlyList<string>? Recipients = null, string? Reason = null, string? Unit = null, string? Person = null,
    string? Result = null, string? Document = null, string? Hash = null, int? Count = null);

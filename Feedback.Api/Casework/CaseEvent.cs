namespace Feedback.Casework;

/// <summary>One thing that happened, with the facts that its sentence needs.</summary>
/// <param name="CaseNumber">Whose.</param>
/// <param name="Kind">What.</param>
/// <param name="At">When, to the millisecond.</param>
/// <param name="Actor">The login of whoever did it; null for the citizen and the clock.</param>
/// <param name="Detail">JSON object; see <see cref="EventDetail"/>.</param>
public sealed record CaseEvent(string CaseNumber, string Kind, DateTimeOffset At, string? Actor, string Detail);

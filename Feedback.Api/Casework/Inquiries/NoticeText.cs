using Feedback.Domain.Inquiries;

namespace Feedback.Casework.Inquiries;

/// <summary>What a notice tells beside the guide.</summary>
/// <param name="Missing">Names of the guide's materials.</param>
/// <param name="Note">A remark.</param>
/// <param name="Refusal">Set when the application is refused.</param>
/// <param name="Exception">Set when something is demanded again.</param>
internal sealed record NoticeText(IReadOnlyList<string> Missing, string? Note, NoticeRefusal? Refusal = null, ApprovedGround? Exception = null);

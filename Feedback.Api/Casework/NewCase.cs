using Feedback.Casework.Windows;
using Feedback.Domain.Cases;

namespace Feedback.Casework;

/// <summary>A case to be opened, whoever brought it.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="About">Which of the ten, or a question.</param>
/// <param name="Receiver">Whom it is addressed to.</param>
/// <param name="Against">Who is complained about.</param>
/// <param name="Window">Where it happened or was brought.</param>
/// <param name="Ticket">The queue ticket, if there was one.</param>
/// <param name="Said">The citizen's words, sealed.</param>
/// <param name="ContactId">Where the contact is kept, if one was left.</param>
/// <param name="PolicyVersion">The rules in force.</param>
/// <param name="Responsible">The login of who is responsible; null while nobody holds the post.</param>
/// <param name="AcceptBy">When the decision on acceptance is due.</param>
/// <param name="AcceptedAt">Accepted at once; null when that is to be decided.</param>
/// <param name="DueAt">The promised instant.</param>
/// <param name="FiledAt">Now; the case and its count belong to one day.</param>
public sealed record NewCase(
    CaseType Type, Prohibition About, Receiver Receiver, Against Against, WindowInfo Window, string? Ticket, byte[] Said, Guid? ContactId, int PolicyVersion, string? Responsible,
    DateTimeOffset AcceptBy, DateTimeOffset? AcceptedAt, DateTimeOffset DueAt, DateTimeOffset FiledAt)
{
    public Lane Lane => Routing.LaneOf(About, Receiver, Against);
}

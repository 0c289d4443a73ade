using Feedback.Domain.Inquiries;

namespace Feedback.Casework.Inquiries;

/// <summary>A first contact and what became of it.</summary>
/// <param name="First">Who was asked first (首问), called as then.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Responsible">Who is responsible now; null while nobody holds the post.</param>
/// <param name="Doer">Who does it (首办), where that is somebody else.</param>
/// <param name="ItemCode">What it is about; null for a question that names no item.</param>
/// <param name="Item">Its name in Chinese.</param>
/// <param name="ItemEn">In English.</param>
/// <param name="Intake">How it came.</param>
/// <param name="Materials">As received; none makes it a question.</param>
/// <param name="AcknowledgedAt">When the citizen acknowledged the receipt.</param>
/// <param name="Notices">Oldest first.</param>
/// <param name="Waiting">A second demand that waits for its approval.</param>
/// <param name="Deemed">Set when nothing was told in time.</param>
public sealed record Inquiry(
    Person First, DateTimeOffset AskedAt, Person? Responsible, Person? Doer, string? ItemCode, string? Item, string? ItemEn, Intake Intake, IReadOnlyList<ReceivedMaterial> Materials,
    DateTimeOffset? AcknowledgedAt, IReadOnlyList<Inquiry.Notice> Notices, Inquiry.Demand? Waiting, Inquiry.Deeming? Deemed)
{
    /// <summary>What waits inside the hall stays inside.</summary>
    public Inquiry ForTheCitizen() => this with { Waiting = null, Deemed = null };

    /// <param name="Number">Its number.</param>
    /// <param name="Content">What stands on it.</param>
    /// <param name="Hash">SHA-256 of the archived text, in hexadecimal.</param>
    /// <param name="AcknowledgedAt">When the citizen acknowledged it; a missing one takes nothing from the notice.</param>
    public sealed record Notice(string Number, NoticeBody Content, string Hash, DateTimeOffset? AcknowledgedAt);

    /// <param name="Number">The number that the notice will bear.</param>
    /// <param name="Exception">Why it is asked.</param>
    /// <param name="Reason">In the asker's words.</param>
    /// <param name="Missing">The materials demanded.</param>
    /// <param name="AskedByLogin">Who may not approve it.</param>
    /// <param name="AskedBy">That person's name.</param>
    public sealed record Demand(string Number, DemandGround Exception, string Reason, IReadOnlyList<string> Missing, string AskedByLogin, string AskedBy);

    /// <param name="FlaggedAt">When the time to tell ran out.</param>
    /// <param name="Confirmed">The decision; null while it waits.</param>
    public sealed record Deeming(DateTimeOffset FlaggedAt, bool? Confirmed);
}

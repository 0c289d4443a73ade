using Feedback.Domain.Cases;

namespace Feedback.Casework;

/// <summary>What was asked, offered and decided in a case, and who took part: what decides, beside the state, who may do what.</summary>
/// <param name="Extension">The one extension a case can have; null while nobody asked.</param>
/// <param name="HandOvers">Oldest first; the last one is open while it has no outcome.</param>
/// <param name="Arbitration">Null unless the hall was asked.</param>
/// <param name="TookPart">The logins of all who did something in the case.</param>
/// <param name="Acting">The reader's login, and those of whom the reader stands in for in this case.</param>
public sealed record CaseDossier(
    CaseDossier.ExtensionAsked? Extension, IReadOnlyList<CaseDossier.Offer> HandOvers, CaseDossier.ArbitrationAsked? Arbitration, IReadOnlyList<string> TookPart, IReadOnlyList<string?> Acting)
{
    /// <param name="Extra">What it adds, such as 5wd.</param>
    /// <param name="Reason">The citizen reads it once it is granted.</param>
    /// <param name="AskedBy">The login.</param>
    /// <param name="AskedByName">The name.</param>
    /// <param name="AskedAt">When.</param>
    /// <param name="Granted">Null until it is decided.</param>
    public sealed record ExtensionAsked(string Extra, string Reason, string AskedBy, string AskedByName, DateTimeOffset AskedAt, bool? Granted);

    /// <param name="From">The unit that had the case.</param>
    /// <param name="FromName">In Chinese.</param>
    /// <param name="FromNameEn">In English.</param>
    /// <param name="To">The unit that is asked.</param>
    /// <param name="ToName">In Chinese.</param>
    /// <param name="ToNameEn">In English.</param>
    /// <param name="ToLogin">Who is asked there.</param>
    /// <param name="ToPerson">The name.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="OfferedAt">When.</param>
    /// <param name="AnswerBy">Silence until then sends the case back.</param>
    /// <param name="Outcome">Null while it is open.</param>
    /// <param name="AnswerReason">Why it was refused.</param>
    /// <param name="AnsweredAt">When it ended.</param>
    public sealed record Offer(
        string From, string FromName, string FromNameEn, string To, string ToName, string ToNameEn, string ToLogin, string ToPerson, string Reason, DateTimeOffset OfferedAt,
        DateTimeOffset AnswerBy, HandOverOutcome? Outcome, string? AnswerReason, DateTimeOffset? AnsweredAt);

    /// <param name="AskedAt">When the hall was asked.</param>
    /// <param name="Unit">The unit that it named; null until it decides.</param>
    /// <param name="Reason">Why that unit.</param>
    /// <param name="DecidedAt">When.</param>
    public sealed record ArbitrationAsked(DateTimeOffset AskedAt, string? Unit, string? Reason, DateTimeOffset? DecidedAt);

    /// <summary>The offer that waits for its answer.</summary>
    public Offer? OpenOffer => HandOvers.SingleOrDefault(h => h.Outcome is null);

    /// <summary>The offers as the rules of first inquiry know them.</summary>
    internal IReadOnlyList<HandOver> Earlier => [.. HandOvers.Select(h => new HandOver(h.From, h.To, h.Outcome))];
}

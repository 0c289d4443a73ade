using Feedback.Casework;
using Feedback.Domain.Policies;
using Feedback.Domain.Ratings;

namespace Feedback.Features.Ratings;

/// <summary>The loop of one bad rating, beside the case that carries its clocks and its history.</summary>
/// <param name="Case">The case.</param>
/// <param name="RatingId">The rating.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Outcome">What the verification came to; null before it.</param>
/// <param name="VerifiedBy">The login.</param>
/// <param name="RemediedBy">The login of whoever set it right.</param>
/// <param name="Checks">What the citizen's tags point at.</param>
/// <param name="Appeal">The unit's appeal, if there is one.</param>
/// <param name="AppealBy">Until when the unit may appeal, local.</param>
/// <param name="Rules">The limits that it keeps.</param>
public sealed record BadRating(
    CaseRow Case, Guid RatingId, BadRatingStage Stage, BadRatingOutcome? Outcome, string? VerifiedBy, string? RemediedBy, IReadOnlyList<BadRatings.Check> Checks, BadRatings.UnitAppeal? Appeal,
    DateTimeOffset AppealBy, BadRatingPolicy Rules);

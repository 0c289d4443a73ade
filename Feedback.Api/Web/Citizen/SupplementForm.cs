using Feedback.Features.Ratings;

namespace Feedback.Web.Citizen;

/// <summary>What opens a rating and what its citizen adds to it; as typed, so that a refused form can be shown again.</summary>
/// <param name="Key">The idempotency key: however often it is sent, it is added once.</param>
/// <param name="Receipt">What the citizen kept of the rating.</param>
/// <param name="Adds">Whether something is added; else the rating is only looked at.</param>
/// <param name="Grade">When the citizen thinks otherwise now.</param>
/// <param name="Comment">In the citizen's words.</param>
public sealed record SupplementForm(string Key, string? Receipt = null, bool Adds = false, string? Grade = null, string? Comment = null)
{
    /// <summary>The fields that open the rating.</summary>
    public static readonly string[] Opening = ["receipt"];

    public static SupplementForm Read(IFormCollection form) => new(form.Text("key") ?? Typed.NewKey(), form.Code("receipt"), form.Text("adds") is not null, form.Text("grade"), form.Text("comment"));

    public SupplementRating Command() => new(Receipt ?? "", Typed.Number(Grade), Comment) { IdempotencyKey = Key };

    /// <summary>For the page after it was added: opened by the same, with nothing typed.</summary>
    public SupplementForm Anew() => new(Typed.NewKey(), Receipt);
}

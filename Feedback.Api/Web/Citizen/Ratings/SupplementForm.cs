using Feedback.Domain;
using Feedback.Features.Ratings;
using Feedback.Pipeline;

namespace Feedback.Web.Citizen.Ratings;

/// <summary>What opens a rating and what its citizen adds to it; as typed, so that a refused form can be shown again.</summary>
/// <param name="Key">The idempotency key: however often it is sent, it is added once.</param>
/// <param name="Receipt">What the citizen kept of the rating.</param>
/// <param name="Adds">Whether something is added to the rating.</param>
/// <param name="Grade">When the citizen thinks otherwise now.</param>
/// <param name="Comment">In the citizen's words.</param>
/// <param name="Answers">Whether a message is answered; with neither the rating is only looked at.</param>
/// <param name="Answer">The citizen's answer.</param>
public sealed record SupplementForm(string Key, string? Receipt = null, bool Adds = false, string? Grade = null, string? Comment = null, bool Answers = false, string? Answer = null)
{
    /// <summary>The fields that open the rating.</summary>
    public static readonly string[] Opening = ["receipt"];

    public static SupplementForm Read(IFormCollection form) => new(form.Text("key") ?? Typed.NewKey(), form.Code("receipt"), form.Text("adds") is not null, form.Text("grade"), form.Text("comment"),
        form.Text("answers") is not null, form.Text("text"));

    /// <returns>Why it was not done; null when it was, or when there was nothing to do.</returns>
    internal async Task<Refusal?> Send(Dispatcher dispatcher, CancellationToken ct)
    {
        if (Adds) return (await dispatcher.Send(new SupplementRating(Receipt ?? "", Typed.Number(Grade), Comment) { IdempotencyKey = Key }, ct)).Refusal;
        if (Answers) return (await dispatcher.Send(new AnswerRatingMessage(Receipt ?? "", Answer) { IdempotencyKey = Key }, ct)).Refusal;
        return null;
    }

    /// <summary>For the page after it was sent: opened by the same, with nothing typed.</summary>
    public SupplementForm Anew() => new(Typed.NewKey(), Receipt, Answers: Answers);
}

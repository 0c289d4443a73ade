using Feedback.Casework.Contacts;
using Feedback.Features.Ratings;

namespace Feedback.Web.Citizen.Ratings;

/// <summary>A rating as typed, so that a refused one can be shown again; null where a field was left blank.</summary>
public sealed record RateForm(
    string Key, string? Grade = null, IReadOnlyList<string>? Tags = null, string? Comment = null, string? Ticket = null, string? Visits = null, string? Item = null, string? Phone = null,
    string? Presence = null)
{
    /// <summary>Only the tags shown with the grade count: without script, ticks under another face stay behind, out of sight.</summary>
    public static RateForm Read(IFormCollection form) => new(
        form.Text("key") ?? Typed.NewKey(),
        form.Text("grade"),
        [.. form[TagsOf(form.Text("grade"))].OfType<string>()],
        form.Text("comment"),
        form.Code("ticket"),
        form.Code("visits"),
        form.Text("item"),
        form.Code("phone"),
        form.Code("presence"));

    /// <summary>The name of the tick boxes that belong to a grade.</summary>
    public static string TagsOf(string? grade) => "tags" + grade;

    public RateService Command(string token) =>
        new(token, Typed.Number(Grade) ?? 0, Tags, Comment, Ticket, Typed.Number(Visits), Phone is null ? null : new ContactDetails(null, Phone, null), Item, Presence: Presence) { IdempotencyKey = Key };
}

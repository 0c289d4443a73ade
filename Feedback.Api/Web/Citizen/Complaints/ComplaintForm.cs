using Feedback.Casework.Contacts;
using Feedback.Domain.Cases;
using Feedback.Features.Complaints;
using Feedback.Http;

namespace Feedback.Web.Citizen.Complaints;

/// <summary>A complaint as typed, so that a refused one can be shown again; null where a field was left blank.</summary>
public sealed record ComplaintForm(
    string Key, string? About = null, string? Text = null, string? Ticket = null, string? Receiver = nameof(Domain.Cases.Receiver.Hall), string? Name = null, string? Phone = null, string? Email = null, bool Urgent = false, string? Against = nameof(Domain.Cases.Against.Window))
{
    /// <summary>Files were chosen with it, now or before it was repeated.</summary>
    public bool HadPictures { get; private init; }

    /// <summary>It was repeated without the files that were chosen with it.</summary>
    public bool LacksPictures { get; private init; }

    public static ComplaintForm Read(IFormCollection form) => new(
        form.Text("key") ?? Typed.NewKey(),
        form.Text("about"),
        form.Text("text"),
        form.Code("ticket"),
        form.Text("receiver"),
        form.Text("name"),
        form.Code("phone"),
        form.Code("email"),
        form.Text("urgent") is not null,
        form.Text("against") ?? nameof(Domain.Cases.Against.Window))
    {
        HadPictures = form.HasPictures() || form.Text(SentForm.WithoutPictures) is not null,
        LacksPictures = !form.HasPictures() && form.Text(SentForm.WithoutPictures) is not null,
    };

    public FileComplaint Command(string token) => new(
        token,
        Typed.Choice<Prohibition>(About),
        Typed.Choice<Receiver>(Receiver),
        Text,
        Ticket,
        (Name, Phone, Email) is (null, null, null) ? null : new ContactDetails(Name, Phone, Email),
        Urgent ? CaseType.Urgent : null,
        Typed.Choice<Against>(Against)) { IdempotencyKey = Key };
}

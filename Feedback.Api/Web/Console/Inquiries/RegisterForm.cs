using System.Globalization;
using Feedback.Casework.Contacts;
using Feedback.Domain.Inquiries;
using Feedback.Domain.Staff;
using Feedback.Features.Inquiries;

namespace Feedback.Web.Console.Inquiries;

/// <summary>A first contact as typed, so that a refused one can be shown again; null where a field was left blank.</summary>
/// <param name="Key">Sent again, the form registers once and shows the same receipt.</param>
/// <param name="Window">The window's code.</param>
/// <param name="Item">The item's code; null for a question that names none.</param>
/// <param name="Matter">What the citizen wants.</param>
/// <param name="Materials">Those ticked for that item.</param>
/// <param name="Name">The citizen's.</param>
/// <param name="Phone">The citizen's.</param>
/// <param name="Doer">The login of who does it.</param>
public sealed record RegisterForm(
    string Key, string? Window = null, string? Item = null, string? Matter = null, IReadOnlyList<ReceivedMaterial>? Materials = null, string? Name = null, string? Phone = null, string? Doer = null)
{
    /// <summary>The fields of an item's material: whether it was handed over, and how many.</summary>
    public static string Have(string item) => $"have:{item}";

    public static string Copies(string item, string material) => $"copies:{item}:{material}";

    public static RegisterForm Read(IFormCollection form)
    {
        var item = form.Text("item");
        var names = item is null ? [] : form[Have(item)].OfType<string>();
        return new RegisterForm(
            form.Text("key") ?? Typed.NewKey(), form.Text("window"), item, form.Text("matter"),
            [.. names.Select(name => new ReceivedMaterial(name, int.TryParse(form.Code(Copies(item!, name)), NumberStyles.None, CultureInfo.InvariantCulture, out var copies) ? copies : 0))],
            form.Text("name"), form.Code("phone"), form.Text("doer"));
    }

    public RegisterFirstContact Command(Actor actor) => new(
        actor, Window, Item, Matter, Materials, Doer, (Name, Phone) is (null, null) ? null : new ContactDetails(Name, Phone, null)) { IdempotencyKey = Key };

    /// <summary>How many of a material were ticked; null when it was not.</summary>
    public int? CopiesOf(string material) => Materials?.FirstOrDefault(m => m.Name == material)?.Copies;
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Inquiries;
using Feedback.Domain.Staff;
using Feedback.Features.Complaints;
using Feedback.Features.Inquiries;

namespace Feedback.Demo;

/// <summary>The demonstration hall as db/demo/hall.json tells it.</summary>
internal sealed record HallScript(
    HallScript.HallText Hall,
    IReadOnlyList<HallScript.DepartmentText> Departments,
    IReadOnlyList<HallScript.WindowText> Windows,
    IReadOnlyList<HallScript.ItemText> Items,
    IReadOnlyList<HallScript.Person> Staff,
    IReadOnlyList<HallScript.Complaint> Complaints,
    IReadOnlyList<HallScript.FirstContact> FirstContacts,
    HallScript.Complaint OverdueNow)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static HallScript Read() => JsonSerializer.Deserialize<HallScript>(EmbeddedScript.In("demo").Single().Text, Json)!;


    internal sealed record HallText(string Code, Bilingual Name, string OpeningHours, string SupervisionPhone);

    internal sealed record DepartmentText(string Code, Bilingual Name);

    internal sealed record WindowText(string Code, string Department, Bilingual Name, Bilingual Promise);

    internal sealed record ItemText(string Code, string Department, Bilingual Name, JsonElement Guide);

    internal sealed record Person(string Login, Role Role, string Name, string? Department, string? Window, string? Phone);

    /// <param name="Filed">Working days before today.</param>
    /// <param name="Window">The window's code.</param>
    /// <param name="About">Which of the ten.</param>
    /// <param name="Receiver">Whom to tell.</param>
    /// <param name="Text">What was said.</param>
    /// <param name="Accepted">Working days after that, if ever.</param>
    /// <param name="Answered">Working days after filing, if ever.</param>
    internal sealed record Complaint(int Filed, string Window, Prohibition About, Receiver Receiver, string Text, int? Accepted, int? Answered)
    {
        public FileComplaint Command(IReadOnlyDictionary<string, string> tokens) => new(tokens[Window], About, Receiver, Text);
    }

    /// <param name="Filed">Working days before today.</param>
    /// <param name="Login">Who was asked.</param>
    /// <param name="Window">The window's code; that person's own when absent.</param>
    /// <param name="Item">The item's code.</param>
    /// <param name="Matter">What the citizen wanted.</param>
    /// <param name="Materials">What was handed over.</param>
    /// <param name="Doer">Who does it.</param>
    /// <param name="Accepted">Working days after that, if ever.</param>
    /// <param name="Answered">Working days after filing, if ever.</param>
    /// <param name="Told">Working days after filing until the one-time notice, if there was one.</param>
    /// <param name="Missing">What it asked for.</param>
    /// <param name="Acknowledged">Whether the citizen acknowledged it.</param>
    internal sealed record FirstContact(
        int Filed, string Login, string? Window, string? Item, string Matter, IReadOnlyList<ReceivedMaterial>? Materials, string? Doer, int? Accepted, int? Answered, int? Told,
        IReadOnlyList<string>? Missing, bool Acknowledged)
    {
        public RegisterFirstContact Command(Actor actor) => new(actor, Window, Item, Matter, Materials, Doer);
    }
}

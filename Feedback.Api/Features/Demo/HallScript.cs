using System.Text.Json;
using System.Text.Json.Serialization;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Features.Complaints;

namespace Feedback.Features.Demo;

/// <summary>The demonstration hall as db/demo/hall.json tells it.</summary>
internal sealed record HallScript(
    HallScript.HallText Hall,
    IReadOnlyList<HallScript.DepartmentText> Departments,
    IReadOnlyList<HallScript.WindowText> Windows,
    IReadOnlyList<HallScript.ItemText> Items,
    IReadOnlyList<HallScript.Person> Staff,
    IReadOnlyList<HallScript.Complaint> Complaints,
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

    internal sealed record Person(string Login, Role Role, string Name, string? Department, string? Window);

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
}

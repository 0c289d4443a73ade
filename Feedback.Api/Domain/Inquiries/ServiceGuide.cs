using System.Text.Json;
using Feedback.Domain.Time;

namespace Feedback.Domain.Inquiries;

/// <summary>A material as the published guide asks for it (办事指南): name, number of copies, form, who issues it.</summary>
public sealed record GuideMaterial(string Name, int Copies, string Form, string Issuer);

/// <summary>An item's published guide. What is not in it may not be demanded.</summary>
/// <param name="Promise">The promised time (承诺时限).</param>
/// <param name="LegalBasis">The law it rests on.</param>
/// <param name="Fee">What it costs.</param>
/// <param name="Materials">Everything that is needed.</param>
/// <param name="Procedure">The steps in their order.</param>
/// <param name="Conditions">Who can apply; none when the guide names none.</param>
public sealed record ServiceGuide(
    Limit Promise, string LegalBasis, string Fee, IReadOnlyList<GuideMaterial> Materials, IReadOnlyList<string> Procedure, IReadOnlyList<string>? Conditions = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    /// <exception cref="JsonException">The stored guide lacks a part.</exception>
    public static ServiceGuide Parse(string json) => JsonSerializer.Deserialize<ServiceGuide>(json, Json)!;
}

using System.Text.Json.Nodes;

namespace Feedback.Tests.Harness;

/// <summary>What came back: the status and, where it is one, the JSON.</summary>
internal sealed record Answer(int Status, JsonNode? Json, HttpResponseMessage Response)
{
    public string? Code => (string?)Json?["code"];

    public JsonNode? this[string property] => Json?[property];
}

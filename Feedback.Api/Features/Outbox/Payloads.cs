using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Feedback.Domain;
using Feedback.Features.Cases;

namespace Feedback.Features.Outbox;

/// <summary>The bodies of webhooks, in the shape of the Standard Webhooks specification: <c>{"type","timestamp","data"}</c>.</summary>
internal static class Payloads
{
    /// <summary>What a message that only says "there is a notice" is called.</summary>
    public const string Notice = "notice";

    public const string Ping = "webhook.ping";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary><c>HandOverOffered</c> is called <c>case.hand_over_offered</c>.</summary>
    public static string TypeOf(CaseEventKind kind) => "case." + JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    /// <summary>A message's kind for a person to read.</summary>
    public static Bilingual InWords(string kind) => kind switch
    {
        Notice => new("通知", "A notice"),
        Ping => new("试发", "A trial"),
        _ => Enum.GetValues<CaseEventKind>().First(k => TypeOf(k) == kind).Notice(),
    };

    public static string Write(string type, DateTimeOffset at, object data) => JsonSerializer.Serialize(new { type, timestamp = at, data }, Json);
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Feedback.Notifications;

/// <summary>The bodies of webhooks, in the shape of the Standard Webhooks specification: <c>{"type","timestamp","data"}</c>.</summary>
internal static class WebhookBody
{
    /// <summary>What a message that only says "there is a notice" is called.</summary>
    public const string Notice = "notice";

    public const string Ping = "webhook.ping";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(string type, DateTimeOffset at, object data) => JsonSerializer.Serialize(new { type, timestamp = at, data }, Json);
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Feedback.Security;

namespace Feedback.Notifications;

/// <summary>
/// Sends webhooks signed as in the Standard Webhooks specification 1.0 (symmetric scheme). No redirect is followed, and nothing of
/// the answer is kept but its status.
/// </summary>
internal sealed class WebhookClient(Vault vault, TimeProvider time) : IDisposable
{
    private const string SecretPrefix = "whsec_";

    // Connections are made anew now and then, so that a receiver that moved is found again.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("Feedback", null) } },
    };

    /// <param name="id">The message's, the same at every attempt.</param>
    /// <param name="receiver">Where to, with the sealed secret.</param>
    /// <param name="body">Signed and sent to the byte.</param>
    public async Task<DeliveryResult> Send(Guid id, WebhookReceiver receiver, string body, CancellationToken ct)
    {
        var (name, timestamp) = ("msg_" + id.ToString("N"), time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Url) { Content = content };
        request.Headers.Add("webhook-id", name);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", "v1," + Sign(vault.Open(Purpose.Webhook, receiver.Secret), $"{name}.{timestamp}.{body}"));
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return ResultOf(response);
        }
        catch (HttpRequestException e)
        {
            return DeliveryResult.Unreachable(e.HttpRequestError.ToString());
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Sign(string secret, string content) =>
        Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[SecretPrefix.Length..]), Encoding.UTF8.GetBytes(content)));

    private DeliveryResult ResultOf(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode) return DeliveryResult.Delivered;
        var error = string.Create(CultureInfo.InvariantCulture, $"http_{(int)response.StatusCode}");
        return response.StatusCode switch
        {
            HttpStatusCode.Gone => new DeliveryResult(DeliveryOutcome.Gone, error),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new DeliveryResult(DeliveryOutcome.Failed, error, AskedWait(response.Headers.RetryAfter)),
            _ => new DeliveryResult(DeliveryOutcome.Failed, error),
        };
    }

    private TimeSpan? AskedWait(RetryConditionHeaderValue? asked) => asked?.Delta ?? (asked?.Date - time.GetUtcNow());
}

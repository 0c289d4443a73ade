using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Feedback.Tests.Harness;

/// <summary>Requests with JSON, and their answers read.</summary>
internal static class Calls
{
    public static Task<Answer> PostJson(this HttpClient client, string path, object? body, string? idempotencyKey = null) =>
        Send(client, HttpMethod.Post, path, body, idempotencyKey);

    public static Task<Answer> PutJson(this HttpClient client, string path, object? body) => Send(client, HttpMethod.Put, path, body, null);

    private static async Task<Answer> Send(HttpClient client, HttpMethod method, string path, object? body, string? idempotencyKey)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await Read(await client.SendAsync(request));
    }

    public static async Task<Answer> PostRaw(this HttpClient client, string path, string body, string type = "application/json") =>
        await Read(await client.PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, type)));

    public static async Task<Answer> GetJson(this HttpClient client, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await Read(await client.SendAsync(request));
    }

    public static async Task<Answer> Read(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var json = response.Content.Headers.ContentType?.MediaType is { } type && type.EndsWith("json", StringComparison.Ordinal) && text.Length > 0
            ? JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 64 })
            : null;
        return new Answer((int)response.StatusCode, json, response);
    }
}

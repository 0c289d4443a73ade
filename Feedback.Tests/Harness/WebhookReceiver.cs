using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Feedback.Tests.Harness;

/// <summary>A webhook as its receiver got it.</summary>
internal sealed record ReceivedWebhook(string Path, string Id, string Timestamp, string Signature, string ContentType, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>As the specification tells receivers to: the bytes behind whsec_, over id, timestamp and the body as it came.</summary>
    public bool IsSignedWith(string secret)
    {
        Assert.That(secret, Does.StartWith("whsec_"));
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        var expected = Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(Id + "." + Timestamp + "." + Body)));
        return Signature.Split(' ').Contains("v1," + expected);
    }
}

/// <summary>A program elsewhere that takes webhooks, on a port of this machine.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedWebhook> _received = [];
    private readonly TaskCompletionSource _patience = new();
    private readonly WebApplication _app;

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Run(Take);
    }

    public IReadOnlyList<ReceivedWebhook> Received => [.. _received];

    /// <summary>What every path but /slow, which never answers, is answered with.</summary>
    public int Status { get; set; } = 204;

    public string? RetryAfter { get; set; }

    public string? Location { get; set; }

    public static async Task<WebhookReceiver> Start()
    {
        var receiver = new WebhookReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public string Url(string path = "/hook") => _app.Urls.First() + path;

    public async ValueTask DisposeAsync()
    {
        _patience.TrySetResult();
        await _app.DisposeAsync();
    }

    private async Task Take(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var headers = context.Request.Headers;
        _received.Enqueue(new ReceivedWebhook(
            context.Request.Path, headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(), context.Request.ContentType ?? "", await reader.ReadToEndAsync()));
        if (context.Request.Path == "/slow") await _patience.Task;
        context.Response.StatusCode = Status;
        if (RetryAfter is not null) context.Response.Headers.RetryAfter = RetryAfter;
        if (Location is not null) context.Response.Headers.Location = Location;
    }
}

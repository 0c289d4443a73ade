using System.Net.Http.Json;
using Feedback.Features.Outbox;
using Feedback.Notifications;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Feedback.Tests.Harness;

/// <summary>A test of the e-mails and webhooks that are sent, with a mail server and a receiver of webhooks that really listen.</summary>
internal abstract class OutboxTest(Engine engine) : SliceTest(engine)
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(60);

    protected MailListener Post { get; } = new();

    protected WebhookReceiver Receiver { get; private set; } = null!;

    protected HttpClient Admin { get; private set; } = null!;

    [SetUp]
    public async Task StartReceivers()
    {
        Receiver = await WebhookReceiver.Start();
        Admin = await App.SignedIn("admin");
    }

    [TearDown]
    public async Task StopReceivers()
    {
        Post.Dispose();
        Admin?.Dispose();
        if (Receiver is not null) await Receiver.DisposeAsync();
    }

    /// <summary>Not Production, which refuses receivers without TLS even on this machine.</summary>
    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Environment.EnvironmentName = "Staging";
        builder.Services.AddSingleton<IHostEnvironment>(builder.Environment);
        builder.Configuration["PublicAddress"] = "https://fw.example.gov.cn/";
        builder.Configuration["Mail:Host"] = "127.0.0.1";
        builder.Configuration["Mail:Port"] = Post.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        builder.Configuration["Mail:From"] = "no-reply@fw.example.gov.cn";
        builder.Configuration["Mail:StartTls"] = "false";
    }

    /// <summary>A courier whose attempts never end by themselves: what happens meanwhile happens while they are under way.</summary>
    protected OutboxSender PatientCourier() => new(
        App.Services.GetRequiredService<Dispatcher>(), App.Services.GetRequiredService<MailServer>(), App.Services.GetRequiredService<WebhookClient>(), NullLogger<OutboxSender>.Instance)
    {
        AttemptLimit = TimeSpan.FromHours(1),
    };

    /// <summary>Sends what is due, as the schedule would.</summary>
    protected Task SendOutbox() => App.Services.GetRequiredService<OutboxSender>().SendOutbox(LongEnough, CancellationToken.None);

    protected async Task Address(string login, string? email) =>
        Assert.That((int)(await Admin.PutAsJsonAsync($"/api/v1/staff/{login}/address", new { email })).StatusCode, Is.EqualTo(204));

    /// <returns>The webhook's key and its secret.</returns>
    protected async Task<(string Id, string Secret)> Webhook(string path = "/hook")
    {
        var created = await Admin.PostJson("/api/v1/webhooks", new { url = Receiver.Url(path), label = "督办平台" });
        Assert.That(created.Status, Is.EqualTo(201), created.Json?.ToJsonString());
        return ((string)created["id"]!, (string)created["secret"]!);
    }

    protected void Wait(TimeSpan span) => App.Clock.Now += span;

    /// <summary>The outbox's only message.</summary>
    protected async Task<System.Text.Json.Nodes.JsonNode> OnlyMessage() => (await Admin.GetJson("/api/v1/outbox"))["items"]!.AsArray().Single()!;
}

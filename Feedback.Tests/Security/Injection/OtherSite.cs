using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Feedback.Tests.Security.Injection;

/// <summary>Somebody else's site on another port of this machine: another origin, to which browsers send the same cookies along.</summary>
internal sealed class OtherSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtherSite(WebApplication app) => _app = app;

    /// <summary>A page that does nothing by itself.</summary>
    public string Address => _app.Urls.First() + "/";

    public static async Task<OtherSite> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/", () => Results.Content("<!DOCTYPE html><title>other</title>", "text/html"));
        await app.StartAsync();
        return new OtherSite(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

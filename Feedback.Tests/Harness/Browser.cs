using Microsoft.Playwright;

namespace Feedback.Tests.Harness;

/// <summary>Debian's Chromium without a window. Where it is missing it is installed, as root; a machine that cannot have it skips the test, CI fails it.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;

    private Browser(IPlaywright playwright, IBrowser chromium) => (_playwright, Chromium) = (playwright, chromium);

    public IBrowser Chromium { get; }

    public static async Task<Browser> Start()
    {
        var executable = await Command.OfDebian("chromium", "chromium", "fonts-noto-cjk");
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        }));
    }

    /// <summary>A phone held upright.</summary>
    public Task<IBrowserContext> Phone(bool script, ColorScheme colours = ColorScheme.Light, float scale = 1) => Chromium.NewContextAsync(new()
    {
        ViewportSize = new() { Width = 390, Height = 844 },
        DeviceScaleFactor = scale,
        JavaScriptEnabled = script,
        ColorScheme = colours,
        Locale = "zh-CN",
    });

    public async ValueTask DisposeAsync()
    {
        await Chromium.DisposeAsync();
        _playwright.Dispose();
    }
}

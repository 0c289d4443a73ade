using Microsoft.Playwright;

namespace Feedback.Tests.Harness;

/// <summary>Debian's Chromium without a window. Where it is missing it is installed, as root; a machine that cannot have it skips the test, CI fails it.</summary>
internal sealed class Browser : IAsyncDisposable
{
    /// <summary>For anything that is waited for. Generous: the machine is busy with other tests.</summary>
    private const int Patience = 60_000;

    private const string Font = "fonts-noto-cjk";

    private readonly IBrowser _chromium;
    private readonly IPlaywright _playwright;

    private Browser(IPlaywright playwright, IBrowser chromium) => (_playwright, _chromium) = (playwright, chromium);

    public static async Task<Browser> Start()
    {
        // The shell is Chromium without what only a person at a screen needs; it takes two thirds of the time. Not every system has it.
        var executable = await Command.FindOrInstall("chromium-headless-shell", "chromium-headless-shell", Font) ?? await Command.OfDebian("chromium", "chromium", Font);
        var playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        }));
    }

    /// <summary>A phone held upright.</summary>
    public Task<IBrowserContext> Phone(bool script, ColorScheme colours = ColorScheme.Light, float scale = 1) => Open(new()
    {
        ViewportSize = new() { Width = 390, Height = 844 },
        DeviceScaleFactor = scale,
        JavaScriptEnabled = script,
        ColorScheme = colours,
        Locale = "zh-CN",
    });

    /// <summary>A screen at work, in a room of the application.</summary>
    public Task<IBrowserContext> Desk(TestApp app, int width = 1280, int height = 800) => Open(new()
    {
        BaseURL = app.Address.AbsoluteUri,
        ViewportSize = new() { Width = width, Height = height },
        Locale = "zh-CN",
    });

    public async Task<IBrowserContext> Open(BrowserNewContextOptions options)
    {
        var context = await _chromium.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        _playwright.Dispose();
    }
}

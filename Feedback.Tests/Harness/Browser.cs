using System.Diagnostics;
using Microsoft.Playwright;

namespace Feedback.Tests.Harness;

/// <summary>Debian's Chromium without a window. Where it is missing it is installed, as root; a machine that cannot have it skips the test, CI fails it.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";
    private static readonly TimeSpan InstallMayTake = TimeSpan.FromMinutes(5);
    private static readonly Lazy<Task<string?>> Obstacle = new(Install);

    private readonly IPlaywright _playwright;

    private Browser(IPlaywright playwright, IBrowser chromium) => (_playwright, Chromium) = (playwright, chromium);

    public IBrowser Chromium { get; }

    public static async Task<Browser> Start()
    {
        if (await Obstacle.Value is { } reason)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(reason);
            Assert.Ignore(reason);
        }

        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
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

    /// <summary>Why there is no browser here; null when there is one.</summary>
    private static async Task<string?> Install()
    {
        if (File.Exists(Executable)) return null;
        if (!File.Exists("/usr/bin/apt-get") || !Environment.IsPrivilegedProcess) return $"{Executable} is missing, and only root can install it (apt-get install chromium fonts-noto-cjk).";
        try
        {
            await Run("apt-get", "update");
            await Run("apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk");
            return File.Exists(Executable) ? null : $"apt-get installed chromium, but not as {Executable}.";
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            return "Chromium is missing and could not be installed. " + e.Message;
        }
    }

    private static async Task Run(string command, params string[] args)
    {
        var start = new ProcessStartInfo(command, args) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } };
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(InstallMayTake);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        await output;
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command} {string.Join(' ', args)}: {await errors}");
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace Feedback.Tests.Harness;

/// <summary>What a program did: its exit code and all it wrote.</summary>
internal sealed record Ran(int ExitCode, string Output, string Errors);

/// <summary>Runs other programs to their end.</summary>
internal static class Command
{
    // Only a program that hangs should meet it: publishing beside the other tests took more than five minutes on a machine at half its speed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private static readonly SemaphoreSlim OneInstaller = new(1);
    private static readonly ConcurrentDictionary<string, string> WhyNot = [];

    /// <summary>The dotnet that runs the tests.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The root of the checkout.</summary>
    public static string Root { get; } = Above(TestContext.CurrentContext.TestDirectory);

    public static async Task<Ran> Run(string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        using var process = new Process { StartInfo = Describe(program, arguments, folder, settings) };
        process.Start();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end in {Patience}.");
        }

        return new Ran(process.ExitCode, await output, await errors);
    }

    /// <summary>A start with these settings and none that the test run itself was given.</summary>
    public static ProcessStartInfo Describe(string program, IEnumerable<string> arguments, string? folder, IReadOnlyDictionary<string, string>? settings)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? Root };
        foreach (var inherited in start.Environment.Keys.Where(IsOfTheTestRun).ToList()) start.Environment.Remove(inherited);
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return start;
    }

    /// <summary>
    /// The path of a program of Debian's, installed first where that is possible. Without it the test is skipped with the
    /// reason; where CI is set, that is a failure.
    /// </summary>
    public static async Task<string> OfDebian(string name, params string[] packages)
    {
        if (await FindOrInstall(name, packages) is { } path) return path;
        var reason = $"/usr/bin/{name} is missing: apt-get install {string.Join(' ', packages)}. {WhyNot[name]}";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(reason);
        Assert.Ignore(reason);
        return "";
    }

    /// <summary>As <see cref="OfDebian"/>; null where it is missing and cannot be had, which is tried once in a run.</summary>
    public static async Task<string?> FindOrInstall(string name, params string[] packages)
    {
        var path = "/usr/bin/" + name;
        await OneInstaller.WaitAsync();
        try
        {
            if (!File.Exists(path) && !WhyNot.ContainsKey(name)) WhyNot[name] = Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get") ? await Install(packages) : "";
        }
        finally
        {
            OneInstaller.Release();
        }

        return File.Exists(path) ? path : null;
    }

    private static async Task<string> Install(IEnumerable<string> packages)
    {
        var quiet = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" };
        var updated = await Run("/usr/bin/apt-get", ["update", "-q"], settings: quiet);
        var installed = await Run("/usr/bin/apt-get", ["install", "-q", "-y", "--no-install-recommends", .. packages], settings: quiet);
        return updated.Errors + installed.Errors;
    }

    private static bool IsOfTheTestRun(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase) || name is "DOTNET_ENVIRONMENT" or "TestingPlatform";

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "Feedback.sln")) ? folder : Above(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside a checkout."));
}

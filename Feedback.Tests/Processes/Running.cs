using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Feedback.Demo;
using Feedback.Domain.Halls;
using Feedback.Domain.Staff;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Processes;

/// <summary>A published program as a process of its own, with signals instead of method calls.</summary>
internal sealed partial class Running : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private Running(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => _lines.Enqueue(e.Data ?? "");
        process.ErrorDataReceived += (_, e) => _lines.Enqueue(e.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>When the table of addresses was seen.</summary>
    public DateTimeOffset PrintedAt { get; private set; }

    /// <summary>Everything it wrote so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Settings of a first start in Development with everything in one folder, on a free port.</summary>
    public static Dictionary<string, string> Settings(string folder, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ConnectionStrings__Feedback"] = $"Data Source={Path.Combine(folder, "feedback.db")}",
            ["Security__MasterKeyFile"] = Path.Combine(folder, "master.key"),

            // One address plays a whole town.
            ["Limits__WritesOfNetwork"] = "0",
            ["Limits__ReadsOfNetwork"] = "0",
        };
        foreach (var (name, value) in more) settings[name] = value;
        return settings;
    }

    public static Running Start(string program, string folder, params (string Name, string Value)[] settings) =>
        new(new Process { StartInfo = Command.Describe(Command.Dotnet, [program], folder, Settings(folder, settings)) });

    /// <summary>
    /// Signs in by the form, as a person does; <paramref name="ahead"/> is how far the program's clock is ahead of ours, and
    /// <paramref name="home"/> where a person who needs a code is led.
    /// </summary>
    public static async Task<HttpClient> SignIn(Uri site, string login, TimeSpan ahead = default, string home = "/console/cases")
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(site, "/") };
        var form = await client.GetStringAsync("/console/sign-in");
        using var filled = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = FormToken().Match(form).Groups[1].Value,
            ["login"] = login,
            ["password"] = "feedback-demo",
        });
        using var answer = await client.PostAsync("/console/sign-in", filled);
        Assert.That(answer.IsSuccessStatusCode, $"{login} signs in: {(int)answer.StatusCode}");
        if (answer.RequestMessage!.RequestUri!.AbsolutePath != "/console/sign-in/code") return client;

        using var code = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = FormToken().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value,
            ["code"] = SignInCode.Of(PresenceCode.StepAt(DateTimeOffset.UtcNow + ahead), DemoHall.Secret),
        });
        using var entered = await client.PostAsync(answer.RequestMessage.RequestUri, code);
        Assert.That((entered.IsSuccessStatusCode, entered.RequestMessage!.RequestUri!.AbsolutePath), Is.EqualTo((true, home)), "the code is taken");
        return client;
    }

    /// <summary>The addresses of the table that a start in Development prints, once it has and the service is ready.</summary>
    public async Task<IReadOnlyList<Uri>> Addresses()
    {
        var table = await Eventually(() => Task.FromResult(Address().Matches(Output) is { Count: >= 4 } found ? found : null), "the table of addresses");
        PrintedAt = DateTimeOffset.UtcNow;
        var addresses = table.Select(m => new Uri(m.Value)).ToList();
        using var client = new HttpClient { BaseAddress = addresses[0] };
        await Eventually(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode ? client : null, "readiness");
        return addresses;
    }

    /// <summary>Asks until there is an answer.</summary>
    public async Task<T> Eventually<T>(Func<Task<T?>> ask, string what, TimeSpan? patience = null)
        where T : class
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < (patience ?? Patience) && !_process.HasExited;)
        {
            if (await ask() is { } answer) return answer;
            await Task.Delay(100);
        }

        throw new AssertionException($"No sign of {what}. The program {(_process.HasExited ? "ended" : "runs")} and wrote:\n{Output}");
    }

    /// <summary>Sends it a signal, such as STOP or CONT.</summary>
    public Task Signal(string name) => Command.Run("/bin/kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>Asks it to stop (SIGTERM) and returns its exit code.</summary>
    public async Task<int> Stop()
    {
        await Signal("TERM");
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it without warning (SIGKILL).</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Kill();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://[^\s│]+")]
    private static partial Regex Address();

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]* value="([^"]+)""")]
    private static partial Regex FormToken();
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Benchmarks;

/// <summary>Many citizens at once, in a process of their own: <c>dotnet Feedback.Tests.dll load URL TOKEN CONNECTIONS SECONDS</c>.</summary>
internal static class RatingLoad
{
    /// <summary>What came of it, in milliseconds.</summary>
    public sealed record Result(int Accepted, int Refused, double Seconds, double Median, double At99)
    {
        public double PerSecond => Accepted / Seconds;
    }

    // The assembly is set up as the server is; citizens are small programs.
    private static readonly Dictionary<string, string> SmallProgram = new() { ["DOTNET_gcServer"] = "0" };

    /// <summary>Runs the load from another process.</summary>
    public static async Task<Result> Elsewhere(Uri url, string window, int connections, int seconds)
    {
        var ran = await Command.Run(Command.Dotnet, [typeof(RatingLoad).Assembly.Location, "load", url.ToString(), window, Text(connections), Text(seconds)], settings: SmallProgram);
        Assert.That(ran.ExitCode, Is.Zero, ran.Errors);
        return JsonSerializer.Deserialize<Result>(ran.Output)!;
    }

    /// <summary>The load itself.</summary>
    public static async Task<Result> Run(Uri url, string window, int connections, TimeSpan length)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections });
        var (run, next, refused) = (Guid.NewGuid().ToString("N"), 0, 0);
        var waits = new ConcurrentBag<List<double>>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var own = new List<double>();
            while (clock.Elapsed < length)
            {
                // As the page sends it: a ticket, a tag and a key of its own.
                var n = Interlocked.Increment(ref next);
                using var request = new HttpRequestMessage(HttpMethod.Post, url);
                request.Content = JsonContent.Create(new { window, grade = 4, tags = new[] { "413" }, ticket = string.Create(CultureInfo.InvariantCulture, $"{run[..16]}-{n}") });
                request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
                var sent = Stopwatch.GetTimestamp();
                using var answer = await client.SendAsync(request);
                if (answer.StatusCode == HttpStatusCode.Created) own.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                else Interlocked.Increment(ref refused);
            }

            waits.Add(own);
        })));
        var (took, sorted) = (clock.Elapsed.TotalSeconds, waits.SelectMany(w => w).Order().ToList());
        return new Result(sorted.Count, refused, took, At(sorted, 0.5), At(sorted, 0.99));
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)Math.Ceiling(share * sorted.Count) - 1];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

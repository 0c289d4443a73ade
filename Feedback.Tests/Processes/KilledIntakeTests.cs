using System.Collections.Concurrent;
using System.Globalization;
using Dapper;
using Feedback.Tests.Harness;
using Microsoft.Data.Sqlite;

namespace Feedback.Tests.Processes;

/// <summary>
/// Many citizens rate while the program is killed at random moments (SIGKILL) and started again. Whoever got no answer asks again
/// with the same key. What was acknowledged is there, nothing is there twice, and the counts say the same.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class KilledIntakeTests : IDisposable
{
    private const int Citizens = 64;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("feedback-intake-");
    private readonly ConcurrentDictionary<int, string> _acknowledged = new();
    private readonly ConcurrentQueue<int> _unanswered = new();
    private int _sent;

    public void Dispose() => _folder.Delete(recursive: true);

    [TestCase(3)]
    [TestCase(20, Explicit = true, Category = "Benchmark")]
    public async Task Every_acknowledged_rating_outlives_the_program_and_none_is_there_twice(int kills)
    {
        var random = TestContext.CurrentContext.Random;
        foreach (var file in Directory.EnumerateFiles(Published.Seeded)) File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        var seeded = await Receipts();
        var interrupted = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            await using var api = Running.Start(Published.Api, _folder.FullName);
            var site = await Site(api);
            var known = _acknowledged.Count;
            using var over = new CancellationTokenSource();
            var load = Load(site, over.Token);
            await api.Eventually(() => Task.FromResult(_acknowledged.Count > known + 50 ? "" : null), "ratings");
            await Task.Delay(random.Next(0, 500));
            await api.Kill();
            await over.CancelAsync();
            await load;
            if (!_unanswered.IsEmpty) interrupted++;

            var stored = await Receipts();
            Assert.That(_acknowledged.Values.Except(stored), Is.Empty, "acknowledged and lost");
        }

        // Whoever is still without an answer asks again; then the program is asked to stop.
        await using var last = Running.Start(Published.Api, _folder.FullName);
        var address = await Site(last);
        using (var client = new HttpClient())
        {
            while (_unanswered.TryDequeue(out var n)) Assert.That(await Rate(client, address, n, CancellationToken.None), Is.True);
        }

        using (var over = new CancellationTokenSource())
        {
            var load = Load(address, over.Token);
            await Task.Delay(200);
            Assert.That(await last.Stop(), Is.Zero);
            await over.CancelAsync();
            await load;
        }

        var all = (await Receipts()).Except(seeded).ToList();
        Assert.That(_acknowledged.Values.Except(all), Is.Empty, "acknowledged and lost");
        Assert.That(all, Has.Count.InRange(_acknowledged.Count, _acknowledged.Count + _unanswered.Count), "stored without or beyond an answer");
        Assert.That(_acknowledged.Values, Is.Unique);

        var month = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(DateTimeOffset.UtcNow, "Asia/Shanghai").ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var recount = await Command.Run(Command.Dotnet, [Published.Api, "recount", month], _folder.FullName, Running.Settings(_folder.FullName));
        Assert.That(recount.ExitCode, Is.Zero, recount.Output + recount.Errors);
        await TestContext.Out.WriteLineAsync($"{_acknowledged.Count} ratings acknowledged, {kills} kills, {interrupted} of them while ratings were under way; all are there, none twice.");
    }

    private async Task Load(Uri site, CancellationToken over)
    {
        using var client = new HttpClient();
        await Task.WhenAll(Enumerable.Range(0, Citizens).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                var n = _unanswered.TryDequeue(out var again) ? again : Interlocked.Increment(ref _sent);
                if (await Rate(client, site, n, over)) continue;
                _unanswered.Enqueue(n);
                return;
            }
        }, CancellationToken.None)));
    }

    /// <summary>False when there was no answer.</summary>
    private async Task<bool> Rate(HttpClient client, Uri site, int n, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(site, "/api/v1/ratings"));
            request.Content = System.Net.Http.Json.JsonContent.Create(new { window = site.Segments[^1], grade = 3 + (n % 3), ticket = n % 2 == 0 ? $"K{n}" : null });
            request.Headers.Add("Idempotency-Key", $"killed-{n}");
            using var answer = await client.SendAsync(request, ct);
            var json = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct));
            Assert.That((int)answer.StatusCode, Is.EqualTo(201), json?.ToJsonString());
            Assert.That(_acknowledged.TryAdd(n, ((string)json!["receipt"]!).Replace("-", "", StringComparison.Ordinal)), "one answer each");
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return false;
        }
    }

    private static async Task<Uri> Site(Running api) => (await api.Addresses())[0];

    private async Task<IReadOnlyList<string>> Receipts()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "feedback.db")};Pooling=False");
        return [.. await connection.QueryAsync<string>("select receipt from rating")];
    }
}

using System.Globalization;

namespace Feedback.Tests.Benchmarks;

/// <summary>
/// How many ratings a second are taken, durably and through the whole pipeline, beside an empty endpoint of the same server and
/// beside one transaction per rating. FEEDBACK_BENCH_SECONDS sets how long each run takes (10). Results: docs/performance.md.
/// </summary>
[Explicit]
[Category("Benchmark")]
[NonParallelizable]
internal sealed class Intake
{
    private const int Rounds = 3;

    private static readonly int Seconds = int.Parse(Environment.GetEnvironmentVariable("FEEDBACK_BENCH_SECONDS") ?? "10", CultureInfo.InvariantCulture);

    [TestCase(64)]
    [TestCase(256)]
    public async Task Ratings_in_groups_beside_an_empty_endpoint_and_beside_one_transaction_each(int connections)
    {
        await using var grouped = await RatingServer.Start(largest: 256);
        await using var single = await RatingServer.Start(largest: 1);
        var (groups, empty, singles) = (new List<RatingLoad.Result>(), new List<RatingLoad.Result>(), new List<RatingLoad.Result>());
        for (var round = 0; round <= Rounds; round++)
        {
            // The first round warms up.
            var seconds = round == 0 ? 5 : Seconds;
            var ran = (Empty: await Load(grouped, "bench/empty", connections, seconds), Groups: await Load(grouped, "api/v1/ratings", connections, seconds), Singles: await Load(single, "api/v1/ratings", connections, seconds));
            if (round == 0) continue;
            empty.Add(ran.Empty);
            groups.Add(ran.Groups);
            singles.Add(ran.Singles);
        }

        var (ofEmpty, ofSingle) = (Rate(groups) / Rate(empty), Rate(groups) / Rate(singles));
        await Say($"{connections} connections: {ofEmpty:F2} of the empty endpoint, {ofSingle:F1} times one transaction each; medians of {Rounds} runs of {Seconds} s, interleaved.");
        foreach (var (name, results) in new[] { ("groups", groups), ("empty", empty), ("single", singles) })
        {
            await Say($"  {name,-7} {string.Join(", ", results.Select(r => $"{r.PerSecond:N0}/s (median {r.Median:F1} ms, 99th percentile {r.At99:F1} ms, refused {r.Refused})"))}");
        }

        Assert.That(await grouped.Stop() + await single.Stop(), Is.Empty, "what a recount finds wrong");
        Assert.That(ofEmpty, Is.GreaterThanOrEqualTo(connections == 256 ? 0.5 : 0));
        Assert.That(ofSingle, Is.GreaterThanOrEqualTo(connections == 256 ? 3 : 0));
        if (connections == 64) Assert.That(groups.Max(g => g.At99), Is.LessThanOrEqualTo(50));
    }

    private static double Rate(IEnumerable<RatingLoad.Result> results) => results.Select(r => r.PerSecond).Order().ElementAt(Rounds / 2);

    private static Task<RatingLoad.Result> Load(RatingServer server, string path, int connections, int seconds) =>
        RatingLoad.Elsewhere(new Uri(server.Site, path), server.Window, connections, seconds);

    private static Task Say(string line) => TestContext.Progress.WriteLineAsync(line);
}

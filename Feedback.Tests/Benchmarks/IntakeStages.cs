using System.Diagnostics;
using System.Globalization;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Features.Ratings;
using Feedback.Pipeline;
using Feedback.Security;
using Feedback.Tests.Harness;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Benchmarks;

/// <summary>
/// What one rating costs, stage by stage of its way: time and allocated bytes of the product's own parts, called as the pipeline
/// calls them, one thread, groups of 64 and 256. Results: docs/performance.md.
/// </summary>
[Explicit]
[Category("Benchmark")]
[NonParallelizable]
internal sealed class IntakeStages
{
    // Once in fifty runs two receipts are alike: the product draws again, this ends.
    private const int Ratings = 131_072;

    private static readonly string[] Tags = ["413"];

    [TestCase(64)]
    [TestCase(256)]
    public async Task Of_one_rating(int size)
    {
        await using var app = await TestApp.Start();
        var window = await app.Token("A01");
        var (vault, validator) = (app.Services.GetRequiredService<Vault>(), app.Services.GetRequiredService<IValidator<RateService>>());
        var stages = new Stages();
        for (var sent = 0; sent < Ratings; sent += size)
        {
            // The first half warms up: the runtime needs some seconds to compile the code for good.
            if (sent == Ratings / 2) stages.Clear();

            // Keys bear the time: in a clock that stands still they would lie anywhere in their index.
            app.Clock.Now += TimeSpan.FromMilliseconds(10);
            var commands = Enumerable.Range(sent, size).Select(n => new RateService(window, 4, Tags, Ticket: Text(n))
            {
                IdempotencyKey = Guid.CreateVersion7().ToString(),
                Source = new RequestSource("device-" + Text(n), "192.0.2." + Text(n % 250)),
            }).ToList();

            stages.Run("validate", () => commands.ForEach(c => Assert.That(validator.Validate(c).IsValid)));
            var asked = stages.Run("key and hash", () => commands.ConvertAll(c => IdempotencyEntry.Of(c, vault).Value!));

            await using var scope = app.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            var answers = scope.ServiceProvider.GetRequiredService<IdempotentAnswers>();
            var handler = scope.ServiceProvider.GetRequiredService<IGroupHandler<RateService, RateService.Receipt>>();
            await stages.Run("begin", () => db.Begin(write: true, CancellationToken.None));
            await stages.Run("asked before?", () => answers.Find<Outcome<RateService.Receipt>>(asked, CancellationToken.None));
            var writes = new WriteBatch();
            var outcomes = await stages.Run("judge", () => handler.Handle(commands, writes, CancellationToken.None));
            Assert.That(outcomes.Select(o => o.Refusal), Is.All.Null);
            stages.Run("seal answers", () =>
            {
                answers.Keep([.. asked.Zip(outcomes)], writes);
                return 0;
            });
            await stages.Run("write", () => db.Execute(writes, CancellationToken.None));
            await stages.Run("commit", () => db.Commit(CancellationToken.None));
        }

        await stages.Tell($"groups of {size}", Ratings / 2);
        Assert.That(await app.Sql<int>("select count(*) from rating"), Is.EqualTo(Ratings));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Sums of time and of bytes, by the name of the stage; all of it happens on one thread.</summary>
    private sealed class Stages
    {
        private readonly Dictionary<string, (TimeSpan Took, TimeSpan Cpu, long Bytes)> _sums = [];

        public void Clear() => _sums.Clear();

        public void Run(string name, Action work) => Run(name, () =>
        {
            work();
            return 0;
        });

        public T Run<T>(string name, Func<T> work)
        {
            var (bytes, cpu, clock) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            var result = work();

            // SQLite has no waiting of its own: what it began it has ended here.
            if (result is Task task) task.GetAwaiter().GetResult();
            var (took, used, before) = (clock.Elapsed, Environment.CpuUsage.TotalTime - cpu, _sums.GetValueOrDefault(name));
            _sums[name] = (before.Took + took, before.Cpu + used, before.Bytes + GC.GetAllocatedBytesForCurrentThread() - bytes);
            return result;
        }

        public async Task Tell(string what, int ratings)
        {
            var all = _sums.Values.Sum(s => s.Took.TotalMicroseconds);
            await TestContext.Progress.WriteLineAsync($"{what}: {all / ratings:F1} µs and {_sums.Values.Sum(s => s.Bytes) / ratings:N0} bytes a rating");
            foreach (var (name, (took, cpu, bytes)) in _sums)
            {
                await TestContext.Progress.WriteLineAsync($"  {name,-14} {took.TotalMicroseconds / ratings,6:F1} µs  {took.TotalMicroseconds / all,4:P0}  {cpu.TotalMicroseconds / ratings,6:F1} µs of processor  {bytes / ratings,6:N0} bytes");
            }
        }
    }
}

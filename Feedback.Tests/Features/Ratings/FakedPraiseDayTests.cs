using Feedback.Features.Ratings;
using Feedback.Features.Statistics;
using Feedback.Pipeline;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Ratings;

/// <summary>A day of 1,000 honest ratings and 60 faked ones, through the product's own pipeline and judged as it goes.</summary>
internal sealed class FakedPraiseDayTests(Engine engine) : SliceTest(engine)
{
    private const int HonestOnes = 1000;
    private const int FakedOnes = 60;

    private static readonly TimeSpan Judging = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, string> _tokens = [];

    protected override string Now => "2026-11-16T06:00";

    [Test]
    public async Task Faked_praise_is_flagged_and_honest_praise_is_not([Values(1, 2, 3)] int seed)
    {
        var hall = new HallDay(seed);
        var patterns = new Dictionary<Guid, string?>();
        var midnight = TestApp.Local("2026-11-16T00:00");
        var day = new PriorityQueue<Sent, TimeSpan>(hall.Honest(HonestOnes).Concat(hall.Faked()).Select(s => (s, s.At)));
        for (var judgedAt = TimeSpan.Zero; day.TryDequeue(out var sent, out var at);)
        {
            if (at - judgedAt > Judging)
            {
                await Judge();
                judgedAt = at;
            }

            App.Clock.Now = midnight + at;
            var rated = await App.Send(new RateService(await Token(sent.Window), sent.Grade, [], sent.Comment, sent.Ticket) { Source = new RequestSource(sent.Device, sent.Network) });
            if (rated.Refusal is null)
            {
                patterns.Add(rated.Value.Id, sent.Pattern);
                continue;
            }

            // What the limits of a device refuse is no rating.
            Assert.That(rated.Refusal.Code, Is.EqualTo("device_rated_this_window").Or.EqualTo("device_rated_enough_today"));
            Assert.That(sent.Pattern, Is.Null, "the faked ones keep to the limits");
            var instead = hall.Instead(at);
            day.Enqueue(instead, instead.At);
        }

        await Judge();
        await Report(patterns, seed);
        Assert.That((await App.Send(new Recount("2026-11"))).Value.Differences, Is.Empty);
    }

    private async Task Report(Dictionary<Guid, string?> patterns, int seed)
    {
        var flags = (await App.Query("select rating_id, signal from rating_flag")).ToLookup(r => new Guid((byte[])r["rating_id"]!, bigEndian: true), r => (string)r["signal"]!);
        var mistaken = patterns.Where(p => p.Value is null && flags.Contains(p.Key)).ToList();
        var found = patterns.Count(p => p.Value is not null && flags.Contains(p.Key));
        var honest = patterns.Count(p => p.Value is null);
        var byPattern = patterns.Where(p => p.Value is not null).GroupBy(p => p.Value!).Select(g => $"{g.Key} {g.Count(p => flags.Contains(p.Key))}/{g.Count()}");
        var why = mistaken.SelectMany(p => flags[p.Key]).CountBy(s => s).Select(s => $"{s.Key} {s.Value}");
        var line = $"Seed {seed}: {found} of {FakedOnes} faked ratings flagged ({string.Join(", ", byPattern)}); {mistaken.Count} of {honest} honest ones by mistake ({string.Join(", ", why)}).";
        await TestContext.Out.WriteLineAsync(line);
        await TestContext.Progress.WriteLineAsync(line);

        Assert.That((honest, patterns.Count - honest), Is.EqualTo((HonestOnes, FakedOnes)));
        Assert.That(found, Is.GreaterThanOrEqualTo(FakedOnes * 0.95));
        Assert.That(mistaken, Has.Count.LessThanOrEqualTo((int)(honest * 0.01)));
    }

    private async Task<string> Token(string window) => _tokens.TryGetValue(window, out var known) ? known : _tokens[window] = await App.Token(window);

    private async Task Judge()
    {
        while ((await App.Send(new JudgeRatings())).Value.NextAt is not null)
        {
        }
    }
}

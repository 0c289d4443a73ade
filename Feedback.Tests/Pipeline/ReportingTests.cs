using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Feedback.Features.Ratings;
using Feedback.Pipeline;
using Feedback.Tests.Harness;
using Feedback.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Feedback.Tests.Pipeline;

/// <summary>What became of a message is counted and, when it was not done, logged under the id that its answer bears.</summary>
internal sealed class ReportingTests(Engine engine) : SliceTest(engine)
{
    private static readonly AsyncLocal<List<Measured>?> Here = new();

    private readonly ConcurrentQueue<string> _lines = [];

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Logging:LogLevel:Feedback"] = "Information" });
        builder.Logging.ClearProviders().AddProvider(new LogTests.Log(_lines));
    }

    [Test]
    public async Task Every_message_is_measured_with_what_became_of_it()
    {
        using var listener = Listen();
        var seen = Here.Value = [];
        var window = await App.Token("A01");
        await App.Send(new RateService(window, 5));
        await App.Send(new RateService(window, 9));
        await App.Send(new RateService("no-such-token", 5));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Assert.That(async () => await Dispatcher.Send(new ShowRating("0000-0000"), cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        await App.Sql<int>("drop table rating_tag");
        Assert.That(async () => await App.Send(new RateService(window, 5, ["510"])), Throws.Exception);

        Assert.That(seen.Select(m => (m.Message, m.Outcome)), Is.EqualTo(new[]
        {
            ("RateService", "ok"), ("RateService", "grade_out_of_range"), ("RateService", "window_unknown"), ("ShowRating", "cancelled"), ("RateService", "failed"),
        }));
        Assert.That(seen.Select(m => m.Seconds), Is.All.InRange(0, 60));
        Assert.That(seen[0].Seconds, Is.GreaterThan(0));
    }

    [Test]
    public async Task A_refusal_and_a_failure_are_logged_under_the_id_that_the_answer_bears_and_quote_nothing()
    {
        const string typed = "绝密的留言";
        var refused = await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 9, comment = typed });
        await App.Sql<int>("drop table rating_tag");
        var failed = await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 5, tags = new[] { "510" }, comment = typed });

        Assert.That((refused.Status, failed.Status), Is.EqualTo((400, 500)));
        var (first, second) = ((string)refused["traceId"]!, (string)failed["traceId"]!);
        Assert.That(new[] { first, second }, Is.Unique.And.All.Match("^[0-9a-f]{32}$"));
        Assert.That(_lines, Has.Some.Match($"^RateService was refused \\(grade_out_of_range\\) after [0-9]+ ms; trace {first}\\."));
        Assert.That(_lines, Has.Some.Match($"^RateService failed with \\w+ after [0-9]+ ms; trace {second}\\."));
        Assert.That(_lines, Has.Some.StartsWith($"A request failed. Trace {second}."));
        Assert.That(_lines, Has.None.Contain(typed));
    }

    [Test]
    public async Task Each_answer_has_an_id_of_its_own_where_nobody_logs()
    {
        await using var silent = await TestApp.Start(configure: builder => builder.Logging.ClearProviders());
        var ids = new List<string>();
        for (var n = 0; n < 2; n++) ids.Add((string)(await silent.Client.PostJson("/api/v1/ratings", new { window = "", grade = 9 }))["traceId"]!);
        Assert.That(ids, Is.Unique.And.All.Match("^[0-9a-f]{32}$"));
    }

    private Dispatcher Dispatcher => App.Services.GetRequiredService<Dispatcher>();

    /// <summary>Listens to what this test's own calls measure; other tests of this process measure under the same name.</summary>
    private static MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == "Feedback" && instrument.Name == "feedback.message.duration") own.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary(t => t.Key, t => (string)t.Value!);
            Here.Value?.Add(new Measured(named["message"], named["outcome"], seconds));
        });
        listener.Start();
        return listener;
    }

    private sealed record Measured(string Message, string Outcome, double Seconds);
}

using Feedback.Domain;
using Feedback.Features.Audit;
using Feedback.Features.Calendar;
using Feedback.Features.Escalation;
using Feedback.Features.Maintenance;
using Feedback.Features.Outbox;
using Feedback.Features.Ratings;
using Feedback.Pipeline;

namespace Feedback.Schedule;

/// <summary>When a job runs.</summary>
/// <param name="Cron">For Hangfire; six fields where seconds matter.</param>
/// <param name="Period">For the schedule inside: how long to wait between two runs.</param>
internal sealed record Cadence(string Cron, TimeSpan Period)
{
    public static readonly Cadence EverySecond = new("* * * * * *", TimeSpan.FromSeconds(1));
    public static readonly Cadence EveryMinute = new("* * * * *", TimeSpan.FromMinutes(1));
    public static readonly Cadence Hourly = new("7 * * * *", TimeSpan.FromHours(1));
}

/// <summary>A job is a shim that sends a command; the command says itself when it wants to come again sooner.</summary>
/// <param name="Id">Stable: Hangfire stores it.</param>
/// <param name="Cadence">The longest time between two runs.</param>
/// <param name="Run">Returns the instant of the next run when that is before the cadence's; null when there is no hurry.</param>
internal sealed record RecurringJob(string Id, Cadence Cadence, Func<IServiceProvider, CancellationToken, Task<DateTimeOffset?>> Run)
{
    /// <summary>A job that only sends messages.</summary>
    public RecurringJob(string id, Cadence cadence, Func<Dispatcher, CancellationToken, Task<DateTimeOffset?>> run)
        : this(id, cadence, (IServiceProvider services, CancellationToken ct) => run(services.GetRequiredService<Dispatcher>(), ct))
    {
    }
}

/// <summary>The one registry of what runs by the clock, whichever schedule runs it.</summary>
internal static class RecurringJobs
{
    public static readonly IReadOnlyList<RecurringJob> All =
    [
        new(nameof(FireDueTimers), Cadence.EverySecond, async (dispatcher, ct) => Value(await dispatcher.Send(new FireDueTimers(), ct)).NextDueAt),
        new(nameof(RecomputeClocks), Cadence.EveryMinute, async (dispatcher, ct) => Value(await dispatcher.Send(new RecomputeClocks(), ct)).NextAt),
        // Sending happens in no transaction: the courier sends its commands before and after it.
        new(nameof(OutboxSender.SendOutbox), Cadence.EverySecond, (services, ct) => services.GetRequiredService<OutboxSender>().SendOutbox(Cadence.EverySecond.Period, ct)),
        new(nameof(JudgeRatings), Cadence.EverySecond, async (services, ct) =>
        {
            // As long as it may take on any schedule: one that comes every second only would fall behind.
            var (dispatcher, time) = (services.GetRequiredService<Dispatcher>(), services.GetRequiredService<TimeProvider>());
            var started = time.GetTimestamp();
            DateTimeOffset? next;
            do next = Value(await dispatcher.Send(new JudgeRatings(), ct)).NextAt;
            while (next is not null && time.GetElapsedTime(started) < Cadence.EverySecond.Period);
            return next;
        }),
        new(nameof(MakeAnchors), Cadence.Hourly, async (dispatcher, ct) =>
        {
            Value(await dispatcher.Send(new MakeAnchors(), ct));
            return null;
        }),
        new(nameof(TidyOutbox), Cadence.Hourly, async (dispatcher, ct) =>
        {
            Value(await dispatcher.Send(new TidyOutbox(), ct));
            return null;
        }),
        new(nameof(PurgeRatingTraces), Cadence.Hourly, async (dispatcher, ct) =>
        {
            Value(await dispatcher.Send(new PurgeRatingTraces(), ct));
            return null;
        }),
        new(nameof(PurgeSessions), Cadence.Hourly, async (dispatcher, ct) =>
        {
            Value(await dispatcher.Send(new PurgeSessions(), ct));
            return null;
        }),
        new(nameof(ApplyRetention), Cadence.Hourly, async (dispatcher, ct) =>
        {
            while (Value(await dispatcher.Send(new ApplyRetention(), ct)).More)
            {
            }

            return null;
        }),
        new(nameof(PurgeIdempotencyKeys), Cadence.Hourly, async (dispatcher, ct) =>
        {
            Value(await dispatcher.Send(new PurgeIdempotencyKeys(), ct));
            return null;
        }),
    ];

    public static RecurringJob Get(string id) => All.Single(job => job.Id == id);

    // A job has nobody to refuse to: a refusal here is a defect and must be seen as one.
    private static T Value<T>(Outcome<T> outcome) => outcome.Value;
}

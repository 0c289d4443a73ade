using Feedback.Domain;
using Feedback.Features.Audit;
using Feedback.Features.Calendar;
using Feedback.Features.Escalation;
using Feedback.Features.Maintenance;
using Feedback.Features.Outbox;
using Feedback.Features.Ratings;
using Feedback.Pipeline;

namespace Feedback.Schedule;

/// <summary>The one registry of what runs by the clock, whichever process runs it.</summary>
internal static class RecurringJobs
{
    public static readonly IReadOnlyList<RecurringJob> All =
    [
        new(nameof(FireDueTimers), Cadence.EverySecond, async (dispatcher, ct) => Value(await dispatcher.Send(new FireDueTimers(), ct)).NextDueAt),
        new(nameof(RecomputeClocks), Cadence.EveryMinute, async (dispatcher, ct) => Value(await dispatcher.Send(new RecomputeClocks(), ct)).NextAt),
        // Sending happens in no transaction: the sender sends its commands before and after it.
        new(nameof(OutboxSender.SendOutbox), Cadence.EverySecond, (services, ct) => services.GetRequiredService<OutboxSender>().SendOutbox(Cadence.EverySecond.Look!.Value, ct)),
        new(nameof(JudgeRatings), Cadence.EverySecond, async (services, ct) =>
        {
            // Sets follow each other for a second at most, so that a round ends and is seen to end.
            var (dispatcher, time) = (services.GetRequiredService<Dispatcher>(), services.GetRequiredService<TimeProvider>());
            var started = time.GetTimestamp();
            DateTimeOffset? next;
            do next = Value(await dispatcher.Send(new JudgeRatings(), ct)).NextAt;
            while (next is not null && time.GetElapsedTime(started) < Cadence.EverySecond.Look);
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

    /// <summary>Null for an id that this version does not know (any more).</summary>
    public static RecurringJob? Find(string id) => All.SingleOrDefault(job => job.Id == id);

    // A job has nobody to refuse to: a refusal here is a defect and must be seen as one.
    private static T Value<T>(Outcome<T> outcome) => outcome.Value;
}

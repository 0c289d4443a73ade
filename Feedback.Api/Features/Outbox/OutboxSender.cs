using Feedback.Notifications;
using Feedback.Pipeline;

namespace Feedback.Features.Outbox;

/// <summary>
/// Sends what waits in the outbox. Claiming and settling are messages with transactions of their own; sending happens
/// between them, in none. Each lane works by itself, a few messages at a time and ten seconds an attempt, so that a slow or dead
/// receiver holds up nobody else. A process that dies between sending and settling leaves a message that is sent again under the
/// same id: delivery is at least once.
/// </summary>
internal sealed class OutboxSender(Dispatcher dispatcher, MailServer mail, WebhookClient webhooks, ILogger<OutboxSender> log) : IHostedService
{
    private readonly Lock _gate = new();
    private readonly Dictionary<OutboxGroup, Task> _working = [];
    private bool _stopping;

    /// <summary>How long the other side may take.</summary>
    internal TimeSpan AttemptLimit { get; init; } = TimeSpan.FromSeconds(10);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes up nothing more, and lets what is under way end.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _stopping = true;
            return Task.WhenAll(_working.Values).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Sets every lane with something due to work, those apart that are at work still.</summary>
    /// <param name="patience">How long to wait for the lanes; one that takes longer goes on by itself.</param>
    /// <param name="ct">Ends the waiting, not the sending.</param>
    /// <returns>When something falls due that is not yet; null when nothing will.</returns>
    public async Task<DateTimeOffset?> SendOutbox(TimeSpan patience, CancellationToken ct)
    {
        var due = (await dispatcher.Send(new ListDueGroups(), ct)).Value;
        try
        {
            await Task.WhenAll(SetToWork(due.Lanes)).WaitAsync(patience, ct);
        }
        catch (TimeoutException)
        {
            // The next run asks again; it must not wait for the slowest receiver.
        }

        return due.NextAt;
    }

    private List<Task> SetToWork(IEnumerable<OutboxGroup> lanes)
    {
        lock (_gate)
        {
            foreach (var done in _working.Where(w => w.Value.IsCompleted).ToList()) _working.Remove(done.Key);
            var idle = _stopping ? [] : lanes.Where(lane => !_working.ContainsKey(lane)).ToList();
            foreach (var lane in idle) _working[lane] = Task.Run(() => Work(lane));
            return [.. idle.Select(lane => _working[lane])];
        }
    }

    /// <summary>Until nothing of the lane is due.</summary>
    private async Task Work(OutboxGroup lane)
    {
        try
        {
            while (!Volatile.Read(ref _stopping))
            {
                var claimed = (await dispatcher.Send(new ClaimOutbox(lane))).Value;
                if (claimed.Count == 0) return;
                await Task.WhenAll(claimed.Select(Deliver));
            }
        }
#pragma warning disable CA1031 // Nobody awaits a lane that takes long: what stopped it is told here, and the next run begins it anew.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogError(e, "A lane of the outbox stopped and will be taken up again.");
        }
    }

    private async Task Deliver(ClaimOutbox.Claimed message)
    {
        var (attempt, error, retryAfter) = await Try(message);
        _ = (await dispatcher.Send(new SettleMessage(message.Id, message.Until, attempt, error, retryAfter))).Value;
    }

    private async Task<DeliveryResult> Try(ClaimOutbox.Claimed message)
    {
        using var limit = new CancellationTokenSource(AttemptLimit);
        try
        {
            return message.Webhook is { } receiver
                ? await webhooks.Send(message.Id, receiver, message.Payload, limit.Token)
                : await mail.Send(message.Id, message.Address!, EmailText.Parse(message.Payload), limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return DeliveryResult.TimedOut;
        }
#pragma warning disable CA1031 // A message that cannot be sent for a reason nobody thought of must come to rest like any other.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogError(e, "A message of the outbox could not be sent.");
            return new DeliveryResult(DeliveryOutcome.Failed, "internal");
        }
    }
}

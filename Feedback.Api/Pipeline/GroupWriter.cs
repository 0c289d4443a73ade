using System.Data.Common;
using System.Threading.Channels;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Security;

namespace Feedback.Pipeline;

/// <summary>More commands wait for the group writer than it can take: the caller should come back later.</summary>
internal sealed class BusyException : Exception
{
    public BusyException()
        : base("Too many commands wait to be written.")
    {
    }

    public BusyException(string message)
        : base(message)
    {
    }

    public BusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Decides on the commands of a group, inside the group's transaction, as if they came one after the other.</summary>
internal interface IGroupHandler<TCommand, TValue>
{
    /// <summary>One outcome for each, in their order; what those that are accepted write is added to <paramref name="writes"/>.</summary>
    Task<IReadOnlyList<Outcome<TValue>>> Handle(IReadOnlyList<TCommand> commands, WriteBatch writes, CancellationToken ct);
}

/// <param name="Largest">The most commands of one transaction: other writers wait as long as it takes.</param>
/// <param name="Waiting">As many may wait; the next is told to come back.</param>
internal sealed record GroupLimits(int Largest = 256, int Waiting = 4096);

/// <summary>
/// Writes many small commands in one transaction: what is asked of the database is asked once for all of them, and what they write
/// goes there together. Nobody is answered before the commit, so an answer means that the disk has it. The commands that arrive
/// while one group is written are the next group; alone, a command waits for nothing. When a group fails, each of its commands is
/// written again by itself, so that what spoils one touches no other.
/// </summary>
/// <remarks>
/// There is no service to start or stop: whoever comes while nobody writes sets the writer going, it ends when nothing waits, and a
/// server that waits for its requests has waited for it.
/// </remarks>
internal sealed class GroupWriter<TCommand, TValue>(IServiceScopeFactory scopes, Dialect dialect, Vault vault, GroupLimits limits, ILogger<GroupWriter<TCommand, TValue>> log)
    where TCommand : ICommand<TValue>, IGrouped
{
    // So many callers are answered by one thread, one after the other. A thread for each is woken for each (docs/performance.md).
    private const int AnsweredTogether = 32;

    private readonly Channel<Turn> _waiting = Channel.CreateBounded<Turn>(new BoundedChannelOptions(limits.Waiting) { SingleReader = true });
    private int _writing;

    /// <param name="command">It may be handled more than once; what it did before was undone.</param>
    /// <param name="ct">A command that is cancelled before its turn is left out.</param>
    /// <exception cref="BusyException">The queue is full.</exception>
    public Task<Outcome<TValue>> Write(TCommand command, CancellationToken ct)
    {
        var asked = IdempotencyEntry.Of(command, vault);
        if (asked.Refusal is { } bad) return Task.FromResult<Outcome<TValue>>(bad);
        var turn = new Turn(command, asked.Value, ct);
        if (!_waiting.Writer.TryWrite(turn)) throw new BusyException();
        if (Interlocked.Exchange(ref _writing, 1) == 0) _ = Task.Run(WriteGroups, CancellationToken.None);
        return turn.Answer.Task;
    }

    private async Task WriteGroups()
    {
        do
        {
            while (Next() is { Count: > 0 } group)
            {
                await Write(group);
                await ThoseOnTheirWay();
            }

            Interlocked.Exchange(ref _writing, 0);
        }
        while (_waiting.Reader.Count > 0 && Interlocked.Exchange(ref _writing, 1) == 0);
    }

    /// <summary>
    /// Lets the process do first what it has to do already: on a busy machine the next group is larger for it, and each group costs
    /// a flush of the disk and a dozen pages; on an idle one nothing is waited for.
    /// </summary>
    private static Task ThoseOnTheirWay() => Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);

    private List<Turn> Next()
    {
        var group = new List<Turn>();
        while (group.Count < limits.Largest && _waiting.Reader.TryRead(out var turn))
        {
            if (turn.Cancelled.IsCancellationRequested) Later(() => turn.Answer.SetCanceled(turn.Cancelled));
            else group.Add(turn);
        }

        return group;
    }

    /// <summary>What a caller does with its answer is done by another thread than the writer's.</summary>
    private static void Later(Action tell) => ThreadPool.UnsafeQueueUserWorkItem(static t => t(), tell, preferLocal: false);

    private async Task Write(List<Turn> group)
    {
        try
        {
            var outcomes = group.Count == 1 ? await Transactions.Repeated(dialect, () => Commit(group)) : await Commit(group);
            foreach (var some in group.Zip(outcomes).Chunk(AnsweredTogether)) Later(() => Array.ForEach(some, s => s.First.Answer.SetResult(s.Second)));
        }
        catch (Exception e) when (group.Count > 1 && !(e is DbException outage && dialect.IsOutage(outage)))
        {
            log.GroupBroke(group.Count, typeof(TCommand).Name, e.GetType().Name, e.StackTrace);
            foreach (var turn in group) await Write([turn]);
        }
#pragma warning disable CA1031 // Whatever it was, those who wait must be told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Later(() => group.ForEach(turn => turn.Answer.SetException(e)));
        }
    }

    private async Task<IReadOnlyList<Outcome<TValue>>> Commit(List<Turn> group)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (services, ct) = (scope.ServiceProvider, CancellationToken.None);
        return await Transactions.Once(
            services.GetRequiredService<Db>(),
            write: true,
            () => services.GetRequiredService<IdempotentAnswers>().Once<Outcome<TValue>>(
                [.. group.Select(t => t.Asked)],
                (places, writes) => services.GetRequiredService<IGroupHandler<TCommand, TValue>>().Handle([.. places.Select(p => group[p].Command)], writes, ct),
                ct),
            accepted: _ => true,
            ct);
    }

    /// <summary>One command's place in the queue.</summary>
    private sealed class Turn(TCommand command, IdempotencyEntry? asked, CancellationToken cancelled)
    {
        public TCommand Command => command;

        public IdempotencyEntry? Asked => asked;

        public CancellationToken Cancelled => cancelled;

        /// <summary>Whoever waits for it goes on in the thread that sets it: never the writer's.</summary>
        public TaskCompletionSource<Outcome<TValue>> Answer { get; } = new();
    }
}

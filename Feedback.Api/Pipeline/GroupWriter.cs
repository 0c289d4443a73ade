using System.Data.Common;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Feedback.Data;
using Feedback.Domain;
using MediatR;

namespace Feedback.Pipeline;

/// <summary>More commands wait for the group writer than it can take: the caller should come back later.</summary>
public sealed class BusyException : Exception
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

/// <summary>
/// Writes many small commands in one transaction, one after the other, each with a savepoint of its own: what one of them is refused
/// touches no other. Nobody is answered before the commit, so an answer means that the disk has it. The commands that arrive while
/// one group is written are the next group; alone, a command waits for nothing.
/// </summary>
/// <remarks>
/// There is no service to start or stop: whoever comes while nobody writes sets the writer going, it ends when nothing waits, and a
/// server that waits for its requests has waited for it.
/// </remarks>
/// <param name="dialect">Of the database.</param>
/// <param name="largest">The most commands of one transaction: other writers wait as long as it takes.</param>
internal sealed class GroupWriter(Dialect dialect, int largest = 256)
{
    /// <summary>As many may wait.</summary>
    public const int Capacity = 4096;

    private const int Attempts = 5;

    private readonly Channel<Turn> _waiting = Channel.CreateBounded<Turn>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private int _writing;

    /// <param name="db">The command's own, lent the group's transaction while its turn lasts.</param>
    /// <param name="handle">The rest of the pipeline. It may run more than once; what it did before was undone.</param>
    /// <param name="ct">A command that is cancelled before its turn is left out.</param>
    /// <exception cref="BusyException">The queue is full.</exception>
    public async Task<TResponse> Write<TResponse>(Db db, RequestHandlerDelegate<TResponse> handle, CancellationToken ct)
        where TResponse : IOutcome<TResponse>
    {
        var turn = new Turn<TResponse>(db, handle, ct);
        if (!_waiting.Writer.TryWrite(turn)) throw new BusyException();
        if (Interlocked.Exchange(ref _writing, 1) == 0) _ = Task.Run(WriteGroups, CancellationToken.None);

        // Not with the caller's token: until the turn is over, the writer uses what belongs to the caller.
        return await turn.Answer;
    }

    private async Task WriteGroups()
    {
        do
        {
            while (Next() is { Count: > 0 } group) await Write(group);
            Interlocked.Exchange(ref _writing, 0);
        }
        while (_waiting.Reader.Count > 0 && Interlocked.Exchange(ref _writing, 1) == 0);
    }

    private List<Turn> Next()
    {
        var group = new List<Turn>();
        while (group.Count < largest && _waiting.Reader.TryRead(out var turn)) group.Add(turn);
        return group;
    }

    private async Task Write(List<Turn> group)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var db = new Db(dialect);
                await db.Begin(write: true, CancellationToken.None);
                foreach (var turn in group) await turn.Take(db);
                await db.Commit(CancellationToken.None);
                break;
            }
            catch (DbException e) when (attempt < Attempts && dialect.IsConflict(e))
            {
                // A deadlock took the whole transaction; everybody's turn comes again.
            }
#pragma warning disable CA1031 // Whatever it was, those who wait must be told.
            catch (Exception e)
#pragma warning restore CA1031
            {
                foreach (var turn in group) turn.Fail(e);
                break;
            }
        }

        foreach (var turn in group) turn.Settle();
    }

    /// <summary>One command's place in the queue.</summary>
    private abstract class Turn
    {
        /// <summary>Runs the command in the group's transaction and keeps what came of it.</summary>
        /// <exception cref="Exception">The transaction is lost with all that was done in it.</exception>
        public abstract Task Take(Db group);

        /// <summary>Whatever came of it, it is not kept.</summary>
        public abstract void Fail(Exception e);

        /// <summary>Answers.</summary>
        public abstract void Settle();
    }

    private sealed class Turn<TResponse>(Db db, RequestHandlerDelegate<TResponse> handle, CancellationToken ct) : Turn
        where TResponse : IOutcome<TResponse>
    {
        private readonly TaskCompletionSource<TResponse> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // The caller's language, among others.
        private readonly ExecutionContext _context = ExecutionContext.Capture()!;

        private TResponse? _response;
        private Exception? _failure;

        public Task<TResponse> Answer => _answer.Task;

        public override async Task Take(Db group)
        {
            for (var attempt = 1; ; attempt++)
            {
                (_response, _failure) = (default, null);
                if (ct.IsCancellationRequested)
                {
                    _failure = new OperationCanceledException(ct);
                    return;
                }

                await group.Save();
                try
                {
                    _response = await Handle(group);
                    if (_response.Refusal is null) await group.Keep();
                    else await group.Undo();
                    return;
                }
                catch (Exception e) when (attempt < Attempts && (e is LostRaceException || (e is DbException conflict && group.Dialect.IsConflict(conflict))))
                {
                    await Undo(group, e);
                }
#pragma warning disable CA1031 // It is this command's failure and no other's.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    await Undo(group, e);
                    Fail(e);
                    return;
                }
            }
        }

        public override void Fail(Exception e) => _failure = e;

        public override void Settle()
        {
            switch (_failure)
            {
                case null:
                    _answer.SetResult(_response!);
                    break;
                case OperationCanceledException when ct.IsCancellationRequested:
                    _answer.SetCanceled(ct);
                    break;
                default:
                    _answer.SetException(_failure);
                    break;
            }
        }

        private async Task<TResponse> Handle(Db group)
        {
            db.Join(group);
            try
            {
                Task<TResponse>? handling = null;
                ExecutionContext.Run(_context, _ => handling = handle(), null);
                return await handling!;
            }
            finally
            {
                db.Leave();
            }
        }

        private static async Task Undo(Db group, Exception because)
        {
            try
            {
                await group.Undo();
            }
            catch (Exception e) when (e is DbException or InvalidOperationException)
            {
                ExceptionDispatchInfo.Throw(because);
            }
        }
    }
}

using System.Data;
using System.Data.Common;

namespace Feedback.Data;

/// <summary>
/// What the engines spell differently, and nothing else: it knows no table and no feature. SQL is portable and sits beside its handler;
/// no other place may ask which engine it runs on. Another engine is another dialect, its scripts and a line where it is registered.
/// </summary>
public abstract class Dialect
{
    /// <summary>Folder of the migrations below db/.</summary>
    public abstract string Name { get; }

    public abstract DbConnection Connect();

    /// <summary>After opening: what each connection must be told.</summary>
    public virtual Task Prepare(DbConnection connection, CancellationToken ct) => Task.CompletedTask;

    /// <summary>A transaction that will write takes its lock at once, so that it never fails half-way for want of it.</summary>
    public abstract ValueTask<DbTransaction> Begin(DbConnection connection, bool write, CancellationToken ct);

    /// <summary>The statement with its result cut to <c>@limit</c> rows; the statement ends with its ORDER BY.</summary>
    public abstract string Limited(string orderedSql);

    /// <summary>The statement that claims rows, each for one caller only, and returns what was claimed.</summary>
    internal abstract string Claim(RowClaim claim);

    /// <summary>What takes the place of <c>in @list</c> in a statement.</summary>
    /// <param name="parameter">With its sign: <c>@list</c>.</param>
    /// <param name="of">What the list holds.</param>
    internal abstract string In(string parameter, ListOf of);

    /// <summary>Gives the parameter the whole list, as <see cref="In"/> reads it.</summary>
    /// <param name="items">Texts, numbers or keys of 16 bytes, as they are stored.</param>
    internal abstract void BindList(IDbDataParameter parameter, IEnumerable<object> items, ListOf of);

    /// <summary>Runs statements with all their rows, in their order, in as few round trips as the engine allows.</summary>
    internal abstract Task Write(DbConnection connection, DbTransaction transaction, IReadOnlyList<WriteBatch.Statement> statements, CancellationToken ct);

    /// <summary>What a question finds for each of its rows, asked in as few round trips as the engine allows.</summary>
    internal abstract Task<IReadOnlyList<T>> QueryEach<T>(DbConnection connection, DbTransaction transaction, WriteBatch.Statement asked, CancellationToken ct);

    /// <summary>Those of a statement's rows for which it finds something, asked in as few round trips as the engine allows.</summary>
    internal abstract Task<IReadOnlyList<object>> Found(DbConnection connection, DbTransaction transaction, WriteBatch.Statement asked, CancellationToken ct);

    /// <summary>Several statements of a migration, as the engine takes them.</summary>
    public abstract IEnumerable<string> Batches(string script);

    /// <summary>Runs <paramref name="work"/> while no other process migrates the same database.</summary>
    public abstract Task WithMigrationLock(Func<DbConnection, Task> work, CancellationToken ct);

    /// <summary>The statement that stores which migrations were applied, if it is not there yet.</summary>
    public abstract string CreateJournalSql { get; }

    /// <summary>Another transaction was first (unique key, deadlock): running the whole command again can succeed.</summary>
    public abstract bool IsConflict(DbException exception);

    /// <summary>The database cannot be reached, is locked or is full: the caller should come back later.</summary>
    public abstract bool IsOutage(DbException exception);
}

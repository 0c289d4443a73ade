using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Feedback.Data;

/// <summary>SQLite in WAL mode with full durability: the embedded default.</summary>
internal sealed partial class SqliteDialect : Dialect
{
    // SQLite has one writer; waiting for it inside the process is fair and holds no thread, waiting in the engine is neither.
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, SemaphoreSlim> Gates = new();

    // The pool keeps the engine's own connections, and these keep what they were told.
    private static readonly ConditionalWeakTable<SQLitePCL.sqlite3, object> Told = [];

    // 128 MiB. A page that is written again and again, as those of an index are, is copied into the file once for all of them, and
    // few ratings meet a copy (docs/performance.md).
    private const int PagesBetweenCheckpoints = 32_000;

    private readonly string _connectionString;
    private readonly string _file;
    private readonly TimeSpan _patience;
    private readonly SemaphoreSlim _gate;

    /// <param name="connectionString">As for Microsoft.Data.Sqlite; "Default Timeout" is the wait for a lock in seconds.</param>
    public SqliteDialect(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true, Pooling = true };
        _file = Path.GetFullPath(builder.DataSource);
        builder.DataSource = _file;
        _patience = TimeSpan.FromSeconds(builder.DefaultTimeout is > 0 and < 30 ? builder.DefaultTimeout : 5);
        builder.DefaultTimeout = 1;
        _connectionString = builder.ToString();
        _gate = Gates.GetOrAdd(_file, _ => new SemaphoreSlim(1));
    }

    public override string Name => "sqlite";

    public override DbConnection Connect()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        return new SqliteConnection(_connectionString);
    }

    public override async Task Prepare(DbConnection connection, CancellationToken ct)
    {
        var engine = ((SqliteConnection)connection).Handle!;
        if (Told.TryGetValue(engine, out _)) return;
        await connection.ExecuteAsync($"pragma busy_timeout = {(int)_patience.TotalMilliseconds}; pragma synchronous = full; pragma cache_size = -16000; pragma wal_autocheckpoint = {PagesBetweenCheckpoints}");
        Told.AddOrUpdate(engine, engine);
    }

    public override async ValueTask<DbTransaction> Begin(DbConnection connection, bool write, CancellationToken ct)
    {
        var sqlite = (SqliteConnection)connection;
        if (!write) return sqlite.BeginTransaction(deferred: true);
        if (!await _gate.WaitAsync(_patience, ct)) throw new SqliteException("The database is busy.", SQLitePCL.raw.SQLITE_BUSY);
        try
        {
            return new GatedTransaction(sqlite.BeginTransaction(deferred: false), _gate);
        }
        catch
        {
            _gate.Release();
            throw;
        }
    }

    public override string Limited(string orderedSql) => orderedSql + " limit @limit";

    internal override string Claim(RowClaim claim) =>
        $"""
        update {claim.Table} set {claim.Set}
        where rowid in (select rowid from {claim.Table} where {claim.Where} order by {claim.OrderBy} limit @limit)
        returning {string.Join(", ", claim.Returning)}
        """;

    internal override string In(string parameter, ListOf of) =>
        of == ListOf.Keys ? $"in (select unhex(value) from json_each({parameter}))" : $"in (select value from json_each({parameter}))";

    internal override void BindList(IDbDataParameter parameter, IEnumerable<object> items, ListOf of) => Mapping.Bind(parameter, typeof(string), ListParameters.ToJson(items));

    internal override Task Write(DbConnection connection, DbTransaction transaction, IReadOnlyList<WriteBatch.Statement> statements, CancellationToken ct)
    {
        foreach (var statement in statements) Run((SqliteConnection)connection, statement);
        return Task.CompletedTask;
    }

    internal override async Task<IReadOnlyList<T>> QueryEach<T>(DbConnection connection, DbTransaction transaction, WriteBatch.Statement asked, CancellationToken ct)
    {
        var found = new List<T>();
        foreach (var row in asked.Rows) found.AddRange(await connection.QueryAsync<T>(new CommandDefinition(asked.Sql, row, transaction, cancellationToken: ct)));
        return found;
    }

    internal override Task<IReadOnlyList<object>> Found(DbConnection connection, DbTransaction transaction, WriteBatch.Statement asked, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<object>>(Run((SqliteConnection)connection, asked));

    public override IEnumerable<string> Batches(string script) => [script];

    public override string CreateJournalSql =>
        "create table if not exists schema_journal (script text not null primary key, checksum text not null, applied_at text not null) strict";

    public override async Task WithMigrationLock(Func<DbConnection, Task> work, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        // A lock on a file beside the database: a schema change inside a transaction cannot hold its own lock across scripts.
        await using var held = await LockFile(_file + ".migrating", ct);
        await using var connection = Connect();
        await connection.OpenAsync(ct);
        await Prepare(connection, ct);
        await connection.ExecuteAsync("pragma journal_mode = wal");
        await work(connection);
    }

    public override bool IsConflict(DbException exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE or SQLitePCL.raw.SQLITE_CONSTRAINT_PRIMARYKEY };

    public override bool IsOutage(DbException exception) =>
        exception is SqliteException
        {
            SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED or SQLitePCL.raw.SQLITE_FULL
                or SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY
        };

    private static async Task<FileStream> LockFile(string path, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                await Task.Delay(50, ct);
            }
        }
    }

    /// <summary>Opens the gate for the next writer when the transaction ends, however it ends.</summary>
    private sealed class GatedTransaction(SqliteTransaction inner, SemaphoreSlim gate) : DbTransaction, IWrappedTransaction
    {
        private bool _open;

        public DbTransaction Inner => inner;

        public override IsolationLevel IsolationLevel => inner.IsolationLevel;

        protected override DbConnection? DbConnection => inner.Connection;

        public override void Commit() => inner.Commit();

        public override void Rollback() => inner.Rollback();

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (!disposing || _open) return;
            _open = true;
            try
            {
                inner.Dispose();
            }
            finally
            {
                gate.Release();
            }
        }
    }
}

/// <summary>A transaction around the engine's own, which commands must be given.</summary>
internal interface IWrappedTransaction
{
    DbTransaction Inner { get; }
}

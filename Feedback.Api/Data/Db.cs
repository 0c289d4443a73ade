using System.Data.Common;
using Dapper;

namespace Feedback.Data;

/// <summary>
/// The database as one message sees it: one connection, one transaction, begun by the pipeline and ended by it. Handlers run
/// their SQL through it and never commit.
/// </summary>
public sealed class Db(Dialect dialect) : IAsyncDisposable
{
    private DbConnection? _connection;
    private DbTransaction? _transaction;

    public Dialect Dialect => dialect;

    public async Task Begin(bool write, CancellationToken ct)
    {
        if (_connection is null)
        {
            _connection = dialect.Connect();
            await _connection.OpenAsync(ct);
            await dialect.Prepare(_connection, ct);
        }

        _transaction = await dialect.Begin(_connection, write, ct);
    }

    public async Task Commit(CancellationToken ct)
    {
        await _transaction!.CommitAsync(ct);
        await End();
    }

    public async Task Rollback()
    {
        if (_transaction is null) return;
        await End();
    }

    /// <summary>The rows of a statement; a list of any length is the parameter of <c>column in @list</c>.</summary>
    public async Task<IReadOnlyList<T>> Query<T>(string sql, object? args, CancellationToken ct) =>
        (await _connection!.QueryAsync<T>(Command(sql, args, ct))).AsList();

    /// <summary>
    /// The answers to one question asked for each of some rows, such as keys; the rows' properties bear the names of its parameters.
    /// A list of keys in the statement would be a new statement for every length.
    /// </summary>
    public async Task<IReadOnlyList<T>> QueryEach<T>(string sql, IEnumerable<object> rows, CancellationToken ct) =>
        WriteBatch.Statement.OfEach(sql, rows) is { } asked ? await dialect.QueryEach<T>(_connection!, Transaction, asked, ct) : [];

    public Task<T?> SingleOrDefault<T>(string sql, object? args, CancellationToken ct) =>
        _connection!.QuerySingleOrDefaultAsync<T>(Command(sql, args, ct));

    public Task<T> Single<T>(string sql, object? args, CancellationToken ct) =>
        _connection!.QuerySingleAsync<T>(Command(sql, args, ct));

    /// <summary>Returns the number of rows touched. A sequence as <paramref name="args"/> runs the statement for each element.</summary>
    public Task<int> Execute(string sql, object? args, CancellationToken ct) => _connection!.ExecuteAsync(Command(sql, args, ct));

    /// <summary>One statement for many rows together, as <see cref="WriteBatch.Add"/> describes it.</summary>
    public Task ExecuteEach<TRow>(string sql, IEnumerable<TRow> rows, CancellationToken ct)
        where TRow : class
    {
        var writes = new WriteBatch();
        writes.Add(sql, rows);
        return Execute(writes, ct);
    }

    public async Task Execute(WriteBatch writes, CancellationToken ct)
    {
        if (writes.Statements.Count > 0) await dialect.Write(_connection!, Transaction, writes.Statements, ct);
        foreach (var work in writes.Last) await work();
    }

    /// <summary>Those of the rows for which the statement finds something: for questions whose answer is mostly no.</summary>
    public async Task<IReadOnlyList<TRow>> Found<TRow>(string sql, IReadOnlyCollection<TRow> rows, CancellationToken ct)
        where TRow : class =>
        rows.Count == 0 ? [] : [.. (await dialect.Found(_connection!, Transaction, WriteBatch.Statement.Of(sql, rows), ct)).Cast<TRow>()];

    /// <summary>For a change that must touch one row: none means that another transaction was first.</summary>
    /// <exception cref="LostRaceException">No row was as the statement expects it; the pipeline runs the command again.</exception>
    public async Task ExecuteOne(string sql, object? args, CancellationToken ct)
    {
        if (await Execute(sql, args, ct) != 1) throw new LostRaceException();
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        if (_connection is not null) await _connection.DisposeAsync();
    }

    private async Task End()
    {
        // Disposing an open transaction rolls it back.
        if (_transaction is not null) await _transaction.DisposeAsync();
        _transaction = null;
    }

    private CommandDefinition Command(string sql, object? args, CancellationToken ct)
    {
        var (text, parameters) = ListParameters.Of(dialect, sql, args);
        return new CommandDefinition(text, parameters, Transaction, cancellationToken: ct);
    }

    private DbTransaction Transaction => (_transaction as IWrappedTransaction)?.Inner ?? _transaction ?? throw new InvalidOperationException("No message is being handled.");
}

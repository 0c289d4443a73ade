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
    private Db? _group;

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

    /// <summary>From here on until <see cref="Leave"/>, this message works in the transaction of a group, which belongs to another.</summary>
    public void Join(Db group) => _group = group;

    public void Leave() => _group = null;

    /// <summary>Begins one turn of a group's transaction; it ends with <see cref="Keep"/> or <see cref="Undo"/>.</summary>
    public Task Save() => Turn(dialect.SaveTurnSql);

    public Task Keep() => Turn(dialect.KeepTurnSql);

    /// <summary>Takes back what was done in this turn.</summary>
    public Task Undo() => Turn(dialect.UndoTurnSql);

    public async Task<IReadOnlyList<T>> Query<T>(string sql, object? args, CancellationToken ct) =>
        (await Connection.QueryAsync<T>(Command(sql, args, ct))).AsList();

    public Task<T?> SingleOrDefault<T>(string sql, object? args, CancellationToken ct) =>
        Connection.QuerySingleOrDefaultAsync<T>(Command(sql, args, ct));

    public Task<T> Single<T>(string sql, object? args, CancellationToken ct) =>
        Connection.QuerySingleAsync<T>(Command(sql, args, ct));

    /// <summary>Returns the number of rows touched. A sequence as <paramref name="args"/> runs the statement for each element.</summary>
    public Task<int> Execute(string sql, object? args, CancellationToken ct) => Connection.ExecuteAsync(Command(sql, args, ct));

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

    private DbConnection Connection => (_group ?? this)._connection!;

    private Task Turn(string? sql) => sql is null ? Task.CompletedTask : Execute(sql, null, CancellationToken.None);

    private CommandDefinition Command(string sql, object? args, CancellationToken ct)
    {
        var transaction = (_group ?? this)._transaction ?? throw new InvalidOperationException("No message is being handled.");
        return new(sql, args, (transaction as IWrappedTransaction)?.Inner ?? transaction, cancellationToken: ct);
    }
}

using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;

namespace Feedback.Data;

/// <summary>
/// Statements with many rows each, collected first and run together: on SQL Server they travel in one round trip, on SQLite each
/// statement is compiled once. They run in the order in which they were added.
/// </summary>
public sealed class Writes
{
    private readonly List<(string Sql, IReadOnlyList<object> Rows)> _statements = [];
    private readonly List<Func<Task>> _afterwards = [];

    /// <summary>Runs the statement once for each row; the row's properties bear the names of its parameters.</summary>
    public void Add<TRow>(string sql, IEnumerable<TRow> rows)
        where TRow : class
    {
        if (rows.ToList<object>() is { Count: > 0 } some) _statements.Add((sql, some));
    }

    /// <summary>What needs the rows to be there.</summary>
    public void Afterwards(Func<Task> work) => _afterwards.Add(work);

    internal async Task Run(DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        if (_statements.Count > 0) await (connection.CanCreateBatch ? Together(connection, transaction, ct) : OneByOne(connection, transaction, ct));
        foreach (var work in _afterwards) await work();
    }

    private async Task Together(DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var (sql, rows) in _statements)
        {
            var columns = Column.Of(rows[0].GetType());
            foreach (var row in rows)
            {
                var command = batch.CreateBatchCommand();
                command.CommandText = sql;
                foreach (var column in columns)
                {
                    var parameter = command.CreateParameter();
                    column.Bind(parameter, row);
                    command.Parameters.Add(parameter);
                }

                batch.BatchCommands.Add(command);
            }
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    private async Task OneByOne(DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        foreach (var (sql, rows) in _statements)
        {
            await using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
            var columns = Column.Of(rows[0].GetType());
            var parameters = columns.Select(_ => command.CreateParameter()).ToArray();
            command.Parameters.AddRange(parameters);
            for (var row = 0; row < rows.Count; row++)
            {
                for (var i = 0; i < columns.Length; i++) columns[i].Bind(parameters[i], rows[row]);
                if (row == 0) await command.PrepareAsync(ct);
                await command.ExecuteNonQueryAsync(ct);
            }
        }
    }

    /// <summary>A property of a row and the parameter it becomes.</summary>
    private sealed class Column(PropertyInfo property)
    {
        private static readonly ConcurrentDictionary<Type, Column[]> Known = new();

        public static Column[] Of(Type row) => Known.GetOrAdd(row, type => [.. type.GetProperties().Select(p => new Column(p))]);

        public void Bind(DbParameter parameter, object row)
        {
            parameter.ParameterName = "@" + property.Name;
            Mapping.Bind(parameter, property.PropertyType, property.GetValue(row));
        }
    }
}

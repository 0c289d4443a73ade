using System.Data;
using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.SqlClient;

namespace Feedback.Data;

/// <summary>SQL Server: production, with any number of Api and Worker processes.</summary>
internal sealed partial class SqlServerDialect(string connectionString) : Dialect
{
    private const string JournalSql =
        """
        if object_id('schema_journal') is null
            create table schema_journal (script nvarchar(200) not null primary key, checksum nvarchar(64) not null, applied_at datetime2(3) not null)
        """;

    public override string Name => "sqlserver";

    public override DbConnection Connect() => new SqlConnection(connectionString);

    public override async ValueTask<DbTransaction> Begin(DbConnection connection, bool write, CancellationToken ct) =>
        await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);

    public override string Limited(string orderedSql) => orderedSql + " offset 0 rows fetch next @limit rows only";

    internal override string Claim(RowClaim claim) =>
        $"""
        update top (@limit) {claim.Table} with (readpast, updlock, rowlock)
        set {claim.Set}
        output {string.Join(", ", claim.Returning.Select(column => "inserted." + column))}
        where {claim.Where}
        """;

    // Without their types the values would be as long as a text can be, and the column would be converted to meet them.
    internal override string In(string parameter, ListOf of) => of switch
    {
        ListOf.Numbers => $"in (select value from openjson({parameter}) with (value bigint '$'))",
        ListOf.Keys => $"in (select convert(binary(16), value, 2) from openjson({parameter}) with (value nvarchar(32) '$'))",
        _ => $"in (select value from openjson({parameter}) with (value nvarchar(4000) '$'))",
    };

    internal override void BindList(IDbDataParameter parameter, IEnumerable<object> items, ListOf of) => Mapping.Bind(parameter, typeof(string), ListParameters.ToJson(items));

    public override string CreateJournalSql => JournalSql;

    internal override async Task Write(DbConnection connection, DbTransaction transaction, IReadOnlyList<WriteBatch.Statement> statements, CancellationToken ct)
    {
        await using var batch = Batch(connection, transaction, statements);
        await batch.ExecuteNonQueryAsync(ct);
    }

    internal override async Task<IReadOnlyList<T>> QueryEach<T>(DbConnection connection, DbTransaction transaction, WriteBatch.Statement asked, CancellationToken ct)
    {
        await using var batch = Batch(connection, transaction, [asked]);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var found = new List<T>();
        do
        {
            found.AddRange(reader.Parse<T>());
        }
        while (await reader.NextResultAsync(ct));
        return found;
    }

    internal override async Task<IReadOnlyList<object>> Found(DbConnection connection, DbTransaction transaction, WriteBatch.Statement asked, CancellationToken ct)
    {
        await using var batch = Batch(connection, transaction, [asked]);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var found = new List<object>();
        foreach (var row in asked.Rows)
        {
            if (await reader.ReadAsync(ct)) found.Add(row);
            await reader.NextResultAsync(ct);
        }

        return found;
    }

    /// <summary>A command for each row of each statement, in one round trip.</summary>
    private static SqlBatch Batch(DbConnection connection, DbTransaction transaction, IReadOnlyList<WriteBatch.Statement> statements)
    {
        var batch = new SqlBatch((SqlConnection)connection, (SqlTransaction)transaction);
        foreach (var (sql, columns, rows) in statements)
        {
            foreach (var row in rows)
            {
                var command = new SqlBatchCommand(sql);
                foreach (var column in columns)
                {
                    var parameter = new SqlParameter { ParameterName = column.Parameter };
                    Mapping.Bind(parameter, column.Type, column.Of(row));
                    command.Parameters.Add(parameter);
                }

                batch.BatchCommands.Add(command);
            }
        }

        return batch;
    }

    public override IEnumerable<string> Batches(string script) =>
        Go().Split(script).Where(batch => !string.IsNullOrWhiteSpace(batch));

    public override async Task WithMigrationLock(Func<DbConnection, Task> work, CancellationToken ct)
    {
        await using var connection = Connect();
        await connection.OpenAsync(ct);
        var granted = new DynamicParameters(new { Resource = "feedback-migration", LockMode = "Exclusive", LockOwner = "Session", LockTimeout = 60_000 });
        granted.Add("granted", dbType: DbType.Int32, direction: ParameterDirection.ReturnValue);
        await connection.ExecuteAsync("sp_getapplock", granted, commandType: CommandType.StoredProcedure);
        if (granted.Get<int>("granted") < 0) throw new TimeoutException("Another process has been migrating this database for a minute.");
        try
        {
            await work(connection);
        }
        finally
        {
            await connection.ExecuteAsync("sp_releaseapplock", new { Resource = "feedback-migration", LockOwner = "Session" }, commandType: CommandType.StoredProcedure);
        }
    }

    // 2627/2601 unique key, 1205 deadlock victim, 3960 snapshot update conflict.
    public override bool IsConflict(DbException exception) => exception is SqlException { Number: 2627 or 2601 or 1205 or 3960 };

    // -2 timeout, 2/53/10060/10061/10054 unreachable, 4060/18456 refused, 1222 lock wait, 1105/9002 full, 17142/17187/40197/40501/40613 not ready.
    public override bool IsOutage(DbException exception) => exception is SqlException
    {
        Number: -2 or 2 or 53 or 10053 or 10054 or 10060 or 10061 or 4060 or 18456 or 1222 or 1105 or 9002 or 17142 or 17187 or 40197 or 40501 or 40613
    };

    [GeneratedRegex(@"^\s*go\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Go();
}

using Feedback.Data;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Feedback.Tests.Harness;

/// <summary>The engines that the suite runs on. SQL Server runs when FEEDBACK_TEST_SQLSERVER holds a connection string.</summary>
public enum Engine
{
    Sqlite,
    SqlServer,
}

/// <summary>A fresh database for one test, with the schema, the reference data and the demonstration hall's organisation.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string ServerVariable = "FEEDBACK_TEST_SQLSERVER";

    private readonly Func<Task> _drop;

    private TestDatabase(string provider, string connectionString, Func<Task> drop) =>
        (Provider, ConnectionString, _drop) = (provider, connectionString, drop);

    public string Provider { get; }

    public string ConnectionString { get; }

    public Dialect Dialect => Provider == "Sqlite" ? new SqliteDialect(ConnectionString) : new SqlServerDialect(ConnectionString);

    public static Task<TestDatabase> Create(Engine engine) => engine == Engine.Sqlite ? CopyTemplate() : CreateOnServer();

    public async ValueTask DisposeAsync() => await _drop();

    private static async Task<TestDatabase> CopyTemplate()
    {
        var template = await Template.File.Value;
        var folder = Directory.CreateTempSubdirectory("feedback-test-");
        var file = Path.Combine(folder.FullName, "feedback.db");
        File.Copy(template, file);
        var connectionString = $"Data Source={file};Default Timeout=5";
        return new TestDatabase("Sqlite", connectionString, () =>
        {
            using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true, Pooling = true, DefaultTimeout = 1 }.ToString()))
            {
                SqliteConnection.ClearPool(connection);
            }

            folder.Delete(recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<TestDatabase> CreateOnServer()
    {
        var server = Environment.GetEnvironmentVariable(ServerVariable);
        if (string.IsNullOrEmpty(server)) Assert.Ignore($"{ServerVariable} holds no connection string: not run on SQL Server.");
        var name = "feedback_test_" + Guid.NewGuid().ToString("N");
        await OnServer(server!, $"create database {name}");
        var connectionString = new SqlConnectionStringBuilder(server) { InitialCatalog = name, Pooling = true }.ToString();
        await Template.Fill("SqlServer", connectionString);
        return new TestDatabase("SqlServer", connectionString, async () =>
        {
            SqlConnection.ClearAllPools();
            await OnServer(server!, $"drop database {name}");
        });
    }

    private static async Task OnServer(string connectionString, string sql)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

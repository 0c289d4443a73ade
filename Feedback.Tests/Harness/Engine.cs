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

/// <summary>A fresh database for one test.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string ServerVariable = "FEEDBACK_TEST_SQLSERVER";

    private readonly Func<Task> _drop;

    private TestDatabase(string provider, string connectionString, Func<Task> drop) =>
        (Provider, ConnectionString, _drop) = (provider, connectionString, drop);

    public string Provider { get; }

    public string ConnectionString { get; }

    public Dialect Dialect => Provider == "Sqlite" ? new SqliteDialect(ConnectionString) : new SqlServerDialect(ConnectionString);

    /// <summary>With the schema, the reference data and the demonstration hall's organisation.</summary>
    public static Task<TestDatabase> Create(Engine engine) => engine == Engine.Sqlite ? CopyTemplate() : FillOnServer();

    /// <summary>With what another SQLite database holds now, which may go on being used.</summary>
    public static async Task<TestDatabase> CopyOf(TestDatabase original)
    {
        var copy = EmptyFile();
        await using var from = new SqliteConnection(original.ConnectionString + ";Pooling=False");
        await using var to = new SqliteConnection(copy.ConnectionString + ";Pooling=False");
        await from.OpenAsync();
        await to.OpenAsync();
        from.BackupDatabase(to);
        return copy;
    }

    /// <summary>With nothing in it.</summary>
    public static Task<TestDatabase> CreateEmpty(Engine engine) => engine == Engine.Sqlite ? Task.FromResult(EmptyFile()) : EmptyOnServer();

    public async ValueTask DisposeAsync() => await _drop();

    private static async Task<TestDatabase> CopyTemplate()
    {
        var template = await Template.File.Value;
        var database = EmptyFile();
        File.Copy(template, new SqliteConnectionStringBuilder(database.ConnectionString).DataSource);
        return database;
    }

    private static TestDatabase EmptyFile()
    {
        var folder = Directory.CreateTempSubdirectory("feedback-test-");
        var connectionString = $"Data Source={Path.Combine(folder.FullName, "feedback.db")};Default Timeout=25";
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

    private static async Task<TestDatabase> FillOnServer()
    {
        var database = await EmptyOnServer();
        await Template.Fill(database.Provider, database.ConnectionString);
        return database;
    }

    private static async Task<TestDatabase> EmptyOnServer()
    {
        var server = Environment.GetEnvironmentVariable(ServerVariable);
        if (string.IsNullOrEmpty(server)) Assert.Ignore($"{ServerVariable} holds no connection string: not run on SQL Server.");
        var name = "feedback_test_" + Guid.NewGuid().ToString("N");
        await OnServer(server!, $"create database {name}");
        var connectionString = new SqlConnectionStringBuilder(server) { InitialCatalog = name, Pooling = true }.ToString();
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

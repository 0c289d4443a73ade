using Feedback.Data;
using Microsoft.Data.Sqlite;

namespace Feedback.Tests.Harness;

/// <summary>A fresh database for one test.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly EngineSetup _engine;
    private readonly Func<Task> _drop;

    private TestDatabase(EngineSetup engine, string connectionString, Func<Task> drop) =>
        (_engine, ConnectionString, _drop) = (engine, connectionString, drop);

    public string Provider => _engine.Engine.ToString();

    public string ConnectionString { get; }

    public Dialect Dialect => _engine.DialectOf(ConnectionString);

    /// <summary>With the schema, the reference data and the demonstration hall's organisation.</summary>
    public static Task<TestDatabase> Create(Engine engine) => engine == Engine.Sqlite ? CopyTemplate() : FillOnServer(engine);

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
    public static Task<TestDatabase> CreateEmpty(Engine engine) => engine == Engine.Sqlite ? Task.FromResult(EmptyFile()) : EmptyOnServer(engine);

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
        var engine = Engines.Of(Engine.Sqlite);
        var folder = Directory.CreateTempSubdirectory("feedback-test-");
        var connectionString = engine.AddressOf("", Path.Combine(folder.FullName, "feedback.db"));
        return new TestDatabase(engine, connectionString, () =>
        {
            engine.Release(connectionString);
            folder.Delete(recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<TestDatabase> FillOnServer(Engine engine)
    {
        var database = await EmptyOnServer(engine);
        await Template.Fill(database.Provider, database.ConnectionString);
        return database;
    }

    private static async Task<TestDatabase> EmptyOnServer(Engine of)
    {
        var engine = Engines.Of(of);
        if (!engine.IsConfigured) throw new InvalidOperationException($"{engine.Variable} is not set: there is no {engine.Name} to run on.");
        var name = "feedback_test_" + Guid.NewGuid().ToString("N");
        await OnServer(engine, $"create database {name}");
        var connectionString = engine.AddressOf(engine.Server, name);
        return new TestDatabase(engine, connectionString, async () =>
        {
            engine.Release(connectionString);
            await OnServer(engine, $"drop database {name}");
        });
    }

    private static async Task OnServer(EngineSetup engine, string sql)
    {
        await using var connection = engine.Connect(engine.Server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

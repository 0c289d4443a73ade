using System.Data.Common;
using Feedback.Data;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Feedback.Tests.Harness;

/// <summary>
/// Every engine with what the suite needs to run on it. One more engine is a member of <see cref="Engine"/> and an entry of
/// <see cref="All"/>; the tests, and the line that says whether they ran on it, follow.
/// </summary>
internal static class Engines
{
    public static IReadOnlyList<EngineSetup> All { get; } =
    [
        new(Engine.Sqlite, "SQLite", null)
        {
            DialectOf = text => new SqliteDialect(text),
            AddressOf = (_, file) => $"Data Source={file};Default Timeout=25",
            Connect = text => new SqliteConnection(text),
            Release = ReleaseFile,
        },
        new(Engine.SqlServer, "SQL Server", "FEEDBACK_TEST_SQLSERVER")
        {
            DialectOf = text => new SqlServerDialect(text),
            AddressOf = (server, name) => new SqlConnectionStringBuilder(server) { InitialCatalog = name, Pooling = true }.ToString(),
            Connect = text => new SqlConnection(text),
            Release = _ => SqlConnection.ClearAllPools(),
        },
    ];

    /// <summary>What fixtures run on, each once on each: an engine without a server has no tests, rather than tests that are skipped.</summary>
    public static IEnumerable<Engine> Configured => All.Where(e => e.IsConfigured).Select(e => e.Engine);

    public static EngineSetup Of(Engine engine) => All.Single(e => e.Engine == engine);

    /// <summary>The product opens its connections with these settings, and a pool is found by them.</summary>
    private static void ReleaseFile(string connectionString)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true, Pooling = true, DefaultTimeout = 1 }.ToString());
        SqliteConnection.ClearPool(connection);
    }
}

/// <summary>What the suite needs to run on an engine.</summary>
/// <param name="Engine">Which one.</param>
/// <param name="Name">As people write it.</param>
/// <param name="Variable">The environment variable with the connection string of its server; null for an engine that keeps its databases in files.</param>
internal sealed record EngineSetup(Engine Engine, string Name, string? Variable)
{
    /// <summary>The product's dialect for a connection string.</summary>
    public required Func<string, Dialect> DialectOf { get; init; }

    /// <summary>The connection string of a database, from the one of its server and its name or, without a server, its file.</summary>
    public required Func<string, string, string> AddressOf { get; init; }

    /// <summary>A connection that is not open yet, as the engine's own library makes it.</summary>
    public required Func<string, DbConnection> Connect { get; init; }

    /// <summary>Closes the connections to a database that are kept for later, so that it can be dropped.</summary>
    public required Action<string> Release { get; init; }

    /// <summary>The connection string of its server; empty without one.</summary>
    public string Server => Variable is null ? "" : Environment.GetEnvironmentVariable(Variable) ?? "";

    public bool IsConfigured => Variable is null || Server.Length > 0;
}

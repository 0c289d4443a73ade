using System.Text.RegularExpressions;
using Feedback.Data;
using Feedback.Pipeline;
using Feedback.Tests.Architecture;
using Feedback.Tests.Harness;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using SQLitePCL;

namespace Feedback.Tests.Data;

/// <summary>Every statement of the product, parsed as SQL Server does and compiled by SQLite on the real schema.</summary>
internal sealed partial class SqlTextTests
{
    private static readonly Dialect Server = new SqlServerDialect("Server=none");

    private static IEnumerable<SqlText> Portable => SqlTexts.All.Where(t => !t.IsOfDialect);

    [Test]
    public void Statements_are_found_all_over_the_product()
    {
        Assert.That(SqlTexts.All, Has.Count.GreaterThanOrEqualTo(40));
        Assert.That(SqlTexts.All.Select(t => t.ToString()), Does.Contain("Feedback.Features.Ratings.RatingGroup.InsertSql").And.Contain("Feedback.Data.SqlServerDialect.JournalSql").And.Contain("Feedback.Features.Escalation.FireDueTimers+Handler.DueSql"));
        Assert.That(SqlTexts.All.Count(t => SqlTexts.EndsInOrderBy(t.Text)), Is.GreaterThanOrEqualTo(5));
    }

    [Test]
    public void Every_statement_is_a_constant_whose_name_ends_in_Sql() =>
        Assert.That(Portable.Where(t => t.Name?.EndsWith("Sql", StringComparison.Ordinal) is not true), Is.Empty);

    [Test]
    public void Every_statement_is_TSQL() =>
        Assert.That(SqlTexts.All.Where(t => t.Owner != typeof(SqliteDialect)).SelectMany(t => t.AsRunOn(Server).SelectMany(Tsql.Errors).Select(e => $"{t}: {e}")), Is.Empty);

    [TestCase("select a fro t", TestName = "A misspelt keyword is no T-SQL")]
    [TestCase("select a from t order by a limit @limit", TestName = "LIMIT is no T-SQL")]
    [TestCase("insert into t (a) values (@a) on conflict do nothing", TestName = "An upsert is no T-SQL")]
    [TestCase("select a || b from t", TestName = "Two bars are no T-SQL")]
    [TestCase("select a from t where a is not distinct from @a", TestName = "What only SQL Server 2022 knows is no T-SQL of 2019")]
    public void What_SQL_Server_would_not_parse_is_reported(string sql) => Assert.That(Tsql.Errors(sql), Is.Not.Empty);

    [Test]
    public async Task Every_statement_compiles_on_SQLite()
    {
        await using var database = await TestDatabase.Create(Engine.Sqlite);
        await using var connection = (SqliteConnection)database.Dialect.Connect();
        await connection.OpenAsync();

        Assert.That(
            SqlTexts.All.Where(t => t.Owner != typeof(SqlServerDialect) && !t.Text.StartsWith("pragma", StringComparison.Ordinal))
                .SelectMany(t => t.AsRunOn(database.Dialect).Select(sql => $"{t}: {SqliteError(connection, sql)}"))
                .Where(line => !line.EndsWith(": ", StringComparison.Ordinal)),
            Is.Empty);
        Assert.That(SqliteError(connection, "select no_such_column from rating"), Does.Contain("no_such_column"));
        Assert.That(SqliteError(connection, "select top 1 grade from rating"), Is.Not.Empty);
    }

    [Test]
    public void No_statement_asks_the_database_for_the_time() =>
        Assert.That(SqlTexts.All.Where(t => DatabaseClock().IsMatch(t.Text)), Is.Empty);

    [TestCase("select sysutcdatetime()")]
    [TestCase("update t set at = CURRENT_TIMESTAMP")]
    [TestCase("select datetime('now')")]
    public void A_statement_that_asks_for_the_time_is_reported(string sql) => Assert.That(DatabaseClock().IsMatch(sql));

    [Test]
    public void A_query_only_reads() =>
        Assert.That(
            from text in SqlTexts.All
            where Compiled.WithThoseAround(text.Owner).Any(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IQuery<>) && t.IsAssignableTo(typeof(IBaseRequest))))
            where !text.Text.TrimStart().StartsWith("select", StringComparison.OrdinalIgnoreCase) && !text.Text.TrimStart().StartsWith("with", StringComparison.OrdinalIgnoreCase)
            select text,
            Is.Empty);

    [Test]
    public void Statements_are_read_from_literals_and_constants_alike() =>
        Assert.That(SqlTexts.Of(typeof(Offender)).Select(t => (t.Name, t.Text)), Is.EquivalentTo(new[] { ("KeptSql", "anything"), ((string?)null, "delete from rating") }));

    private static string SqliteError(SqliteConnection connection, string sql)
    {
        var refused = raw.sqlite3_prepare_v2(connection.Handle!, sql, out var statement) != raw.SQLITE_OK;
        using (statement) return refused ? raw.sqlite3_errmsg(connection.Handle!).utf8_to_string() : "";
    }

    [GeneratedRegex(@"getdate|getutcdate|sysdatetime|sysutcdatetime|current_timestamp|current_date|current_time|'now'|unixepoch|julianday", RegexOptions.IgnoreCase)]
    private static partial Regex DatabaseClock();

    private static class Offender
    {
        public const string KeptSql = "anything";

        public static string Inline() => "delete from rating";

        public static string Sentence() => "Delete the rating, then create a new one.";
    }
}

/// <summary>Microsoft's own parser of T-SQL, as SQL Server 2019 and 2022 have it: what both take runs on either.</summary>
internal static class Tsql
{
    private static readonly SqlVersion[] Versions = [SqlVersion.Sql150, SqlVersion.Sql160];

    /// <summary>As SQL Server 2022 reads it.</summary>
    public static TSqlFragment Parse(string sql) => Parse(sql, SqlVersion.Sql160, out _);

    public static IEnumerable<string> Errors(string sql) => Versions.SelectMany(version =>
    {
        Parse(sql, version, out var errors);
        return errors.Select(e => $"{version}, line {e.Line}: {e.Message}");
    });

    private static TSqlFragment Parse(string sql, SqlVersion version, out IList<ParseError> errors) =>
        TSqlParser.CreateParser(version, initialQuotedIdentifiers: true).Parse(new StringReader(sql), out errors);
}

using System.Globalization;
using Feedback.Data;
using Feedback.Tests.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Feedback.Tests.Data;

/// <summary>The two engines' schemas, each as its own engine reads it, compared line by line.</summary>
internal sealed class SchemaTests
{
    private static readonly SqlServerDialect Server = new("Server=none");

    [Test]
    public void Both_engines_have_the_same_scripts() =>
        Assert.That(EmbeddedScript.In("sqlserver").Select(s => s.Name), Is.EqualTo(EmbeddedScript.In("sqlite").Select(s => s.Name)).And.Not.Empty);

    [Test]
    public void Every_script_for_SQL_Server_is_TSQL() =>
        Assert.That(EmbeddedScript.In("sqlserver").SelectMany(script => Server.Batches(script.Text).SelectMany(Tsql.Errors).Select(e => $"{script.Name}: {e}")), Is.Empty);

    [Test]
    public async Task Both_engines_have_the_same_schema()
    {
        await using var database = await TestDatabase.Create(Engine.Sqlite);
        await using var connection = (SqliteConnection)database.Dialect.Connect();
        await connection.OpenAsync();
        var here = SqliteSchema(connection);
        var there = ServerSchema([Server.CreateJournalSql, .. EmbeddedScript.In("sqlserver").SelectMany(s => Server.Batches(s.Text))]);

        Assert.That(here, Has.Count.GreaterThanOrEqualTo(150));
        Assert.That(here.Except(there), Is.Empty, "only on SQLite");
        Assert.That(there.Except(here), Is.Empty, "only on SQL Server");
    }

    [TestCase("create table t (a int not null primary key, b nvarchar(9) null)", TestName = "Equal tables are equal", ExpectedResult = true)]
    [TestCase("create table t (a int not null primary key, c nvarchar(9) null)", TestName = "Another column name differs", ExpectedResult = false)]
    [TestCase("create table t (b nvarchar(9) null, a int not null primary key)", TestName = "Another order of columns differs", ExpectedResult = false)]
    [TestCase("create table t (a int not null primary key, b nvarchar(9) not null)", TestName = "Another nullability differs", ExpectedResult = false)]
    [TestCase("create table t (a int not null primary key, b varbinary(9) null)", TestName = "Another type differs", ExpectedResult = false)]
    [TestCase("create table t (a int not null, b nvarchar(9) null)", TestName = "A missing primary key differs", ExpectedResult = false)]
    [TestCase("create table t (a int not null primary key, b nvarchar(9) null); create index i on t (b)", TestName = "Another index differs", ExpectedResult = false)]
    [TestCase("create table t (a int not null primary key, b nvarchar(9) null references t (b))", TestName = "Another foreign key differs", ExpectedResult = false)]
    public bool Differences_are_seen(string server)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run(connection, "create table t (a integer not null primary key, b text null) strict");
        return SqliteSchema(connection).SequenceEqual(ServerSchema([server]));
    }

    [TestCase("create unique index i on t (b) where b is not null", ExpectedResult = true)]
    [TestCase("create index i on t (b) where b is not null", ExpectedResult = false)]
    [TestCase("create unique index i on t (b)", ExpectedResult = false)]
    [TestCase("create unique index i on t (b) where b is null", ExpectedResult = false)]
    [TestCase("create unique index i on t (a) where b is not null", ExpectedResult = false)]
    [TestCase("create unique index j on t (b) where b is not null", ExpectedResult = false)]
    [TestCase("create index i on t (a); drop index i on t; create unique index i on t (b) where b is not null", ExpectedResult = true)]
    [TestCase("create unique index i on t (b) where b is not null; drop index i on t", ExpectedResult = false)]
    public bool Differences_of_indexes_are_seen(string server)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run(connection, "create table t (a integer not null primary key, b text null) strict; create unique index i on t (b) where b is not null");
        return SqliteSchema(connection).SequenceEqual(ServerSchema(["create table t (a int not null primary key, b nvarchar(9) null); " + server]));
    }

    private static List<string> SqliteSchema(SqliteConnection connection)
    {
        var lines = new List<string>();
        foreach (var table in Rows(connection, "select name from sqlite_master where type = 'table' and name not like 'sqlite%'").Select(r => (string)r[0]))
        {
            lines.AddRange(Rows(connection, $"select cid, name, type, \"notnull\", pk from pragma_table_info('{table}')")
                .Select(c => Column(table, (long)c[0], (string)c[1], ((string)c[2]).ToLowerInvariant(), (long)c[3] == 0, (long)c[4])));
            foreach (var index in Rows(connection, $"select l.name, l.\"unique\", m.sql from pragma_index_list('{table}') l join sqlite_master m on m.name = l.name where l.origin = 'c'"))
            {
                var columns = Rows(connection, $"select name from pragma_index_info('{index[0]}') order by seqno").Select(c => (string)c[0]);
                lines.Add(Index((string)index[0], (long)index[1] == 1, table, columns, ((string)index[2]).Split(" where ") is [_, var filter] ? filter : null));
            }

            lines.AddRange(Rows(connection, $"select \"table\", group_concat(\"from\", ','), group_concat(\"to\", ',') from pragma_foreign_key_list('{table}') group by id")
                .Select(k => ForeignKey(table, (string)k[1], (string)k[0], (string)k[2])));
        }

        lines.AddRange(Rows(connection, "select name, tbl_name, sql from sqlite_master where type = 'trigger'")
            .Select(t => Trigger((string)t[0], (string)t[1], ((string)t[2]).Contains(" update on ", StringComparison.Ordinal) ? "update" : "delete")));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static List<string> ServerSchema(IEnumerable<string> batches)
    {
        var reader = new Reader();
        foreach (var batch in batches) Tsql.Parse(batch).Accept(reader);
        reader.Lines.Sort(StringComparer.Ordinal);
        return reader.Lines;
    }

    private static string Column(string table, long position, string name, string family, bool nullable, long key) =>
        string.Create(CultureInfo.InvariantCulture, $"{table} column {position:00} {name} {family} {(nullable ? "null" : "not null")}{(key > 0 ? $" key {key}" : "")}");

    private static string Index(string name, bool unique, string table, IEnumerable<string> columns, string? filter) =>
        $"{table} {(unique ? "unique " : "")}index {name} ({string.Join(", ", columns)}){(filter is null ? "" : $" where {filter}")}";

    private static string ForeignKey(string table, string from, string to, string columns) => $"{table} foreign key ({from}) to {to} ({columns})";

    private static string Trigger(string name, string table, string action) => $"{table} trigger {name} on {action}";

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<object[]> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Goes through what SQL Server would execute and writes it in the same words.</summary>
    private sealed class Reader : TSqlFragmentVisitor
    {
        private readonly Dictionary<string, long> _columns = [];

        public List<string> Lines { get; } = [];

        public override void Visit(CreateTableStatement node)
        {
            var (table, definition) = (Name(node.SchemaObjectName), node.Definition);
            var key = definition.TableConstraints.OfType<UniqueConstraintDefinition>().Where(c => c.IsPrimaryKey)
                .SelectMany(c => c.Columns).Select(c => Name(c.Column)).ToList();
            _columns[table] = 0;
            Add(table, definition.ColumnDefinitions, key);
            foreach (var reference in definition.TableConstraints.OfType<ForeignKeyConstraintDefinition>())
            {
                Lines.Add(ForeignKey(table, Names(reference.Columns), Name(reference.ReferenceTableName), Names(reference.ReferencedTableColumns)));
            }
        }

        public override void Visit(AlterTableAddTableElementStatement node) => Add(Name(node.SchemaObjectName), node.Definition.ColumnDefinitions, []);

        public override void Visit(CreateIndexStatement node) =>
            Lines.Add(Index(node.Name.Value, node.Unique, Name(node.OnName), node.Columns.Select(c => Name(c.Column)), node.FilterPredicate is { } filter ? Text(filter) : null));

        public override void Visit(DropIndexStatement node)
        {
            foreach (var dropped in node.DropIndexClauses.Cast<DropIndexClause>())
            {
                Assert.That(Lines.RemoveAll(l => l.StartsWith(Name(dropped.Object) + " ", StringComparison.Ordinal) && l.Contains($" index {dropped.Index.Value} (", StringComparison.Ordinal)), Is.EqualTo(1), dropped.Index.Value);
            }
        }

        public override void Visit(CreateTriggerStatement node)
        {
            foreach (var action in node.TriggerActions) Lines.Add(Trigger(Name(node.Name), Name(node.TriggerObject.Name), action.TriggerActionType.ToString().ToLowerInvariant()));
        }

        private void Add(string table, IEnumerable<ColumnDefinition> columns, List<string> key)
        {
            foreach (var column in columns)
            {
                var name = column.ColumnIdentifier.Value;
                var keyed = column.Constraints.OfType<UniqueConstraintDefinition>().Any(c => c.IsPrimaryKey) ? 1 : key.IndexOf(name) + 1;
                // Both are said in every script: an engine's default is not relied on.
                var nullable = column.Constraints.OfType<NullableConstraintDefinition>().Single().Nullable;
                Lines.Add(Column(table, _columns[table]++, name, Family(column.DataType), nullable, keyed));
                foreach (var reference in column.Constraints.OfType<ForeignKeyConstraintDefinition>())
                {
                    Lines.Add(ForeignKey(table, name, Name(reference.ReferenceTableName), Names(reference.ReferencedTableColumns)));
                }
            }
        }

        private static string Family(DataTypeReference type) => Name(type.Name).ToLowerInvariant() switch
        {
            "nvarchar" or "datetime2" or "date" => "text",
            "int" or "bigint" or "bit" => "integer",
            "binary" or "varbinary" => "blob",
            var other => throw new NotSupportedException($"{other} has no counterpart on SQLite."),
        };

        private static string Name(SchemaObjectName name) => name.BaseIdentifier.Value;

        private static string Name(ColumnReferenceExpression column) => column.MultiPartIdentifier.Identifiers[^1].Value;

        private static string Names(IEnumerable<Identifier> columns) => string.Join(',', columns.Select(c => c.Value));

        private static string Text(TSqlFragment fragment) =>
            string.Concat(fragment.ScriptTokenStream.Skip(fragment.FirstTokenIndex).Take(fragment.LastTokenIndex - fragment.FirstTokenIndex + 1).Select(t => t.Text));
    }
}

using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace Feedback.Data;

/// <summary>
/// Statements with many rows each, collected first and run together: on SQL Server they travel in one round trip, on SQLite each
/// statement is compiled once. They run in the order in which they were added.
/// </summary>
public sealed class WriteBatch
{
    private readonly List<Statement> _statements = [];
    private readonly List<Func<Task>> _afterwards = [];

    internal IReadOnlyList<Statement> Statements => _statements;

    internal IReadOnlyList<Func<Task>> Last => _afterwards;

    /// <summary>Runs the statement once for each row; the row's properties bear the names of its parameters.</summary>
    public void Add<TRow>(string sql, IEnumerable<TRow> rows)
        where TRow : class
    {
        if (Statement.Of(sql, rows) is { Rows.Count: > 0 } statement) _statements.Add(statement);
    }

    /// <summary>What needs the rows to be there.</summary>
    public void Afterwards(Func<Task> work) => _afterwards.Add(work);

    /// <param name="Sql">With a parameter for each column.</param>
    /// <param name="Columns">What a row consists of.</param>
    /// <param name="Rows">The statement runs once for each.</param>
    internal sealed record Statement(string Sql, IReadOnlyList<Column> Columns, IReadOnlyList<object> Rows)
    {
        public static Statement Of<TRow>(string sql, IEnumerable<TRow> rows)
            where TRow : class => new(sql, Column.Of(typeof(TRow)), rows.ToList<object>());

        /// <summary>Of rows of one type that the caller need not name; null without rows.</summary>
        public static Statement? OfEach(string sql, IEnumerable<object> rows) => rows.ToList() is [var first, ..] all ? new(sql, Column.Of(first.GetType()), all) : null;
    }

    /// <summary>A property of a row and the parameter it becomes.</summary>
    internal sealed class Column(PropertyInfo property)
    {
        private static readonly ConcurrentDictionary<Type, IReadOnlyList<Column>> Known = new();

        private readonly Func<object, object?> _read = Reader(property);

        public string Parameter { get; } = "@" + property.Name;

        public Type Type { get; } = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

        public static IReadOnlyList<Column> Of(Type row) => Known.GetOrAdd(row, type => [.. type.GetProperties().Select(p => new Column(p))]);

        public object? Of(object row) => _read(row);

        private static Func<object, object?> Reader(PropertyInfo property)
        {
            var row = Expression.Parameter(typeof(object));
            return Expression.Lambda<Func<object, object?>>(Expression.Convert(Expression.Property(Expression.Convert(row, property.DeclaringType!), property), typeof(object)), row).Compile();
        }
    }
}

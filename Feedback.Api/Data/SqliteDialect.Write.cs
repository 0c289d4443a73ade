using System.Globalization;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Feedback.Data;

/// <content>
/// Runs a statement for many rows on the engine itself: compiled once, bound by position. Through commands and parameters writing
/// costs half as much again, and asking by a list of parameters several times as much (docs/performance.md).
/// </content>
internal sealed partial class SqliteDialect
{
    // As Microsoft.Data.Sqlite writes a DateTime of whole milliseconds.
    private const string InstantFormat = "yyyy-MM-dd HH:mm:ss.FFF";

    /// <summary>Returns the rows for which the statement found something; one that writes finds nothing.</summary>
    private static List<object> Run(SqliteConnection connection, WriteBatch.Statement statement)
    {
        var found = new List<object>();
        var engine = connection.Handle!;
        Check(sqlite3_prepare_v2(engine, statement.Sql, out var compiled), engine);
        using (compiled)
        {
            var columns = statement.Columns.Select(c => (Column: c, Position: sqlite3_bind_parameter_index(compiled, c.Parameter))).Where(c => c.Position > 0).ToArray();
            if (columns.Length != sqlite3_bind_parameter_count(compiled)) throw new InvalidOperationException($"The rows lack a parameter of: {statement.Sql}");

            // What is bound stays bound, null from the start, and of a group's rows most columns are as in the row before.
            var bound = new object?[columns.Length];
            foreach (var row in statement.Rows)
            {
                for (var i = 0; i < columns.Length; i++)
                {
                    var value = columns[i].Column.Of(row);
                    if (Equals(value, bound[i])) continue;
                    Check(Bind(compiled, columns[i].Position, value), engine);
                    bound[i] = value;
                }

                var stepped = sqlite3_step(compiled);
                if (stepped == SQLITE_ROW) found.Add(row);
                else if (stepped != SQLITE_DONE) Check(stepped, engine);
                Check(sqlite3_reset(compiled), engine);
            }
        }

        return found;
    }

    private static int Bind(SQLitePCL.sqlite3_stmt compiled, int position, object? value) => Mapping.Stored(value) switch
    {
        null => sqlite3_bind_null(compiled, position),
        string text => sqlite3_bind_text16(compiled, position, text.AsSpan()),
        int number => sqlite3_bind_int(compiled, position, number),
        long number => sqlite3_bind_int64(compiled, position, number),
        bool truth => sqlite3_bind_int(compiled, position, truth ? 1 : 0),
        byte[] bytes => sqlite3_bind_blob(compiled, position, bytes),
        DateTime instant => sqlite3_bind_text(compiled, position, instant.ToString(InstantFormat, CultureInfo.InvariantCulture)),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is nothing that SQLite stores."),
    };

    private static void Check(int code, SQLitePCL.sqlite3 engine) => SqliteException.ThrowExceptionForRC(code, engine);
}

using Dapper;
using Feedback.Casework;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Harness;

/// <summary>
/// Copies of a case that citizens filed, in bulk and as valid as the first: case file, clock, ladder, count, and a history whose
/// chain holds. Whatever columns the tables have are copied.
/// </summary>
internal static class ManyCases
{
    private static readonly string[] Tables = ["case_file", "case_clock", "case_timer", "case_event"];

    /// <param name="app">Holds the case.</param>
    /// <param name="original">A case that was filed and nothing more.</param>
    /// <param name="copies">The number of each copy, and when the five steps of its ladder are due.</param>
    public static async Task Copy(this TestApp app, string original, IEnumerable<(string Number, DateTimeOffset[] Ladder)> copies)
    {
        var chain = app.Services.GetRequiredService<EventChain>();
        await using var connection = app.Database.Dialect.Connect();
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        Task<int> Run(string sql, object? args = null) => connection.ExecuteAsync(sql, args, transaction, commandTimeout: 600);

        await Run("create table copied (number nvarchar(20) not null primary key, hash binary(32) not null, due0 datetime2(3), due1 datetime2(3), due2 datetime2(3), due3 datetime2(3), due4 datetime2(3))");
        var filed = await connection.QuerySingleAsync<CaseEvent>("select case_number, kind, at, actor, detail from case_event where case_number = @original", new { original }, transaction);
        var count = await Run(
            "insert into copied (number, hash, due0, due1, due2, due3, due4) values (@Number, @Hash, @Due0, @Due1, @Due2, @Due3, @Due4)",
            copies.Select(c => new { c.Number, chain.Next(null, filed with { CaseNumber = c.Number }).Hash, Due0 = c.Ladder[0], Due1 = c.Ladder[1], Due2 = c.Ladder[2], Due3 = c.Ladder[3], Due4 = c.Ladder[4] }));
        foreach (var table in Tables)
        {
            await using var shape = await connection.ExecuteReaderAsync($"select * from {table} where case_number = @original", new { original }, transaction);
            var columns = Enumerable.Range(0, shape.FieldCount).Select(shape.GetName).ToList();
            await shape.CloseAsync();
            await Run($"insert into {table} ({string.Join(", ", columns)}) select {string.Join(", ", columns.Select(c => Copied(table, c)))} from {table} o cross join copied c where o.case_number = @original", new { original });
        }

        await Run("update daily_count set n = n + @count where measure = 'CaseFiled'", new { count });
        await Run("drop table copied");
        await transaction.CommitAsync();
    }

    private static string Copied(string table, string column) => (table, column) switch
    {
        (_, "case_number") => "c.number",
        ("case_event", "hash") => "c.hash",
        ("case_timer", "due_at") => "case o.step when 0 then c.due0 when 1 then c.due1 when 2 then c.due2 when 3 then c.due3 else c.due4 end",
        ("case_clock", "due_at") or ("case_file", "accept_by") => "c.due1",
        _ => "o." + column,
    };
}

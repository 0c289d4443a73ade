using Feedback.Data;

namespace Feedback.Casework.Counts;

/// <summary>Keeps the daily counts in the same transaction as the row that changes them.</summary>
internal sealed class DailyCounts(Db db)
{
    private const string AddSql =
        """
        update daily_count set n = n + @N
        where local_day = @LocalDay and measure = @Measure and value = @Value and hall_code = @HallCode and department_code = @DepartmentCode
          and window_code = @WindowCode and item_code = @ItemCode and channel = @Channel and about = @About and lane = @Lane
        """;

    private const string FirstSql =
        """
        insert into daily_count (local_day, measure, value, hall_code, department_code, window_code, item_code, channel, about, lane, n)
        select @LocalDay, @Measure, @Value, @HallCode, @DepartmentCode, @WindowCode, @ItemCode, @Channel, @About, @Lane, 0
        where not exists
            (select 1 from daily_count
             where local_day = @LocalDay and measure = @Measure and value = @Value and hall_code = @HallCode and department_code = @DepartmentCode
               and window_code = @WindowCode and item_code = @ItemCode and channel = @Channel and about = @About and lane = @Lane)
        """;

    public Task Add(IEnumerable<CountKey> keys, CancellationToken ct) => Change(keys, 1, ct);

    /// <summary>A correction of what was counted on an earlier day: it stands on the day it is made, and may take that day below zero.</summary>
    public Task TakeBack(IEnumerable<CountKey> keys, CancellationToken ct) => Change(keys, -1, ct);

    /// <summary>Counts when the rows are written.</summary>
    public static void Add(IEnumerable<CountKey> keys, WriteBatch writes) => Change(keys, 1, writes);

    private Task Change(IEnumerable<CountKey> keys, int sign, CancellationToken ct)
    {
        var writes = new WriteBatch();
        Change(keys, sign, writes);
        return db.Execute(writes, ct);
    }

    private static void Change(IEnumerable<CountKey> keys, int sign, WriteBatch writes)
    {
        // In one order everywhere, so that two transactions never wait for each other in a circle.
        var rows = keys.CountBy(k => k).OrderBy(k => k.Key.ToString(), StringComparer.Ordinal).Select(k => Row.Of(k.Key, sign * k.Value)).ToList();
        writes.Add(FirstSql, rows);
        writes.Add(AddSql, rows);
    }

    private sealed record Row(
        DateOnly LocalDay, string Measure, string Value, string HallCode, string DepartmentCode, string WindowCode, string ItemCode, int Channel, string About, int Lane, int N)
    {
        public static Row Of(CountKey key, int n) =>
            new(key.LocalDay, key.Measure, key.Value, key.HallCode, key.DepartmentCode, key.WindowCode, key.ItemCode, key.Channel, key.About, key.Lane, n);
    }
}

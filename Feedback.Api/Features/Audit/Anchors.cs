using System.Globalization;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Security;

namespace Feedback.Features.Audit;

/// <summary>
/// The daily anchor: for each local day, the last event of every case that had one, under one hash that covers the anchor before.
/// A case that disappears is missed there by name.
/// </summary>
internal sealed class Anchors(Db db, Vault vault, LocalTime local)
{
    private const string LastOfDaySql =
        """
        select e.case_number, e.seq, e.hash
        from case_event e
        join (select case_number, max(seq) as seq from case_event where at >= @start and at < @until group by case_number) l
          on l.case_number = e.case_number and l.seq = e.seq
        order by e.case_number
        """;

    private const string AllSql = "select local_day, cases, hash from audit_anchor order by local_day";
    private const string CasesSql = "select local_day, case_number, seq, hash from audit_anchor_case order by local_day, case_number";

    private readonly byte[] _key = vault.KeyFor(Purpose.Anchor);

    /// <summary>What the day's anchor holds when it is made from the events as they stand.</summary>
    public async Task<IReadOnlyList<Entry>> EntriesOf(DateOnly day, CancellationToken ct) =>
        await db.Query<Entry>(LastOfDaySql, new { start = local.StartOf(day), until = local.StartOf(day.AddDays(1)) }, ct);

    public Task<IReadOnlyList<Anchor>> All(CancellationToken ct) => db.Query<Anchor>(AllSql, null, ct);

    public async Task<ILookup<DateOnly, Entry>> AllEntries(CancellationToken ct) =>
        (await db.Query<DayEntry>(CasesSql, null, ct)).ToLookup(e => e.LocalDay, e => new Entry(e.CaseNumber, e.Seq, e.Hash));

    public byte[] Hash(byte[] previous, DateOnly day, IEnumerable<Entry> entries) => HashChain.Next(
        _key,
        previous,
        [day.ToString("O", CultureInfo.InvariantCulture), .. entries.SelectMany(e => new[] { e.CaseNumber, e.Seq.ToString(CultureInfo.InvariantCulture), Convert.ToHexString(e.Hash) })]);

    /// <summary>A local day's anchor.</summary>
    public sealed record Anchor(DateOnly LocalDay, int Cases, byte[] Hash);

    /// <summary>The last event of a case on a day.</summary>
    public sealed record Entry(string CaseNumber, int Seq, byte[] Hash);

    private sealed record DayEntry(DateOnly LocalDay, string CaseNumber, int Seq, byte[] Hash);
}

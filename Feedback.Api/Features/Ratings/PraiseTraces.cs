using Feedback.Data;
using Feedback.Domain.Ratings;
using Feedback.Domain.Time;

namespace Feedback.Features.Ratings;

/// <summary>
/// What is remembered of good ratings for as long as their traces live, by device, network, window and text. Every question is
/// answered from an index and has a limit, so that it costs the same on a quiet day and in a flood.
/// </summary>
internal sealed class PraiseTraces(Db db)
{
    private const string KeepSql =
        """
        insert into praise_trace (rating_id, window_code, has_ticket, device_hash, network_hash, text_hash, rated_at)
        select t.rating_id, t.window_code, t.has_ticket, t.device_hash, t.network_hash, @Text, r.rated_at
        from rating_trace t
        join rating r on r.id = t.rating_id
        where t.rating_id = @Id
        """;

    private const string OfDeviceSql =
        "select rating_id, window_code, has_ticket, rated_at from praise_trace where device_hash = @key and rated_at >= @from and rated_at <= @to order by rated_at desc";

    private const string OfTextSql =
        "select rating_id, window_code, has_ticket, rated_at from praise_trace where text_hash = @key and rated_at >= @from and rated_at <= @to order by rated_at desc";

    private const string OfNetworkSql =
        """
        select rating_id, window_code, has_ticket, rated_at
        from praise_trace
        where network_hash = @key and window_code = @window and rated_at >= @from and rated_at <= @to
        order by rated_at desc
        """;

    private const string OfWindowSql =
        "select rating_id, window_code, has_ticket, rated_at from praise_trace where window_code = @window and rated_at >= @from and rated_at <= @to order by rated_at desc";

    private const string BeforeSql =
        """
        select p.rating_id, p.has_ticket, p.network_hash, p.rated_at,
               case when exists (select 1 from rating_flag f where f.rating_id = p.rating_id)
                         and not exists (select 1 from rating_flag_decision d where d.rating_id = p.rating_id and d.confirmed = 0)
                    then 1 else 0 end as suspected
        from praise_trace p
        where p.window_code = @window and p.rated_at < @before
        order by p.rated_at desc
        """;

    /// <param name="praise">Ratings of grade 4 and 5 that have a trace.</param>
    public Task Keep(IEnumerable<Kept> praise, CancellationToken ct) => db.ExecuteEach(KeepSql, praise, ct);

    /// <param name="Id">The rating.</param>
    /// <param name="Text">The keyed hash of its text; null when that cannot be compared.</param>
    public sealed record Kept(Guid Id, byte[]? Text);

    /// <summary>The latest of a device between two instants, as many as asked for at most.</summary>
    public Task<IReadOnlyList<Praise>> OfDevice(byte[] key, Reach reach, CancellationToken ct) =>
        db.Query<Praise>(db.Dialect.Limited(OfDeviceSql), new { key, from = reach.From, to = reach.To, limit = reach.Limit }, ct);

    /// <summary>Likewise with a text.</summary>
    public Task<IReadOnlyList<Praise>> OfText(byte[] key, Reach reach, CancellationToken ct) =>
        db.Query<Praise>(db.Dialect.Limited(OfTextSql), new { key, from = reach.From, to = reach.To, limit = reach.Limit }, ct);

    /// <summary>Likewise of a network at one window.</summary>
    public Task<IReadOnlyList<Praise>> OfNetwork(byte[] key, string window, Reach reach, CancellationToken ct) =>
        db.Query<Praise>(db.Dialect.Limited(OfNetworkSql), new { key, window, from = reach.From, to = reach.To, limit = reach.Limit }, ct);

    /// <summary>Likewise of a window.</summary>
    public Task<IReadOnlyList<Praise>> OfWindow(string window, Reach reach, CancellationToken ct) =>
        db.Query<Praise>(db.Dialect.Limited(OfWindowSql), new { window, from = reach.From, to = reach.To, limit = reach.Limit }, ct);

    /// <summary>What was usual at a window: its last praise before an instant, less what is suspected and not dismissed, and less the group in question.</summary>
    /// <param name="group">The group.</param>
    /// <param name="before">The instant.</param>
    /// <param name="network">The network to count, if any.</param>
    /// <param name="most">As many are looked at.</param>
    /// <param name="calendar">Of the window's hall.</param>
    public async Task<UsualPraise> Before(PraiseGroup group, DateTimeOffset before, byte[]? network, int most, WorkCalendar calendar, CancellationToken ct)
    {
        var rows = await db.Query<Earlier>(db.Dialect.Limited(BeforeSql), new { window = group.Members[0].WindowCode, before, limit = most }, ct);
        var (members, hasTicket) = (group.Members.Select(m => m.RatingId).ToHashSet(), group.Members[0].HasTicket);
        var known = rows.Where(r => !r.Suspected && !members.Contains(r.RatingId)).ToList();
        return new UsualPraise(
            known.Count,
            known.Count(r => r.HasTicket),
            network is null ? 0 : known.Count(r => r.HasTicket == hasTicket && r.NetworkHash is { } other && other.AsSpan().SequenceEqual(network)),
            known.Count == 0 ? TimeSpan.Zero : calendar.OpenBetween(known[^1].RatedAt, before));
    }

    /// <summary>How far a question goes.</summary>
    public sealed record Reach(DateTimeOffset From, DateTimeOffset To, int Limit);

    private sealed record Earlier(Guid RatingId, bool HasTicket, byte[]? NetworkHash, DateTimeOffset RatedAt, bool Suspected);
}

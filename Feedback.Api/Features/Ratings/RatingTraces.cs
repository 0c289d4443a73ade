using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Policies;
using Feedback.Security;

namespace Feedback.Features.Ratings;

/// <summary>
/// One rating per device and window in so many minutes and so many a day, where no ticket tells services apart (docs/domain.md
/// "Ratings"). A network is remembered but limits nobody: a whole hall shares one.
/// </summary>
internal sealed class RatingTraces(Db db, Vault vault, LocalTime local)
{
    private const string AnySql = "select 1 from rating_trace where device_hash = @Hash and has_ticket = 0 and rated_at >= @Since";

    private const string RecentSql =
        """
        select device_hash, window_code, rated_at
        from rating_trace
        where device_hash = @Hash and has_ticket = 0 and rated_at >= @Since
        """;

    private const string KeepSql =
        """
        insert into rating_trace (rating_id, window_code, has_ticket, device_hash, network_hash, rated_at)
        values (@Id, @Window, @HasTicket, @Device, @Network, @At)
        """;

    /// <summary>What the devices of these ratings gave without a ticket, today and a while before.</summary>
    public async Task<Recent> Read(IReadOnlyList<RateService> ratings, CancellationToken ct)
    {
        var devices = Hashes(Purpose.Device, ratings.Select(r => r.Source?.Device));
        var recent = new Recent(devices, Hashes(Purpose.Network, ratings.Select(r => r.Source?.Network)), local.Now, local.StartOf(local.Today));
        var since = local.StartOf(local.Today).AddDays(-1);
        var asked = ratings.Where(r => r.Ticket is null).Select(r => r.Source?.Device).OfType<string>().Distinct().Select(device => new Asked(device, devices[device], since));
        var known = await db.Found(AnySql, [.. asked], ct);
        if (known.Count == 0) return recent;

        var names = known.ToDictionary(k => Convert.ToHexString(k.Hash), k => k.Device);
        foreach (var given in await db.QueryEach<Given>(RecentSql, known.Select(k => new { k.Hash, k.Since }), ct))
        {
            recent.Note(names[Convert.ToHexString(given.DeviceHash)], given.WindowCode, given.RatedAt);
        }

        return recent;
    }

    public static void Keep(IEnumerable<Row> rows, WriteBatch writes) => writes.Add(KeepSql, rows);

    /// <param name="Id">The rating.</param>
    /// <param name="Window">Its window.</param>
    /// <param name="HasTicket">Whether a ticket tells the service apart.</param>
    /// <param name="Device">Keyed hash; null without a name.</param>
    /// <param name="Network">Keyed hash; null without an address.</param>
    /// <param name="At">When it was given.</param>
    public sealed record Row(Guid Id, string Window, bool HasTicket, byte[]? Device, byte[]? Network, DateTimeOffset At);

    /// <summary>What devices gave of late, with what they give in this group.</summary>
    public sealed class Recent(IReadOnlyDictionary<string, byte[]> devices, IReadOnlyDictionary<string, byte[]> networks, DateTimeOffset now, DateTimeOffset startOfToday)
    {
        private readonly Dictionary<string, List<(string Window, DateTimeOffset At)>> _given = [];

        /// <summary>The refusal of a rating that the device may not give now; null when it may, or has no name.</summary>
        public Refusal? Refuse(RateService rating, string window, RatingPolicy? policy)
        {
            if (rating.Ticket is not null || policy is null || rating.Source?.Device is not { } device || !_given.TryGetValue(device, out var given)) return null;
            if (given.Exists(g => g.Window == window && g.At > now.AddMinutes(-policy.MinutesApart))) return RatingsRefusals.DeviceRatedThisWindow;
            return given.Count(g => g.At >= startOfToday) >= policy.PerDay ? RatingsRefusals.DeviceRatedEnoughToday : null;
        }

        /// <summary>A rating that was accepted, as its trace is kept.</summary>
        public Row Keep(Guid id, RateService rating, string window, DateTimeOffset at)
        {
            if (rating is { Ticket: null, Source.Device: { } device }) Note(device, window, at);
            return new Row(id, window, rating.Ticket is not null, HashOf(devices, rating.Source?.Device), HashOf(networks, rating.Source?.Network), at);
        }

        private static byte[]? HashOf(IReadOnlyDictionary<string, byte[]> hashes, string? value) => value is null ? null : hashes[value];

        internal void Note(string device, string window, DateTimeOffset at)
        {
            if (!_given.TryGetValue(device, out var given)) _given[device] = given = [];
            given.Add((window, at));
        }
    }

    private Dictionary<string, byte[]> Hashes(string purpose, IEnumerable<string?> values) =>
        values.OfType<string>().Distinct().ToDictionary(value => value, value => vault.Hash(purpose, value));

    private sealed record Asked(string Device, byte[] Hash, DateTimeOffset Since);

    private sealed record Given(byte[] DeviceHash, string WindowCode, DateTimeOffset RatedAt);
}

using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Policies;
using Feedback.Security;

namespace Feedback.Features.Ratings;

/// <summary>Where a rating came from, as the door saw it; only keyed hashes of it are ever stored.</summary>
/// <param name="Device">What the device calls itself: the page's cookie, the X-Device header or the caller's token; null when it has no name.</param>
/// <param name="Network">The network address; null when there is none.</param>
public sealed record RatingSource(string? Device, string? Network);

/// <summary>
/// One rating per device and window in so many minutes and so many a day, where no ticket tells services apart (docs/domain.md
/// "Ratings"). A network is remembered but limits nobody: a whole hall shares one.
/// </summary>
public sealed class RatingTraces(Db db, Vault vault, LocalTime local)
{
    private static readonly Refusal MomentsAgo = new(
        RefusalKind.TooOften, "device_rated_this_window", "您刚刚评价过这个窗口,请稍后再评,或填写取号单号码。", "You rated this window a moment ago. Please come back later or give your ticket number.");

    private static readonly Refusal EnoughToday = new(
        RefusalKind.TooOften, "device_rated_enough_today", "这台设备今天的评价次数已满,有取号单时请填写号码。", "This device has given its ratings for today. With a ticket, please give its number.");

    private const string AtWindowSql =
        "select count(*) from rating_trace where device_hash = @device and has_ticket = 0 and rated_at > @since and window_code = @window";

    private const string TodaySql = "select count(*) from rating_trace where device_hash = @device and has_ticket = 0 and rated_at >= @start";

    private const string KeepSql =
        """
        insert into rating_trace (rating_id, window_code, has_ticket, device_hash, network_hash, rated_at)
        values (@id, @window, @hasTicket, @device, @network, @now)
        """;

    /// <summary>The refusal of a rating that the device may not give now; null when it may, or has no name.</summary>
    public async Task<Refusal?> Refuse(RateService rating, string window, RatingPolicy? policy, CancellationToken ct)
    {
        if (rating.Ticket is not null || policy is null || Hash(Purpose.Device, rating.Source?.Device) is not { } device) return null;
        if (await db.Single<int>(AtWindowSql, new { device, window, since = local.Now.AddMinutes(-policy.MinutesApart) }, ct) > 0) return MomentsAgo;
        return await db.Single<int>(TodaySql, new { device, start = local.StartOf(local.Today) }, ct) >= policy.PerDay ? EnoughToday : null;
    }

    public Task Keep(Guid id, RateService rating, string window, CancellationToken ct)
    {
        var (device, network) = (Hash(Purpose.Device, rating.Source?.Device), Hash(Purpose.Network, rating.Source?.Network));
        return device is null && network is null
            ? Task.CompletedTask
            : db.Execute(KeepSql, new { id, window, hasTicket = rating.Ticket is not null, device, network, now = local.Now }, ct);
    }

    private byte[]? Hash(string purpose, string? value) => value is null ? null : vault.Hash(purpose, value);
}

using Feedback.Casework.Counts;
using Feedback.Data;
using Feedback.Domain.Ratings;

namespace Feedback.Features.Ratings;

/// <summary>
/// Keeps flags and what was decided about them, and the counts of both. The rating itself is never touched. The first flag of a
/// rating opens it for the inspectors and counts it as suspected on that day; what has been decided gets no further flags.
/// </summary>
internal sealed class RatingFlags(Db db, DailyCounts counts, LocalTime local)
{
    private const string KnownSql = "select rating_id, signal from rating_flag where rating_id = @id";
    private const string DecidedSql = "select 1 from rating_flag_decision where rating_id = @id";
    private const string RatedSql = "select id, grade, hall_code, department_code, window_code, item_code, channel from rating where id = @id";

    private const string FlagSql =
        """
        insert into rating_flag (rating_id, signal, reason, reason_en, policy_version, opens, flagged_at, local_day)
        values (@id, @signal, @zh, @en, @version, @opens, @now, @today)
        """;

    /// <summary>Writes those that are not there yet.</summary>
    /// <param name="flags">Any, in any order, also several of one signal.</param>
    /// <param name="version">Of the policy that they were judged by.</param>
    public async Task Raise(IEnumerable<PraiseFlag> flags, int version, CancellationToken ct)
    {
        var ratings = flags.GroupBy(f => f.RatingId).ToList();
        var ids = ratings.ConvertAll(f => new { id = f.Key });
        var known = (await db.QueryEach<Known>(KnownSql, ids, ct)).ToLookup(k => k.RatingId, k => k.Signal);
        var decided = (await db.Found(DecidedSql, ids, ct)).Select(d => d.id).ToHashSet();
        var fresh = ratings
            .Where(f => !decided.Contains(f.Key))
            .SelectMany(f => f.DistinctBy(x => x.Signal).Where(x => !known[f.Key].Contains(x.Signal)).Select((x, i) => (Flag: x, Opens: i == 0 && !known.Contains(f.Key))))
            .ToList();
        await db.Execute(FlagSql, fresh.Select(f => new { id = f.Flag.RatingId, signal = f.Flag.Signal.ToString(), zh = f.Flag.Reason.Zh, en = f.Flag.Reason.En, version, opens = f.Opens, now = local.Now, today = local.Today }), ct);
        await counts.Add(await Counted(fresh.Where(f => f.Opens).Select(f => f.Flag.RatingId), ct), ct);
    }

    /// <summary>A dismissed rating is as good as any other, from today on.</summary>
    public async Task Dismiss(Guid id, CancellationToken ct) => await counts.TakeBack(await Counted([id], ct), ct);

    private async Task<IEnumerable<CountKey>> Counted(IEnumerable<Guid> ratings, CancellationToken ct) =>
        (await db.QueryEach<Rated>(RatedSql, ratings.Select(id => new { id }), ct))
            .Select(r => CountKey.OfRating(local.Today, r.Grade, r.HallCode, r.DepartmentCode, r.WindowCode, r.ItemCode, r.Channel).AsSuspected());

    private sealed record Known(Guid RatingId, PraiseSignal Signal);

    private sealed record Rated(Guid Id, Grade Grade, string HallCode, string DepartmentCode, string WindowCode, string? ItemCode, Channel Channel);
}

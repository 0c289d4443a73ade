using System.Text.Json;
using System.Text.Json.Serialization;
using Feedback.Domain.Policies;
using Feedback.Domain.Ratings;
using Feedback.Domain.Time;

namespace Feedback.Data;

/// <summary>Calendar years, policies and tag catalogues as the database holds them, read once and kept for a short while.</summary>
public sealed class ReferenceData(TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    private const string AllSql = "select kind, version, body from reference_document order by kind, version";

    private volatile Snapshot? _snapshot;

    public async Task<Snapshot> Read(Db db, CancellationToken ct)
    {
        var known = _snapshot;
        if (known is not null && time.GetElapsedTime(known.ReadAt) < Fresh) return known;
        var rows = await db.Query<Row>(AllSql, null, ct);
        return _snapshot = new Snapshot(
            Of<CalendarYear>(rows, "calendar"), Of<Policy>(rows, "policy"), Of<TagCatalogue>(rows, "tags"), time.GetTimestamp());
    }

    private static IReadOnlyList<T> Of<T>(IEnumerable<Row> rows, string kind) =>
        [.. rows.Where(r => r.Kind == kind).Select(r => JsonSerializer.Deserialize<T>(r.Body, Json)!)];

    private sealed record Row(string Kind, int Version, string Body);

    /// <summary>All versions at one moment.</summary>
    public sealed record Snapshot(IReadOnlyList<CalendarYear> Years, IReadOnlyList<Policy> Policies, IReadOnlyList<TagCatalogue> Catalogues, long ReadAt)
    {
        public Policy PolicyOn(DateOnly day) => Policies.Last(p => p.EffectiveFrom <= day);

        public Policy PolicyOf(int version) => Policies.Single(p => p.Version == version);

        public TagCatalogue TagsOn(DateOnly day) => Catalogues.Last(c => c.EffectiveFrom <= day);
    }
}

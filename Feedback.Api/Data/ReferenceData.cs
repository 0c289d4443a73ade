using System.Text.Json;
using System.Text.Json.Serialization;
using Feedback.Domain.Policies;
using Feedback.Domain.Ratings;
using Feedback.Domain.Time;

namespace Feedback.Data;

/// <summary>Calendar years, halls' days, policies and tag catalogues as the database holds them, read once and kept for a short while.</summary>
public sealed class ReferenceData(TimeProvider time, LocalTime local)
{
    /// <summary>However a calendar is changed, every process knows it after this long.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private const string AllSql = "select kind, version, body from reference_document order by kind, version";
    private const string HallsSql = "select code, opening_hours from hall";
    private const string HallDaysSql = "select hall_code, day, works, reason from hall_day";

    private volatile Snapshot? _snapshot;

    public async Task<Snapshot> Read(Db db, CancellationToken ct)
    {
        var known = _snapshot;
        if (known is not null && time.GetElapsedTime(known.ReadAt) < Fresh) return known;
        var rows = await db.Query<Row>(AllSql, null, ct);
        var (years, readAt) = (Of<CalendarYear>(rows, "calendar"), time.GetTimestamp());
        var own = (await db.Query<OwnDay>(HallDaysSql, null, ct)).ToLookup(d => d.HallCode, d => new HallDay(d.Day, d.Works, d.Reason));
        var calendars = (await db.Query<(string Code, string OpeningHours)>(HallsSql, null, ct))
            .ToDictionary(h => h.Code, h => new WorkCalendar(years, OpeningHours.Parse(h.OpeningHours), local.Zone, own[h.Code]));
        return _snapshot = new Snapshot(years, Of<Policy>(rows, "policy"), Of<TagCatalogue>(rows, "tags"), calendars, readAt);
    }

    /// <summary>A hall's calendar; a hall that was set up a moment ago is looked for again.</summary>
    public async Task<WorkCalendar> CalendarOf(string hall, Db db, CancellationToken ct)
    {
        if ((await Read(db, ct)).Calendars.TryGetValue(hall, out var calendar)) return calendar;
        Forget();
        return (await Read(db, ct)).Calendars[hall];
    }

    /// <summary>After a change: what is read next is read anew.</summary>
    public void Forget() => _snapshot = null;

    /// <summary>A document of one kind, as its JSON must be.</summary>
    /// <exception cref="JsonException">It is not.</exception>
    public static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, Json) ?? throw new JsonException("The document is null.");

    /// <summary>A document as it is stored.</summary>
    public static string Write<T>(T document) => JsonSerializer.Serialize(document, Json);

    private static IReadOnlyList<T> Of<T>(IEnumerable<Row> rows, string kind) =>
        [.. rows.Where(r => r.Kind == kind).Select(r => Parse<T>(r.Body))];

    private sealed record Row(string Kind, int Version, string Body);

    private sealed record OwnDay(string HallCode, DateOnly Day, bool Works, string Reason);

    /// <summary>All versions at one moment.</summary>
    public sealed record Snapshot(
        IReadOnlyList<CalendarYear> Years, IReadOnlyList<Policy> Policies, IReadOnlyList<TagCatalogue> Catalogues, IReadOnlyDictionary<string, WorkCalendar> Calendars, long ReadAt)
    {
        /// <summary>Whether a policy and a catalogue were in force; before the first of them nothing can be judged.</summary>
        public bool HasRulesOn(DateOnly day) => Policies.Any(p => p.EffectiveFrom <= day) && Catalogues.Any(c => c.EffectiveFrom <= day);

        public Policy PolicyOn(DateOnly day) => Policies.Last(p => p.EffectiveFrom <= day);

        public Policy PolicyOf(int version) => Policies.Single(p => p.Version == version);

        public TagCatalogue TagsOn(DateOnly day) => Catalogues.Last(c => c.EffectiveFrom <= day);
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using Feedback.Data;

namespace Feedback.Features.Cases;

/// <summary>What happened to a case. The names are stored.</summary>
public enum CaseEventKind
{
    Filed,
    Accepted,
    Warned,
    Escalated,
    Answered,
    Declined,
    Paused,
    Resumed,
    ExtensionAsked,
    Extended,
    ExtensionRefused,
    HandOverOffered,
    HandOverAccepted,
    HandOverRefused,
    HandOverSilent,
    ArbitrationAsked,
    Arbitrated,
    MaterialAdded,
    PicturesAdded,
    Reminded,
    Withdrawn,
    Closed,
    Reopened,
    Appealed,
    AppealDecided,
    FirstAsked,
    NoticeIssued,
    DemandAsked,
    DemandRefused,
    Acknowledged,
    DeemedAccepted,
    DeemedAcceptanceRefused,
    Recomputed,
    Grouped,
    BadRatingOpened,
    BadRatingVerified,
    BadRatingSetRight,
    BadRatingCalledBack,
    BadRatingAppealed,
    BadRatingAppealDecided,

    /// <summary>查阅: somebody read a sealed case.</summary>
    Read,

    /// <summary>申请查看联系方式: somebody asked to see who filed the case.</summary>
    ContactAsked,

    ContactGranted,
    ContactRefused,

    /// <summary>Somebody who was granted it saw who filed the case; the citizen is told.</summary>
    ContactRead,

    /// <summary>Somebody wrote to the citizen through the system.</summary>
    CitizenWrittenTo,

    /// <summary>The citizen answered that.</summary>
    CitizenAnswered,

    /// <summary>A window had too many red cases in a short time; told to discipline inspection, and written in no case's history.</summary>
    WindowAlarm,
}

/// <summary>One thing that happened, with the facts that its sentence needs.</summary>
/// <param name="CaseNumber">Whose.</param>
/// <param name="Kind">What.</param>
/// <param name="At">When, to the millisecond.</param>
/// <param name="Actor">The login of whoever did it; null for the citizen and the clock.</param>
/// <param name="Detail">JSON object; see <see cref="EventDetail"/>.</param>
public sealed record CaseEvent(string CaseNumber, string Kind, DateTimeOffset At, string? Actor, string Detail);

/// <summary>The facts of an event; absent where they do not apply.</summary>
/// <param name="Clock">Which clock.</param>
/// <param name="Step">Which step of its ladder.</param>
/// <param name="DueAt">When the step was due, or the new promise.</param>
/// <param name="Recipients">Logins that were told.</param>
/// <param name="Reason">Why, in the words or the code of whoever did it; the citizen reads it.</param>
/// <param name="Unit">The department concerned.</param>
/// <param name="Person">The login concerned.</param>
/// <param name="Result">How it was decided.</param>
/// <param name="Document">The number of the sheet concerned.</param>
/// <param name="Hash">That sheet's hash, in hexadecimal.</param>
/// <param name="Count">How many.</param>
public sealed record EventDetail(
    string? Clock = null, string? Step = null, DateTimeOffset? DueAt = null, IReadOnlyList<string>? Recipients = null, string? Reason = null, string? Unit = null, string? Person = null,
    string? Result = null, string? Document = null, string? Hash = null, int? Count = null);

/// <summary>Appends to the cases' history; nothing in the product edits or deletes it, and the database refuses both.</summary>
public sealed class CaseHistory(Db db, EventChain chain)
{
    private const string AppendSql =
        "insert into case_event (case_number, seq, kind, at, actor, detail, hash) values (@CaseNumber, @Seq, @Kind, @At, @Actor, @Detail, @Hash)";

    private const string LastSql =
        """
        select e.case_number, e.seq, e.hash
        from case_event e
        join (select case_number, max(seq) as seq from case_event where case_number in @numbers group by case_number) l
          on l.case_number = e.case_number and l.seq = e.seq
        """;

    private const string OfCaseSql = "select case_number, kind, at, actor, detail from case_event where case_number = @number order by seq";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static CaseEvent Event(string number, CaseEventKind kind, DateTimeOffset at, string? actor, EventDetail? detail = null) =>
        new(number, kind.ToString(), at, actor, JsonSerializer.Serialize(detail ?? new EventDetail(), Json));

    public static EventDetail DetailOf(CaseEvent happened) => JsonSerializer.Deserialize<EventDetail>(happened.Detail, Json)!;

    /// <summary>In the order given. Two who append to one case at once meet at the same number, and the later one runs again.</summary>
    public async Task Append(IReadOnlyCollection<CaseEvent> events, CancellationToken ct)
    {
        var numbers = events.Select(e => e.CaseNumber).Distinct();
        var last = (await db.Query<EventChain.Link>(LastSql, new { numbers }, ct)).ToDictionary(l => l.CaseNumber);
        var rows = new List<Row>();
        foreach (var e in events)
        {
            var link = last[e.CaseNumber] = chain.Next(last.GetValueOrDefault(e.CaseNumber), e);
            rows.Add(new Row(e.CaseNumber, link.Seq, e.Kind, e.At, e.Actor, e.Detail, link.Hash));
        }

        await db.ExecuteEach(AppendSql, rows, ct);
    }

    public Task<IReadOnlyList<CaseEvent>> Of(string number, CancellationToken ct) => db.Query<CaseEvent>(OfCaseSql, new { number }, ct);

    private sealed record Row(string CaseNumber, int Seq, string Kind, DateTimeOffset At, string? Actor, string Detail, byte[] Hash);
}

using System.Text.Encodings.Web;
using System.Text.Json;
using Feedback.Data;

namespace Feedback.Casework;

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

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Feedback.Data;
using Feedback.Domain.Inquiries;

namespace Feedback.Casework.Inquiries;

/// <summary>Reads first contacts with their notices.</summary>
internal sealed class InquiryRecords(Db db, LocalTime local)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const string FirstSql =
        """
        select f.first_name, fp.phone as first_phone, f.at, r.name as responsible, rp.phone as responsible_phone, d.name as doer, dp.phone as doer_phone,
               f.item_code, i.name as item, i.name_en as item_en, f.intake, f.materials, a.acknowledged_at
        from first_contact f
        join case_file c on c.case_number = f.case_number
        left join staff_phone fp on fp.login = f.first_login
        left join staff r on r.login = c.responsible
        left join staff_phone rp on rp.login = c.responsible
        left join staff d on d.login = f.doer_login
        left join staff_phone dp on dp.login = f.doer_login
        left join service_item i on i.code = f.item_code
        left join acknowledgement a on a.document = f.case_number
        where f.case_number = @number
        """;

    private const string NoticesSql =
        """
        select n.number, n.body, n.hash, a.acknowledged_at
        from one_time_notice n
        left join acknowledgement a on a.document = n.number
        where n.case_number = @number
        order by n.cycle
        """;

    private const string WaitingSql =
        """
        select d.number, d.exception, d.reason, d.missing, d.asked_by, s.name as asked_by_name
        from second_demand d
        join staff s on s.login = d.asked_by
        where d.case_number = @number and d.approved is null
        """;

    private const string DeemedSql = "select flagged_at, confirmed from deemed_acceptance where case_number = @number order by cycle desc";

    private const string UnacknowledgedSql =
        """
        select distinct n.case_number
        from one_time_notice n
        left join acknowledgement a on a.document = n.number
        where n.case_number in @numbers and a.document is null
        """;

    /// <summary>Null for a case that began as a complaint.</summary>
    public async Task<Inquiry?> Of(string number, CancellationToken ct)
    {
        if (await db.SingleOrDefault<First>(FirstSql, new { number }, ct) is not { } first) return null;
        var notices = await db.Query<Issued>(NoticesSql, new { number }, ct);
        var waiting = await db.SingleOrDefault<Waiting>(WaitingSql, new { number }, ct);
        var deemed = await db.SingleOrDefault<Deemed>(db.Dialect.Limited(DeemedSql), new { number, limit = 1 }, ct);
        return new Inquiry(
            new Person(first.FirstName, first.FirstPhone), local.At(first.At), Named(first.Responsible, first.ResponsiblePhone), Named(first.Doer, first.DoerPhone),
            first.ItemCode, first.Item, first.ItemEn, first.Intake, first.Materials is { } received ? Parse<ReceivedMaterial[]>(received) : [], Local(first.AcknowledgedAt),
            [.. notices.Select(n => new Inquiry.Notice(n.Number, Parse<NoticeBody>(n.Body), Convert.ToHexStringLower(n.Hash), Local(n.AcknowledgedAt)))],
            waiting is null ? null : new Inquiry.Demand(waiting.Number, waiting.Exception, waiting.Reason, Parse<string[]>(waiting.Missing), waiting.AskedBy, waiting.AskedByName),
            deemed is null ? null : new Inquiry.Deeming(local.At(deemed.FlaggedAt), deemed.Confirmed));
    }

    /// <summary>Those of the cases that have a notice without the citizen's acknowledgement.</summary>
    public async Task<IReadOnlySet<string>> Unacknowledged(IEnumerable<string> numbers, CancellationToken ct) =>
        (await db.Query<string>(UnacknowledgedSql, new { numbers }, ct)).ToHashSet();

    internal static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, Json)!;

    private static Person? Named(string? name, string? phone) => name is null ? null : new Person(name, phone);

    private DateTimeOffset? Local(DateTimeOffset? instant) => instant is { } at ? local.At(at) : null;

    private sealed record First(
        string FirstName, string? FirstPhone, DateTimeOffset At, string? Responsible, string? ResponsiblePhone, string? Doer, string? DoerPhone, string? ItemCode, string? Item, string? ItemEn,
        Intake Intake, string? Materials, DateTimeOffset? AcknowledgedAt);

    private sealed record Issued(string Number, string Body, byte[] Hash, DateTimeOffset? AcknowledgedAt);

    private sealed record Waiting(string Number, DemandGround Exception, string Reason, string Missing, string AskedBy, string AskedByName);

    private sealed record Deemed(DateTimeOffset FlaggedAt, bool? Confirmed);
}

using System.Text.Json;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Inquiries;

namespace Feedback.Casework.Inquiries;

/// <summary>Writes one-time notices from the item's published guide, numbers and archives them.</summary>
internal sealed class NoticeIssuer(CaseContext context, DeemedAcceptances deemed, LocalTime local)
{
    private const string FactsSql =
        """
        select i.code as item_code, i.name as item, i.name_en as item_en, i.guide, h.code as hall_code, h.name as hall, h.name_en as hall_en, h.supervision_phone,
               d.name as unit, d.name_en as unit_en, s.name as issuer, p.phone
        from case_file c
        join first_contact f on f.case_number = c.case_number
        join service_item i on i.code = f.item_code
        join hall h on h.code = c.hall_code
        join department d on d.code = c.unit_code
        join staff s on s.login = @by
        left join staff_phone p on p.login = s.login
        where c.case_number = @number
        """;

    private const string TodaySql = "select count(*) from one_time_notice where hall_code = @hall and local_day = @today and cycle = 1";

    private const string FirstSql = "select number from one_time_notice where case_number = @number and cycle = 1";

    private const string TakenSql =
        """
        select (select count(*) from one_time_notice where case_number = @number)
             + (select count(*) from second_demand where case_number = @number and (approved is null or approved = 0))
        """;

    private const string MoveSql = "update case_file set state = @next, step = null where case_number = @number and state = @state";

    private const string InsertSql =
        """
        insert into one_time_notice (number, case_number, cycle, hall_code, item_code, issued_by, issued_at, local_day, body, hash)
        values (@number, @caseNumber, @cycle, @hall, @item, @by, @now, @today, @body, @hash)
        """;

    /// <summary>The number that the case's next sheet will bear, or why it cannot have one.</summary>
    public async Task<Outcome<Place>> Next(CaseRow found, CancellationToken ct)
    {
        if (!found.IsApplication) return CaseRefusals.NotAnApplication;
        if (await deemed.IsPending(found.CaseNumber, ct)) return CaseRefusals.DeemedAcceptancePending;
        var cycle = 1 + await context.Db.Single<int>(TakenSql, new { number = found.CaseNumber }, ct);
        var first = await context.Db.SingleOrDefault<string>(FirstSql, new { number = found.CaseNumber }, ct);
        if (first is not null) return new Place(OneTimeNotice.Later(first, cycle), cycle);
        var today = local.Today;
        var serial = 1 + await context.Db.Single<int>(TodaySql, new { hall = found.HallCode, today }, ct);
        return new Place(OneTimeNotice.Number(found.HallCode, today, serial), cycle);
    }

    /// <summary>The refusal when something is demanded that the guide does not ask for; null when all is in it.</summary>
    public async Task<Refusal?> Check(CaseRow found, string by, IReadOnlyList<string> missing, CancellationToken ct)
    {
        var known = (await Facts(found, by, ct)).Read().Materials.Select(m => m.Name).ToHashSet();
        return missing.All(known.Contains) ? null : CaseRefusals.MaterialNotInGuide;
    }

    /// <summary>Issues the notice: from now on the citizen has the next word, or the application is refused.</summary>
    /// <param name="found">The application.</param>
    /// <param name="next">The state it goes to.</param>
    /// <param name="place">Number and cycle.</param>
    /// <param name="telling">What it says.</param>
    /// <param name="by">The login of whoever tells.</param>
    public async Task<Issued> Issue(CaseRow found, CaseState next, Place place, NoticeText telling, string by, CancellationToken ct)
    {
        var (facts, now) = (await Facts(found, by, ct), context.Now);
        var guide = facts.Read();
        var content = new NoticeBody(
            place.Number, found.CaseNumber, now, new(facts.Hall, facts.HallEn), new(facts.Unit, facts.UnitEn), new(facts.Item, facts.ItemEn), facts.Issuer, facts.Phone,
            guide.LegalBasis, guide.Conditions ?? [], [.. guide.Materials.Where(m => telling.Missing.Contains(m.Name))], guide.Procedure, guide.Promise.ToString(), guide.Fee,
            facts.SupervisionPhone, telling.Note, telling.Refusal, telling.Exception);
        var body = JsonSerializer.Serialize(content, InquiryRecords.Json);
        var hash = OneTimeNotice.Hash(body);

        await context.Db.ExecuteOne(MoveSql, new { next = next.ToString(), number = found.CaseNumber, state = found.State.ToString() }, ct);
        if (telling.Refusal is null) await context.Clocks.Stop(found.CaseNumber, ClockKind.Acceptance, now, ct);
        else await context.Clocks.StopAll(found.CaseNumber, now, ct);
        await context.Db.Execute(
            InsertSql,
            new { number = place.Number, caseNumber = found.CaseNumber, cycle = place.Cycle, hall = facts.HallCode, item = facts.ItemCode, by, now, today = local.DayOf(now), body, hash },
            ct);
        await context.Record(found, CaseEventKind.NoticeIssued, by, new EventDetail(Document: place.Number, Hash: Convert.ToHexStringLower(hash)), ct);
        if (telling.Refusal is { } refused) await context.Record(found, CaseEventKind.Declined, by, new EventDetail(Reason: refused.Reasons, Result: refused.Remedies), ct);
        return new Issued(place.Number, false, now, Convert.ToHexStringLower(hash), $"/console/register/{found.CaseNumber}/notice/{place.Number}");
    }

    private Task<Fact> Facts(CaseRow found, string by, CancellationToken ct) => context.Db.Single<Fact>(FactsSql, new { number = found.CaseNumber, by }, ct);

    /// <param name="Number">The sheet's number.</param>
    /// <param name="Cycle">1 for the first of its case.</param>
    public sealed record Place(string Number, int Cycle);

    /// <param name="Number">The sheet's number.</param>
    /// <param name="AwaitsApproval">A second demand: nothing is issued until the hall supervisor approves.</param>
    /// <param name="IssuedAt">When it was issued.</param>
    /// <param name="Hash">As printed at its foot: SHA-256 of the archived text.</param>
    /// <param name="Address">Where it can be printed.</param>
    public sealed record Issued(string Number, bool AwaitsApproval, DateTimeOffset? IssuedAt, string? Hash, string? Address);

    private sealed record Fact(
        string ItemCode, string Item, string ItemEn, string Guide, string HallCode, string Hall, string HallEn, string SupervisionPhone, string Unit, string UnitEn, string Issuer, string? Phone)
    {
        public ServiceGuide Read() => ServiceGuide.Parse(Guide);
    }
}

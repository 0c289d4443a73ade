using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Features.Halls;
using Feedback.Security;

namespace Feedback.Features.Cases;

/// <summary>A case to be opened, whoever brought it.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="About">Which of the ten, or a question.</param>
/// <param name="Receiver">Whom it is addressed to.</param>
/// <param name="Against">Who is complained about.</param>
/// <param name="Window">Where it happened or was brought.</param>
/// <param name="Ticket">The queue ticket, if there was one.</param>
/// <param name="Said">The citizen's words, sealed.</param>
/// <param name="ContactId">Where the contact is kept, if one was left.</param>
/// <param name="PolicyVersion">The rules in force.</param>
/// <param name="Responsible">The login of who is responsible; null while nobody holds the post.</param>
/// <param name="AcceptBy">When the decision on acceptance is due.</param>
/// <param name="AcceptedAt">Accepted at once; null when that is to be decided.</param>
/// <param name="DueAt">The promised instant.</param>
/// <param name="FiledAt">Now; the case and its count belong to one day.</param>
public sealed record NewCase(
    CaseType Type, Prohibition About, Receiver Receiver, Against Against, WindowInfo Window, string? Ticket, byte[] Said, Guid? ContactId, int PolicyVersion, string? Responsible,
    DateTimeOffset AcceptBy, DateTimeOffset? AcceptedAt, DateTimeOffset DueAt, DateTimeOffset FiledAt)
{
    public Lane Lane => Routing.LaneOf(About, Receiver, Against);
}

/// <summary>Opens case files: a number, and a query code that is stored only as a keyed hash.</summary>
public sealed class CaseFiles(Db db, Vault vault, LocalTime local)
{
    private const int QueryCodeLength = 12;

    private const string TakenSql = "select count(*) from case_file where case_number = @number";

    private const string InsertSql =
        """
        insert into case_file (case_number, query_hash, case_type, about, receiver, against, lane, hall_code, department_code, window_code, ticket, said, contact_id,
                               policy_version, state, responsible, unit_code, offered_unit, reopened, step, filed_at, filed_day, accept_by, accepted_at, due_at, answered_at, answer, verdict)
        values (@number, @queryHash, @caseType, @about, @receiver, @against, @lane, @hall, @department, @window, @ticket, @said, @contactId,
                @policy, @state, @responsible, @department, null, 0, null, @now, @today, @acceptBy, @acceptedAt, @dueAt, null, null, null)
        """;

    /// <returns>The number, and the code as the citizen reads it.</returns>
    public async Task<(string Number, string QueryCode)> Open(NewCase file, CancellationToken ct)
    {
        var today = local.DayOf(file.FiledAt);
        var number = await NewNumber(today, ct);
        var queryCode = PublicCode.Random(QueryCodeLength);
        await db.Execute(
            InsertSql,
            new
            {
                number,
                queryHash = vault.Hash(Purpose.QueryCode, number + queryCode),
                caseType = file.Type.ToString(),
                about = file.About.ToString(),
                receiver = file.Receiver.ToString(),
                against = file.Against.ToString(),
                lane = (int)file.Lane,
                hall = file.Window.HallCode,
                department = file.Window.DepartmentCode,
                window = file.Window.Code,
                ticket = file.Ticket,
                said = file.Said,
                contactId = file.ContactId,
                policy = file.PolicyVersion,
                state = (file.AcceptedAt is null ? CaseState.Filed : CaseState.Accepted).ToString(),
                responsible = file.Responsible,
                now = file.FiledAt,
                today,
                acceptBy = file.AcceptBy,
                acceptedAt = file.AcceptedAt,
                dueAt = file.DueAt,
            },
            ct);
        return (number, PublicCode.Grouped(queryCode));
    }

    private async Task<string> NewNumber(DateOnly day, CancellationToken ct)
    {
        while (true)
        {
            var number = CaseNumber.New(day);
            if (await db.Single<int>(TakenSql, new { number }, ct) == 0) return number;
        }
    }
}

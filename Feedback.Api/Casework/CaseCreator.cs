using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Security;

namespace Feedback.Casework;

/// <summary>Opens case files: a number, and a query code that is stored only as a keyed hash.</summary>
public sealed class CaseCreator(Db db, Vault vault, LocalTime local)
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

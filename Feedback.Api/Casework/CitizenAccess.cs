using System.Security.Cryptography;
using Feedback.Casework.Pictures;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Security;

namespace Feedback.Casework;

/// <summary>The citizen's way into a case: its number and query code. A wrong code looks like an unknown number, and takes as long.</summary>
internal sealed class CitizenAccess(CaseContext context, CasePictures pictures, Vault vault)
{
    private const string HashSql = "select query_hash from case_file where case_number = @number";
    private const string RemindedSql = "select max(at) as at from case_event where case_number = @number and kind = 'Reminded' having max(at) is not null";
    private const string AppealedSql = "select count(*) from case_appeal where case_number = @number";
    private const string DecidedSql = "select max(at) as at from case_event where case_number = @number and kind in ('Answered', 'Declined')";

    public async Task<Outcome<CaseRow>> Open(string? caseNumber, string? queryCode, CancellationToken ct)
    {
        var number = caseNumber?.Trim() ?? "";
        var known = await context.Db.SingleOrDefault<byte[]>(HashSql, new { number }, ct);

        // Made and compared for an unknown number too.
        var given = vault.Hash(Purpose.QueryCode, number + PublicCode.Normalise(queryCode));
        return CryptographicOperations.FixedTimeEquals(given, known ?? new byte[given.Length]) && known is not null
            ? (await context.Cases.Read(number, ct))!
            : CaseRefusals.ComplaintUnknown;
    }

    /// <summary>The case and the state a command leads to, or the refusal that names why not.</summary>
    public async Task<Outcome<(CaseRow Case, CaseState Next)>> Begin(string? caseNumber, string? queryCode, CaseCommand command, CancellationToken ct)
    {
        var found = await Open(caseNumber, queryCode, ct);
        if (found.Refusal is { } unknown) return unknown;
        var next = await Next(found.Value, command, ct);
        return next.Refusal is { } refusal ? refusal : (found.Value, next.Value);
    }

    /// <summary>What the citizen can do now: nothing is offered that would be refused.</summary>
    public async Task<IReadOnlyList<CaseCommand>> CommandsOf(CaseRow found, CancellationToken ct)
    {
        var open = new List<CaseCommand>();
        foreach (var command in Enum.GetValues<CaseCommand>().Where(c => c.IsCitizens()))
        {
            if ((await Next(found, command, ct)).Refusal is null) open.Add(command);
        }

        return open;
    }

    /// <summary>Until when the citizen can appeal against what was decided last.</summary>
    private async Task<DateTimeOffset> AppealBy(CaseRow found, CancellationToken ct)
    {
        var decided = await context.Db.Single<DateTimeOffset>(DecidedSql, new { number = found.CaseNumber }, ct);
        return (await context.CalendarOf(found, ct)).Due(decided, (await context.PolicyOf(found, ct)).Appeal.Ask);
    }

    private async Task<Outcome<CaseState>> Next(CaseRow found, CaseCommand command, CancellationToken ct)
    {
        var next = CaseFlow.Next(found.State, command);
        if (next.Refusal is not null) return next;
        var refusal = command switch
        {
            CaseCommand.Remind when await RemindedThisDay(found, ct) => CaseRefusals.RemindedToday,
            CaseCommand.AddPictures when await pictures.Count(found.CaseNumber, ct) >= PictureRules.Most => DomainRefusals.TooManyPictures,
            CaseCommand.RejectAnswer when found.Reopened > 0 => CaseRefusals.CaseReopenedBefore,
            CaseCommand.Appeal when await context.Db.Single<int>(AppealedSql, new { number = found.CaseNumber }, ct) > 0 => CaseRefusals.AppealOnce,
            CaseCommand.Appeal when context.Now > await AppealBy(found, ct) => CaseRefusals.AppealTooLate,
            _ => null,
        };
        return refusal is null ? next : refusal;
    }

    private async Task<bool> RemindedThisDay(CaseRow found, CancellationToken ct)
    {
        var last = await context.Db.SingleOrDefault<DateTimeOffset?>(RemindedSql, new { number = found.CaseNumber }, ct);
        var calendar = await context.CalendarOf(found, ct);
        return last is { } at && calendar.LocalDay(at) == calendar.LocalDay(context.Now);
    }
}

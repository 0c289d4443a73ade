using System.Security.Cryptography;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Features.Cases;
using Feedback.Security;

namespace Feedback.Features.Complaints;

/// <summary>The citizen's way into a case: its number and query code. A wrong code looks like an unknown number, and takes as long.</summary>
public sealed class ComplaintDoor(Db db, CaseDesk desk, Vault vault)
{
    internal static readonly Refusal Unknown = new(
        RefusalKind.NotFound, "complaint_unknown", "没有找到。请核对受理编号和查询码。", "Nothing found. Please check the case number and the query code.");

    private const string HashSql = "select query_hash from case_file where case_number = @number";

    public async Task<Outcome<CaseRow>> Open(string? caseNumber, string? queryCode, CancellationToken ct)
    {
        var number = caseNumber?.Trim() ?? "";
        var known = await db.SingleOrDefault<byte[]>(HashSql, new { number }, ct);

        // Made and compared for an unknown number too.
        var given = vault.Hash(Purpose.QueryCode, number + PublicCode.Normalise(queryCode));
        return CryptographicOperations.FixedTimeEquals(given, known ?? new byte[given.Length]) && known is not null
            ? (await desk.Read(number, ct))!
            : Unknown;
    }

    /// <summary>The case and the state a command leads to, or the refusal that names why not.</summary>
    public async Task<Outcome<(CaseRow Case, CaseState Next)>> Begin(string? caseNumber, string? queryCode, CaseCommand command, CancellationToken ct)
    {
        var found = await Open(caseNumber, queryCode, ct);
        if (found.Refusal is { } unknown) return unknown;
        var next = CaseFlow.Next(found.Value.State, command);
        return next.Refusal is { } refusal ? refusal : (found.Value, next.Value);
    }
}

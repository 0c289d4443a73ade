using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Security;

namespace Feedback.Accounts;

/// <summary>The second factors of accounts: one secret each, sealed, and ten recovery codes, as keyed hashes.</summary>
internal sealed class SecondFactors(Db db, Vault vault, LocalTime local, ILogger<SecondFactors> log)
{
    private const int RecoveryCodes = 10;
    private const int RecoveryCodeLength = 12;

    private const string FindSql = "select secret from staff_second_factor where login = @login";
    private const string InsertSql = "insert into staff_second_factor (login, secret, last_step, enrolled_at) values (@login, @secret, @step, @now)";
    private const string RecoverySql = "insert into recovery_code (hash, login, used_at) values (@hash, @login, null)";

    // A step is good once, whoever comes first.
    private const string UseStepSql = "update staff_second_factor set last_step = @step where login = @login and last_step < @step";
    private const string UseRecoverySql = "update recovery_code set used_at = @now where hash = @hash and used_at is null";
    private const string DropSql = "delete from staff_second_factor where login = @login";
    private const string DropRecoverySql = "delete from recovery_code where login = @login";

    /// <summary>The account's secret; null without a second factor.</summary>
    public async Task<byte[]?> Secret(string login, CancellationToken ct) =>
        await db.SingleOrDefault<byte[]>(FindSql, new { login }, ct) is { } secret ? Convert.FromBase64String(vault.Open(Purpose.SecondFactor, secret)) : null;

    /// <summary>Whether the code is good now; a good one is used up.</summary>
    public async Task<bool> Use(string login, string? code, CancellationToken ct)
    {
        if (await Secret(login, ct) is not { } secret) return false;
        if (SignInCode.Verify(code, local.Now, secret) is { } step) return await db.Execute(UseStepSql, new { login, step }, ct) == 1;
        if (await db.Execute(UseRecoverySql, new { hash = Hash(login, code), now = local.Now }, ct) != 1) return false;
        log.RecoveryCodeUsed(login);
        return true;
    }

    /// <returns>The recovery codes, which are shown this once.</returns>
    public async Task<IReadOnlyList<string>> Enrol(string login, byte[] secret, int step, CancellationToken ct)
    {
        await db.Execute(InsertSql, new { login, secret = vault.Seal(Purpose.SecondFactor, Convert.ToBase64String(secret)), step, now = local.Now }, ct);
        IReadOnlyList<string> codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => PublicCode.Grouped(PublicCode.Random(RecoveryCodeLength)))];
        await db.Execute(RecoverySql, codes.Select(code => new { hash = Hash(login, code), login }), ct);
        log.SecondFactorEnrolled(login);
        return codes;
    }

    /// <returns>Whether there was one.</returns>
    public async Task<bool> Drop(string login, string by, CancellationToken ct)
    {
        await db.Execute(DropRecoverySql, new { login }, ct);
        if (await db.Execute(DropSql, new { login }, ct) == 0) return false;
        log.SecondFactorRemoved(login, by);
        return true;
    }

    private byte[] Hash(string login, string? code) => vault.Hash(Purpose.RecoveryCode, $"{login} {PublicCode.Normalise(code)}");
}

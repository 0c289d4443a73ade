using Feedback.Data;
using Feedback.Domain.Staff;

namespace Feedback.Accounts;

/// <summary>
/// Counts wrong sign-ins per account, in the database, so that any number of processes count together. Reaching the limit locks the
/// account for a while; meanwhile nothing is counted, and the right password fails like a wrong one.
/// </summary>
internal sealed class SignInGuard(Db db, LocalTime local, SignInLimits limits, ILogger<SignInGuard> log)
{
    private const string FindSql =
        """
        select s.role, s.active, s.locked_until, s.password_hash, s.password_is_first, case when f.login is null then 0 else 1 end as has_second_factor
        from staff s
        left join staff_second_factor f on f.login = s.login
        where s.login = @login
        """;

    // One statement: whoever comes at the same time waits for it and adds to what it wrote.
    private const string FailedSql =
        """
        update staff
        set locked_until = case when failures + 1 >= @limit then @until else null end,
            failures = case when failures + 1 >= @limit then 0 else failures + 1 end
        where login = @login and (locked_until is null or locked_until <= @now)
        """;

    private const string LockedSql = "select locked_until from staff where login = @login";

    private const string ForgiveSql = "update staff set failures = 0, locked_until = null where login = @login and (failures > 0 or locked_until is not null)";

    /// <summary>Null when there is no such account.</summary>
    public async Task<Account?> Find(string login, CancellationToken ct) =>
        await db.SingleOrDefault<Row>(FindSql, new { login }, ct) is { } row
            ? new Account(row.Role, row.PasswordHash, row.PasswordIsFirst, row.HasSecondFactor, row.Active && !(row.LockedUntil > local.Now))
            : null;

    public async Task Failed(string login, CancellationToken ct)
    {
        var (now, until) = (local.Now, local.Now.AddMinutes(limits.LockMinutes));
        var counted = await db.Execute(FailedSql, new { login, limit = limits.Failures, now, until }, ct) == 1;
        if (await db.SingleOrDefault<Lock>(LockedSql, new { login }, ct) is not { } found) log.UnknownLogin();
        else if (counted && found.LockedUntil is { } locked) log.Locked(login, locked);
        else log.SignInFailed(login);
    }

    public async Task Succeeded(string login, CancellationToken ct)
    {
        await Forgive(login, ct);
        log.SignedIn(login);
    }

    /// <summary>The wrong ones so far count no more.</summary>
    /// <returns>Whether there were any.</returns>
    public async Task<bool> Forgive(string login, CancellationToken ct) => await db.Execute(ForgiveSql, new { login }, ct) > 0;

    /// <param name="Role">Decides whether a second factor is needed.</param>
    /// <param name="PasswordHash">The hash that holds now.</param>
    /// <param name="PasswordIsFirst">Whether its owner must replace it.</param>
    /// <param name="HasSecondFactor">Whether a code is asked for.</param>
    /// <param name="MayTry">Active and not locked.</param>
    internal sealed record Account(Role Role, string PasswordHash, bool PasswordIsFirst, bool HasSecondFactor, bool MayTry);

    private sealed record Row(Role Role, bool Active, DateTimeOffset? LockedUntil, string PasswordHash, bool PasswordIsFirst, bool HasSecondFactor);

    private sealed record Lock(DateTimeOffset? LockedUntil);
}

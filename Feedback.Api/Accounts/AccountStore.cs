using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;

namespace Feedback.Accounts;

/// <summary>The rows of accounts and their passwords. A first password was made by somebody else: its owner must replace it before anything opens.</summary>
internal sealed class AccountStore(Db db, TimeProvider time)
{
    private const int FirstPasswordLength = 12;

    private const string KnownSql = "select count(*) from staff where login = @login";

    private const string InsertSql =
        """
        insert into staff (login, name, role, hall_code, department_code, window_code, password_hash, password_is_first, active, created_at)
        values (@login, @name, @role, @hallCode, @departmentCode, @windowCode, @hash, @isFirst, 1, @now)
        """;

    private const string PhoneSql = "insert into staff_phone (login, phone) values (@login, @phone)";

    private const string PasswordSql = "update staff set password_hash = @hash, password_is_first = @isFirst where login = @login";

    /// <summary>60 random bits that can be read out and typed.</summary>
    public static string NewFirstPassword() => PublicCode.Grouped(PublicCode.Random(FirstPasswordLength));

    public async Task<bool> IsKnown(string login, CancellationToken ct) => await db.Single<int>(KnownSql, new { login }, ct) > 0;

    /// <param name="account">Whose login nobody has yet.</param>
    /// <param name="password">In clear.</param>
    /// <param name="isFirst">Whether its owner must replace it.</param>
    /// <param name="phone">Printed on receipts and notices; null for none.</param>
    public async Task Create(Actor account, string password, bool isFirst, string? phone, CancellationToken ct)
    {
        var (login, hash) = (account.Login, Passwords.Hash(account.Login, password));
        await db.Execute(
            InsertSql,
            new { login, name = account.Name, role = account.Role.ToString(), hallCode = account.HallCode, departmentCode = account.DepartmentCode, windowCode = account.WindowCode, hash, isFirst, now = time.GetUtcNow() },
            ct);
        if (phone is not null) await db.Execute(PhoneSql, new { login, phone }, ct);
    }

    /// <returns>Whether there is such an account.</returns>
    public async Task<bool> SetPassword(string login, string hash, bool isFirst, CancellationToken ct) => await db.Execute(PasswordSql, new { login, hash, isFirst }, ct) > 0;
}

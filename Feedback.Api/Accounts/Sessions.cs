using System.Security.Cryptography;
using Feedback.Data;
using Feedback.Security;

namespace Feedback.Accounts;

/// <summary>Sign-ins by form: a row each, found by the keyed hash of the id that the cookie carries. They end after one working day.</summary>
internal sealed class Sessions(Db db, Vault vault, LocalTime local, ILogger<Sessions> log)
{
    /// <summary>One working day, however long a page refreshes itself.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(10);

    private const int UserAgentLength = 200;

    private const string InsertSql =
        """
        insert into staff_session (hash, login, created_at, seen_at, expires_at, ended_at, user_agent, network_hash)
        values (@hash, @login, @now, @now, @expiresAt, null, @userAgent, @network)
        """;

    private const string EndSql = "update staff_session set ended_at = @now where hash = @hash and login = @login and ended_at is null and expires_at > @now";
    private const string EndAllSql = "update staff_session set ended_at = @now where login = @login and ended_at is null and expires_at > @now";
    private const string EndOthersSql = "update staff_session set ended_at = @now where login = @login and hash <> @hash and ended_at is null and expires_at > @now";

    /// <returns>The session's id, which is stored nowhere.</returns>
    public async Task<string> Open(string login, Visit visit, CancellationToken ct)
    {
        var id = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var agent = visit.UserAgent is { Length: > UserAgentLength } longer ? longer[..UserAgentLength] : visit.UserAgent;
        var network = visit.Network is { } address ? vault.Hash(Purpose.Network, address) : null;
        await db.Execute(InsertSql, new { hash = HashOf(id), login, now = local.Now, expiresAt = local.Now + Life, userAgent = agent, network }, ct);
        return id;
    }

    public byte[] HashOf(string id) => vault.Hash(Purpose.Session, id);

    /// <returns>Whether the session was one of this account's and had not ended.</returns>
    public async Task<bool> End(string login, byte[] hash, string by, CancellationToken ct)
    {
        if (await db.Execute(EndSql, new { hash, login, now = local.Now }, ct) == 0) return false;
        log.SessionsEnded(login, 1, by);
        return true;
    }

    /// <param name="login">Whose.</param>
    /// <param name="but">The hash of the one that goes on; null for none.</param>
    /// <param name="by">Who ends them.</param>
    public async Task EndAll(string login, byte[]? but, string by, CancellationToken ct)
    {
        var ended = but is { } hash
            ? await db.Execute(EndOthersSql, new { login, hash, now = local.Now }, ct)
            : await db.Execute(EndAllSql, new { login, now = local.Now }, ct);
        if (ended > 0) log.SessionsEnded(login, ended, by);
    }
}

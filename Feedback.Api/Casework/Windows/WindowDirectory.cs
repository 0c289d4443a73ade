using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Halls;
using Feedback.Domain.Time;
using Feedback.Security;

namespace Feedback.Casework.Windows;

/// <summary>Finds windows by what their QR code carries or by their code, and makes their halls' calendars.</summary>
public sealed class WindowDirectory(Db db, Vault vault, ReferenceData reference)
{
    private const string TokensSql = "select id, window_code, revoked_at from window_token where id in @ids";
    private const string ValidTokenSql = "select id from window_token where window_code = @code and revoked_at is null";

    private const string ByCodesSql =
        """
        select w.code, w.name, w.name_en, h.code as hall_code, h.name as hall_name, h.name_en as hall_name_en,
               d.code as department_code, d.name as department_name, d.name_en as department_name_en,
               h.supervision_phone, w.promise, w.promise_en
        from service_window w
        join hall h on h.code = w.hall_code
        join department d on d.code = w.department_code
        where w.code in @codes
        """;

    /// <summary>The window behind a QR token; forged and unknown ones look alike, revoked ones say so.</summary>
    public async Task<Outcome<WindowInfo>> OfToken(string? token, CancellationToken ct) => token is null ? CaseRefusals.WindowUnknown : (await OfTokens([token], ct))[token];

    public async Task<Outcome<WindowInfo>> OfCode(string code, CancellationToken ct) => (await OfCodes([code], ct))[code];

    /// <summary>The windows behind several tokens, each as if it were asked for alone.</summary>
    public async Task<IReadOnlyDictionary<string, Outcome<WindowInfo>>> OfTokens(IReadOnlyCollection<string> tokens, CancellationToken ct)
    {
        var ids = tokens.Distinct().ToDictionary(token => token, token => WindowToken.Verify(token, vault.KeyFor(Purpose.WindowToken)));
        var signed = ids.Values.OfType<string>().Distinct().ToList();
        var known = signed.Count == 0 ? [] : (await db.Query<TokenRow>(TokensSql, new { ids = signed }, ct)).ToDictionary(t => t.Id);
        var windows = await OfCodes([.. known.Values.Where(t => t.RevokedAt is null).Select(t => t.WindowCode)], ct);
        return ids.ToDictionary(i => i.Key, i => (i.Value is null ? null : known.GetValueOrDefault(i.Value)) switch
        {
            null => CaseRefusals.WindowUnknown,
            { RevokedAt: not null } => CaseRefusals.WindowTokenRevoked,
            { WindowCode: var code } => windows[code],
        });
    }

    /// <summary>Several windows by their codes, each as if it were asked for alone.</summary>
    public async Task<IReadOnlyDictionary<string, Outcome<WindowInfo>>> OfCodes(IReadOnlyCollection<string> codes, CancellationToken ct)
    {
        var known = codes.Count == 0 ? [] : (await db.Query<WindowInfo>(ByCodesSql, new { codes = codes.Distinct() }, ct)).ToDictionary(w => w.Code);
        return codes.Distinct().ToDictionary(code => code, code => known.GetValueOrDefault(code) is { } window ? window : (Outcome<WindowInfo>)CaseRefusals.WindowUnknown);
    }

    /// <summary>The token of the code that hangs at the window now.</summary>
    public async Task<string?> TokenOf(string code, CancellationToken ct) =>
        await db.SingleOrDefault<string>(ValidTokenSql, new { code }, ct) is { } id ? WindowToken.Sign(id, vault.KeyFor(Purpose.WindowToken)) : null;

    public Task<WorkCalendar> CalendarOf(string hall, CancellationToken ct) => reference.CalendarOf(hall, db, ct);

    private sealed record TokenRow(string Id, string WindowCode, DateTimeOffset? RevokedAt);
}

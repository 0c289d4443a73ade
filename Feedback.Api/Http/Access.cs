namespace Feedback.Http;

/// <summary>Who may come in; every endpoint names one of these or is public.</summary>
internal static class Access
{
    public const string Staff = nameof(Staff);
    public const string Cases = nameof(Cases);
    public const string Statistics = nameof(Statistics);
    public const string Windows = nameof(Windows);
    public const string Audit = nameof(Audit);
    public const string Calendar = nameof(Calendar);
    public const string Rules = nameof(Rules);
    public const string Outbox = nameof(Outbox);
    public const string Register = nameof(Register);
    public const string Inspection = nameof(Inspection);

    /// <summary>One's own sign-in settings: by form only, never with a token.</summary>
    public const string Account = nameof(Account);

    /// <summary>Other people's accounts: the administrator, by form only.</summary>
    public const string Accounts = nameof(Accounts);

    /// <summary>What runs by the clock (Hangfire's dashboard): the administrator, and the auditor who looks on; by form only.</summary>
    public const string Jobs = nameof(Jobs);
}

namespace Feedback.Accounts;

/// <summary>
/// What a guard wants to read of sign-ins, in the log. Logins of accounts that exist, and nothing else of anybody: neither what was
/// typed, nor codes, tokens, devices or addresses.
/// </summary>
internal static partial class SecurityEvents
{
    [LoggerMessage(1001, LogLevel.Information, "Sign-in of {Login} succeeded.")]
    public static partial void SignedIn(this ILogger log, string login);

    [LoggerMessage(1002, LogLevel.Warning, "Sign-in of {Login} failed.")]
    public static partial void SignInFailed(this ILogger log, string login);

    [LoggerMessage(1003, LogLevel.Warning, "Sign-in to an account that does not exist.")]
    public static partial void UnknownLogin(this ILogger log);

    [LoggerMessage(1004, LogLevel.Warning, "Account {Login} is locked until {Until:O} after wrong sign-ins.")]
    public static partial void Locked(this ILogger log, string login, DateTimeOffset until);

    [LoggerMessage(1005, LogLevel.Information, "Account {Login} has a second factor now.")]
    public static partial void SecondFactorEnrolled(this ILogger log, string login);

    [LoggerMessage(1006, LogLevel.Warning, "The second factor of {Login} was removed by {By}.")]
    public static partial void SecondFactorRemoved(this ILogger log, string login, string by);

    [LoggerMessage(1007, LogLevel.Warning, "A recovery code of {Login} was used.")]
    public static partial void RecoveryCodeUsed(this ILogger log, string login);

    [LoggerMessage(1008, LogLevel.Information, "{Count} sessions of {Login} were ended by {By}.")]
    public static partial void SessionsEnded(this ILogger log, string login, int count, string by);

    [LoggerMessage(1009, LogLevel.Information, "An API token of {Login} was issued.")]
    public static partial void TokenIssued(this ILogger log, string login);

    [LoggerMessage(1010, LogLevel.Information, "An API token of {Login} was revoked by {By}.")]
    public static partial void TokenRevoked(this ILogger log, string login, string by);

    [LoggerMessage(1011, LogLevel.Warning, "Account {Login} was deactivated by {By}.")]
    public static partial void Deactivated(this ILogger log, string login, string by);

    [LoggerMessage(1012, LogLevel.Warning, "Account {Login} was reactivated by {By}.")]
    public static partial void Reactivated(this ILogger log, string login, string by);

    [LoggerMessage(1013, LogLevel.Warning, "Account {Login} was added by {By}.")]
    public static partial void AccountAdded(this ILogger log, string login, string by);

    [LoggerMessage(1014, LogLevel.Warning, "Account {Login} was unlocked by {By}.")]
    public static partial void Unlocked(this ILogger log, string login, string by);

    [LoggerMessage(1015, LogLevel.Information, "The password of {Login} was changed.")]
    public static partial void PasswordChanged(this ILogger log, string login);

    [LoggerMessage(1016, LogLevel.Warning, "Account {Login} was given a new first password by {By}.")]
    public static partial void PasswordGiven(this ILogger log, string login, string by);
}

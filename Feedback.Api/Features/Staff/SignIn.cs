using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Feedback.Features.Staff;

/// <summary>What came of one step of a sign-in. It is no refusal, because a wrong attempt is stored.</summary>
public enum SignInStep
{
    /// <summary>Wrong, locked, inactive or unknown: nobody outside learns which.</summary>
    Failed,

    /// <summary>The password was right and somebody else's choice; now one's own.</summary>
    NeedsPassword,

    /// <summary>The password was right; now the code.</summary>
    NeedsCode,

    /// <summary>The password was right; the role needs a second factor and has none yet.</summary>
    NeedsSecondFactor,

    SignedIn,
}

/// <param name="Step">What came of it.</param>
/// <param name="Session">The new session's id, for the cookie; null unless signed in.</param>
public sealed record SignInAnswer(SignInStep Step, string? Session = null)
{
    public static readonly SignInAnswer Failed = new(SignInStep.Failed);

    /// <summary>How a failed password or code is told, whatever the reason.</summary>
    public static readonly Refusal Wrong = new(RefusalKind.Forbidden, "sign_in_failed", "账号或密码不正确。", "The account or the password is not correct.");

    /// <summary>Likewise, for a code.</summary>
    public static readonly Refusal WrongCode = new(RefusalKind.Forbidden, "code_wrong", "验证码不正确。", "The code is not correct.");
}

/// <summary>
/// Whether login and password belong together: the slow half of a sign-in, outside any writing transaction. A login that does not
/// exist takes as long. Nothing follows from the answer until <see cref="EnterPassword"/> has counted it.
/// </summary>
public sealed record CheckPassword(string? Login, string? Password) : IQuery<CheckPassword.Checked>
{
    /// <param name="Login">As typed.</param>
    /// <param name="Hash">The hash it was compared with; null for nobody's.</param>
    /// <param name="Matches">Whether it is the password.</param>
    /// <param name="Rehashed">The password hashed as is usual now, when the stored hash is of an older kind.</param>
    public sealed record Checked(string Login, string? Hash, bool Matches, string? Rehashed);

    internal sealed class Validator : AbstractValidator<CheckPassword>
    {
        public Validator()
        {
            RuleFor(s => s.Login).NotEmpty().WithErrorCode("login_missing").WithMessage(_ => new Bilingual("请输入账号。", "Please enter your account.").ToString());
            RuleFor(s => s.Password).NotEmpty().WithErrorCode("password_missing").WithMessage(_ => new Bilingual("请输入密码。", "Please enter your password.").ToString());
            RuleFor(s => s.Login).MaximumLength(64).WithErrorCode("login_too_long").WithMessage(_ => new Bilingual("账号最多 64 个字符。", "An account has at most 64 characters.").ToString());
            RuleFor(s => s.Password).MaximumLength(StaffFields.LongestPassword).WithErrorCode("password_too_long").WithMessage(_ => new Bilingual($"密码最多 {StaffFields.LongestPassword} 个字符。", $"A password has at most {StaffFields.LongestPassword} characters.").ToString());
        }
    }

    internal sealed class Handler(Db db) : IRequestHandler<CheckPassword, Outcome<Checked>>
    {
        private static readonly string NobodysHash = Passwords.Hash("nobody", Guid.NewGuid().ToString());

        private const string HashSql = "select password_hash from staff where login = @login";

        public async Task<Outcome<Checked>> Handle(CheckPassword request, CancellationToken cancellationToken)
        {
            var hash = await db.SingleOrDefault<string>(HashSql, new { login = request.Login }, cancellationToken);
            var found = Passwords.Verify(request.Login!, hash ?? NobodysHash, request.Password!);
            return new Checked(
                request.Login!, hash, hash is not null && found != PasswordVerificationResult.Failed,
                found == PasswordVerificationResult.SuccessRehashNeeded ? Passwords.Hash(request.Login!, request.Password!) : null);
        }
    }
}

/// <summary>Takes what was found out about a password into account: counts it when wrong, and signs in whom the password is enough for.</summary>
public sealed record EnterPassword(CheckPassword.Checked Check, Visit Visit) : ICommand<SignInAnswer>
{
    internal sealed class Handler(Db db, SignInGuard guard, Sessions sessions) : IRequestHandler<EnterPassword, Outcome<SignInAnswer>>
    {
        private const string RehashSql = "update staff set password_hash = @Rehashed where login = @Login and password_hash = @Hash";

        public async Task<Outcome<SignInAnswer>> Handle(EnterPassword request, CancellationToken cancellationToken)
        {
            var check = request.Check;
            var account = await guard.Find(check.Login, cancellationToken);
            if (account is not { MayTry: true } || !check.Matches || account.PasswordHash != check.Hash)
            {
                await guard.Failed(check.Login, cancellationToken);
                return SignInAnswer.Failed;
            }

            if (check.Rehashed is not null) await db.Execute(RehashSql, check, cancellationToken);
            return await Next(check.Login, account, request.Visit, guard, sessions, cancellationToken);
        }
    }

    /// <summary>What follows a right password.</summary>
    internal static async Task<SignInAnswer> Next(string login, SignInGuard.Account account, Visit visit, SignInGuard guard, Sessions sessions, CancellationToken ct)
    {
        if (account.PasswordIsFirst) return new SignInAnswer(SignInStep.NeedsPassword);
        if (account.HasSecondFactor) return new SignInAnswer(SignInStep.NeedsCode);
        if (SignInCode.IsRequired(account.Role)) return new SignInAnswer(SignInStep.NeedsSecondFactor);
        await guard.Succeeded(login, ct);
        return new SignInAnswer(SignInStep.SignedIn, await sessions.Open(login, visit, ct));
    }
}

/// <summary>The second step of somebody whose password was right: the app's code, or one of the recovery codes.</summary>
public sealed record EnterCode(string Login, string? Code, Visit Visit) : ICommand<SignInAnswer>
{
    internal sealed class Handler(SignInGuard guard, SecondFactors factors, Sessions sessions) : IRequestHandler<EnterCode, Outcome<SignInAnswer>>
    {
        public async Task<Outcome<SignInAnswer>> Handle(EnterCode request, CancellationToken cancellationToken)
        {
            var account = await guard.Find(request.Login, cancellationToken);
            if (account is not { MayTry: true, PasswordIsFirst: false, HasSecondFactor: true } || !await factors.Use(request.Login, request.Code, cancellationToken))
            {
                await guard.Failed(request.Login, cancellationToken);
                return SignInAnswer.Failed;
            }

            await guard.Succeeded(request.Login, cancellationToken);
            return new SignInAnswer(SignInStep.SignedIn, await sessions.Open(request.Login, request.Visit, cancellationToken));
        }
    }
}

/// <summary>The framework's password hashing (PBKDF2).</summary>
internal static class Passwords
{
    private static readonly PasswordHasher<string> Hasher = new();

    public static string Hash(string login, string password) => Hasher.HashPassword(login, password);

    public static PasswordVerificationResult Verify(string login, string hash, string password) => Hasher.VerifyHashedPassword(login, hash, password);
}

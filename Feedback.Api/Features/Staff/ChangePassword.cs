using System.Security.Claims;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Feedback.Features.Staff;

/// <summary>
/// Compares the password that holds and hashes the one that shall: the slow half of a change, outside any writing transaction. Nothing
/// follows from the answer until <see cref="ChangePassword"/> has counted it.
/// </summary>
/// <param name="Login">Whose.</param>
/// <param name="CurrentPassword">As typed.</param>
/// <param name="NewPassword">By <see cref="PasswordRule"/>, and another one.</param>
public sealed record CheckPasswordChange(string Login, string? CurrentPassword, string? NewPassword) : IQuery<CheckPasswordChange.Checked>
{
    /// <param name="Login">Whose.</param>
    /// <param name="Hash">The hash it was compared with.</param>
    /// <param name="Matches">Whether the current password is right.</param>
    /// <param name="NewHash">Of the new one.</param>
    public sealed record Checked(string Login, string Hash, bool Matches, string NewHash);

    internal sealed class Validator : AbstractValidator<CheckPasswordChange>
    {
        public Validator()
        {
            RuleFor(c => c.CurrentPassword).NotEmpty().WithErrorCode("password_missing").WithMessage(_ => new Bilingual("请输入现在的密码。", "Please enter your current password.").ToString());
            RuleFor(c => c.CurrentPassword).MaximumLength(StaffFields.LongestPassword).WithErrorCode("password_too_long").WithMessage(_ => new Bilingual($"密码最多 {StaffFields.LongestPassword} 个字符。", $"A password has at most {StaffFields.LongestPassword} characters.").ToString());
            RuleFor(c => c.NewPassword).IsNewPassword(c => c.Login);
            RuleFor(c => c.NewPassword).Must((c, p) => p != c.CurrentPassword).WithErrorCode("password_unchanged").WithMessage(_ => new Bilingual("新密码不能与现在的密码相同。", "The new password must be another one.").ToString());
        }
    }

    internal sealed class Handler(Db db) : IRequestHandler<CheckPasswordChange, Outcome<Checked>>
    {
        private const string HashSql = "select password_hash from staff where login = @login";

        public async Task<Outcome<Checked>> Handle(CheckPasswordChange request, CancellationToken cancellationToken)
        {
            var hash = await db.Single<string>(HashSql, new { login = request.Login }, cancellationToken);
            var matches = Passwords.Verify(request.Login, hash, request.CurrentPassword!) != PasswordVerificationResult.Failed;
            return new Checked(request.Login, hash, matches, Passwords.Hash(request.Login, request.NewPassword!));
        }
    }
}

/// <summary>Changes one's own password. A wrong current one counts like a wrong sign-in; a right one ends all other sessions.</summary>
/// <param name="Check">What was found out.</param>
/// <param name="Session">The session that goes on.</param>
public sealed record ChangePassword(CheckPasswordChange.Checked Check, string Session) : ICommand<Attempt>
{
    private static readonly Refusal Wrong = Refusal.OfField("currentPassword", "password_wrong", "现在的密码不正确。", "The current password is not correct.");

    internal sealed class Handler(Accounts accounts, SignInGuard guard, Sessions sessions, ILogger<ChangePassword> log) : IRequestHandler<ChangePassword, Outcome<Attempt>>
    {
        public async Task<Outcome<Attempt>> Handle(ChangePassword request, CancellationToken cancellationToken)
        {
            var (check, login) = (request.Check, request.Check.Login);
            if (await guard.Find(login, cancellationToken) is not { MayTry: true } account || !check.Matches || account.PasswordHash != check.Hash)
            {
                await guard.Failed(login, cancellationToken);
                return new Attempt(Wrong);
            }

            await accounts.SetPassword(login, check.NewHash, isFirst: false, cancellationToken);
            await guard.Forgive(login, cancellationToken);
            await sessions.EndAll(login, sessions.HashOf(request.Session), login, cancellationToken);
            log.PasswordChanged(login);
            return Attempt.Right;
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? CurrentPassword, string? NewPassword);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPut("/api/v1/account/password", async (Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            {
                var check = await dispatcher.Send(new CheckPasswordChange(user.Actor().Login, body.CurrentPassword, body.NewPassword), ct);
                if (check.Refusal is { } refusal) return Problems.Refused(refusal, null);
                return (await dispatcher.Send(new ChangePassword(check.Value, user.Session()!), ct)).Told().ToHttp(_ => TypedResults.NoContent());
            }).RequireAuthorization(Policies.Account);
    }
}

/// <summary>Whoever signed in with a first password chooses their own; the sign-in goes on from there.</summary>
public sealed record ReplaceFirstPassword(string Login, string? NewPassword, Visit Visit) : ICommand<SignInAnswer>
{
    private static readonly Refusal Unchanged = Refusal.OfField("newPassword", "password_unchanged", "请另设一个密码。", "Please choose another password.");

    internal sealed class Validator : AbstractValidator<ReplaceFirstPassword>
    {
        public Validator()
        {
            RuleFor(r => r.NewPassword).IsNewPassword(r => r.Login);
        }
    }

    internal sealed class Handler(Accounts accounts, SignInGuard guard, Sessions sessions, ILogger<ReplaceFirstPassword> log) : IRequestHandler<ReplaceFirstPassword, Outcome<SignInAnswer>>
    {
        public async Task<Outcome<SignInAnswer>> Handle(ReplaceFirstPassword request, CancellationToken cancellationToken)
        {
            var (login, password) = (request.Login, request.NewPassword!);
            if (await guard.Find(login, cancellationToken) is not { MayTry: true, PasswordIsFirst: true } account) return SignInAnswer.Failed;
            if (Passwords.Verify(login, account.PasswordHash, password) != PasswordVerificationResult.Failed) return Unchanged;
            await accounts.SetPassword(login, Passwords.Hash(login, password), isFirst: false, cancellationToken);
            log.PasswordChanged(login);
            return await EnterPassword.Next(login, account with { PasswordIsFirst = false }, request.Visit, guard, sessions, cancellationToken);
        }
    }
}

using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Feedback.Features.Staff;

/// <summary>Whoever signed in with a first password chooses their own; the sign-in goes on from there.</summary>
internal sealed record ReplaceFirstPassword(string Login, string? NewPassword, Visit Visit) : ICommand<SignInAnswer>
{
    internal sealed class Validator : AbstractValidator<ReplaceFirstPassword>
    {
        public Validator()
        {
            RuleFor(r => r.NewPassword).IsNewPassword(r => r.Login);
        }
    }

    internal sealed class Handler(AccountStore accounts, SignInGuard guard, Sessions sessions, ILogger<ReplaceFirstPassword> log) : IRequestHandler<ReplaceFirstPassword, Outcome<SignInAnswer>>
    {
        public async Task<Outcome<SignInAnswer>> Handle(ReplaceFirstPassword request, CancellationToken cancellationToken)
        {
            var (login, password) = (request.Login, request.NewPassword!);
            if (await guard.Find(login, cancellationToken) is not { MayTry: true, PasswordIsFirst: true } account) return AccountRefusals.SignInFailed;
            if (Passwords.Verify(login, account.PasswordHash, password) != PasswordVerificationResult.Failed) return StaffRefusals.PasswordUnchanged;
            await accounts.SetPassword(login, Passwords.Hash(login, password), isFirst: false, cancellationToken);
            log.PasswordChanged(login);
            return await EnterPassword.Next(login, account with { PasswordIsFirst = false }, request.Visit, guard, sessions, cancellationToken);
        }
    }
}

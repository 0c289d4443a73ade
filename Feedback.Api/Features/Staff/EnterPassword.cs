using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>Takes what was found out about a password into account: counts it when wrong, and signs in whom the password is enough for.</summary>
internal sealed record EnterPassword(CheckPassword.Checked Check, Visit Visit) : ICommand<SignInAnswer>
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
                return AccountRefusals.SignInFailed;
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

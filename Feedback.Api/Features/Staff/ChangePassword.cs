using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>Changes one's own password. A wrong current one counts like a wrong sign-in; a right one ends all other sessions.</summary>
/// <param name="Check">What was found out.</param>
/// <param name="Session">The session that goes on.</param>
internal sealed record ChangePassword(CheckPasswordChange.Checked Check, string Session) : ICommand<Done>
{
    internal sealed class Handler(AccountStore accounts, SignInGuard guard, Sessions sessions, ILogger<ChangePassword> log) : IRequestHandler<ChangePassword, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(ChangePassword request, CancellationToken cancellationToken)
        {
            var (check, login) = (request.Check, request.Check.Login);
            if (await guard.Find(login, cancellationToken) is not { MayTry: true } account || !check.Matches || account.PasswordHash != check.Hash)
            {
                await guard.Failed(login, cancellationToken);
                return StaffRefusals.PasswordWrong;
            }

            await accounts.SetPassword(login, check.NewHash, isFirst: false, cancellationToken);
            await guard.Forgive(login, cancellationToken);
            await sessions.EndAll(login, sessions.HashOf(request.Session), login, cancellationToken);
            log.PasswordChanged(login);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? CurrentPassword, string? NewPassword);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPut("/api/v1/account/password", async (Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            {
                var check = await dispatcher.Send(new CheckPasswordChange(user.Actor().Login, body.CurrentPassword, body.NewPassword), ct);
                if (check.Refusal is { } refusal) return Problems.Refused(refusal);
                return (await dispatcher.Send(new ChangePassword(check.Value, user.Session()!), ct)).ToHttp(_ => TypedResults.NoContent());
            }).RequireAuthorization(Access.Account);
    }
}

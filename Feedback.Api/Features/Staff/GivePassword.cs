using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>The administrator gives somebody who forgot theirs a new first password. Their sessions end; the second factor stays.</summary>
internal sealed record GivePassword(Actor Actor, string Login) : ICommand<GivePassword.Given>
{
    /// <param name="Password">Shown this once; its owner replaces it at the next sign-in.</param>
    public sealed record Given(string Password);

    internal sealed class Handler(AccountStore accounts, SignInGuard guard, Sessions sessions, ILogger<GivePassword> log) : IRequestHandler<GivePassword, Outcome<Given>>
    {
        public async Task<Outcome<Given>> Handle(GivePassword request, CancellationToken cancellationToken)
        {
            var login = request.Login;
            if (login == request.Actor.Login) return AccountRefusals.OwnAccount;
            var password = AccountStore.NewFirstPassword();
            if (!await accounts.SetPassword(login, Passwords.Hash(login, password), isFirst: true, cancellationToken)) return AccountRefusals.StaffUnknown;
            await guard.Forgive(login, cancellationToken);
            await sessions.EndAll(login, null, request.Actor.Login, cancellationToken);
            log.PasswordGiven(login, request.Actor.Login);
            return new Given(password);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/staff/{login}/password", async (string login, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new GivePassword(user.Actor(), login), ct)).ToHttp()).RequireAuthorization(Access.Accounts);
    }
}

using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>
/// The administrator lets somebody sign in again who is locked after wrong sign-ins. Not oneself: whoever has taken an administrator's
/// session could else guess on.
/// </summary>
internal sealed record UnlockStaff(Actor Actor, string Login) : ICommand<Done>
{
    internal sealed class Handler(AccountStore accounts, SignInGuard guard, ILogger<UnlockStaff> log) : IRequestHandler<UnlockStaff, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(UnlockStaff request, CancellationToken cancellationToken)
        {
            if (request.Login == request.Actor.Login) return AccountRefusals.OwnAccount;
            if (!await accounts.IsKnown(request.Login, cancellationToken)) return AccountRefusals.StaffUnknown;
            if (await guard.Forgive(request.Login, cancellationToken)) log.Unlocked(request.Login, request.Actor.Login);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapDelete("/api/v1/staff/{login}/lock", async (string login, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new UnlockStaff(user.Actor(), login), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Accounts);
    }
}

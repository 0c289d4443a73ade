using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>The administrator ends all sessions of an account.</summary>
internal sealed record EndStaffSessions(Actor Actor, string Login) : ICommand<Done>
{
    internal sealed class Handler(AccountStore accounts, Sessions sessions) : IRequestHandler<EndStaffSessions, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(EndStaffSessions request, CancellationToken cancellationToken)
        {
            if (!await accounts.IsKnown(request.Login, cancellationToken)) return AccountRefusals.StaffUnknown;
            await sessions.EndAll(request.Login, null, request.Actor.Login, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapDelete("/api/v1/staff/{login}/sessions", async (string login, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new EndStaffSessions(user.Actor(), login), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Accounts);
    }
}

using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>The administrator takes a lost second factor from somebody else, whose sessions end; the next sign-in enrols anew.</summary>
internal sealed record ResetSecondFactor(Actor Actor, string Login) : ICommand<Done>
{
    internal sealed class Handler(SecondFactors factors, Sessions sessions) : IRequestHandler<ResetSecondFactor, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(ResetSecondFactor request, CancellationToken cancellationToken)
        {
            if (request.Login == request.Actor.Login) return AccountRefusals.OwnAccount;
            if (!await factors.Drop(request.Login, request.Actor.Login, cancellationToken)) return StaffRefusals.SecondFactorAbsent;
            await sessions.EndAll(request.Login, null, request.Actor.Login, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapDelete("/api/v1/staff/{login}/second-factor", async (string login, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ResetSecondFactor(user.Actor(), login), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Accounts);
    }
}

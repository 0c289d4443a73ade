using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>Switches one's own second factor off, with a code of it; not for the roles that must have one. A wrong code counts like a wrong sign-in.</summary>
internal sealed record RemoveSecondFactor(Actor Actor, string? Code) : ICommand<Done>
{
    internal sealed class Handler(SignInGuard guard, SecondFactors factors) : IRequestHandler<RemoveSecondFactor, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(RemoveSecondFactor request, CancellationToken cancellationToken)
        {
            var login = request.Actor.Login;
            if (SignInCode.IsRequired(request.Actor.Role)) return StaffRefusals.SecondFactorRequired;
            if (await guard.Find(login, cancellationToken) is not { MayTry: true } || !await factors.Use(login, request.Code, cancellationToken))
            {
                await guard.Failed(login, cancellationToken);
                return StaffRefusals.CodeWrong;
            }

            await factors.Drop(login, login, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Code);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/account/second-factor/removal", async (Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new RemoveSecondFactor(user.Actor(), body.Code), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Account);
    }
}

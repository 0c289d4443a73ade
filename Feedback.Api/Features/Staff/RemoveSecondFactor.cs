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
        private static readonly Refusal Needed = new(RefusalKind.Conflict, "second_factor_required", "您的岗位必须使用两步验证。", "Your role needs the second factor.");

        private static readonly Refusal WrongCode = Refusal.OfField("code", "code_wrong", "验证码不正确。", "The code is not correct.") with { Commits = true };

        public async Task<Outcome<Done>> Handle(RemoveSecondFactor request, CancellationToken cancellationToken)
        {
            var login = request.Actor.Login;
            if (SignInCode.IsRequired(request.Actor.Role)) return Needed;
            if (await guard.Find(login, cancellationToken) is not { MayTry: true } || !await factors.Use(login, request.Code, cancellationToken))
            {
                await guard.Failed(login, cancellationToken);
                return WrongCode;
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

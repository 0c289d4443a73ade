using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>A new secret for an authenticator app. Nothing is stored: who enrols sends the proposal back with the app's first code.</summary>
/// <param name="Login">Whose it will be.</param>
/// <param name="Anew">Instead of the one that there is; without, an account that has one is refused.</param>
public sealed record ProposeSecondFactor(string Login, bool Anew = false) : IQuery<ProposeSecondFactor.Proposed>
{
    /// <param name="Proposal">The secret, sealed, for this login alone.</param>
    /// <param name="Secret">As the app takes it from a keyboard.</param>
    /// <param name="Address">As the app takes it from a QR code.</param>
    public sealed record Proposed(string Proposal, string Secret, Uri Address);

    internal sealed class Handler(SecondFactors factors, Vault vault) : IRequestHandler<ProposeSecondFactor, Outcome<Proposed>>
    {
        public async Task<Outcome<Proposed>> Handle(ProposeSecondFactor request, CancellationToken cancellationToken)
        {
            if (!request.Anew && await factors.Secret(request.Login, cancellationToken) is not null) return StaffRefusals.SecondFactorPresent;
            var secret = SignInCode.NewSecret();
            var proposal = vault.Seal(Purpose.SecondFactorProposal, $"{request.Login} {Convert.ToBase64String(secret)}");
            return new Proposed(Convert.ToBase64String(proposal), SignInCode.Text(secret), SignInCode.Address(request.Login, secret));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/account/second-factor/proposal", async (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ProposeSecondFactor(user.Actor().Login, Anew: true), ct)).ToHttp()).RequireAuthorization(Access.Account);
    }
}

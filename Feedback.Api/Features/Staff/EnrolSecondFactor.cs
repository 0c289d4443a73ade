using System.Security.Claims;
using System.Security.Cryptography;
using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>Gives an account its second factor, proved by the app's first code. The recovery codes are shown this once.</summary>
/// <param name="Login">Whose it is; their password or session was checked by the caller.</param>
/// <param name="Proposal">From <see cref="ProposeSecondFactor"/>.</param>
/// <param name="Code">The app's code.</param>
/// <param name="Current">A code of the factor that this one replaces, or one of its recovery codes; null where there is none.</param>
/// <param name="Visit">Opens a session where enrolling is the end of a sign-in; null for who has one.</param>
internal sealed record EnrolSecondFactor(string Login, string? Proposal, string? Code, string? Current = null, Visit? Visit = null) : ICommand<EnrolSecondFactor.Enrolled>
{
    /// <param name="RecoveryCodes">Each opens the account once when the app is lost.</param>
    /// <param name="Session">The new session's id, when a visit was given.</param>
    public sealed record Enrolled(IReadOnlyList<string> RecoveryCodes, string? Session);

    internal sealed class Handler(SignInGuard guard, SecondFactors factors, Sessions sessions, Vault vault, LocalTime local) : IRequestHandler<EnrolSecondFactor, Outcome<Enrolled>>
    {
        public async Task<Outcome<Enrolled>> Handle(EnrolSecondFactor request, CancellationToken cancellationToken)
        {
            var login = request.Login;
            if (Secret(request) is not { } secret || await guard.Find(login, cancellationToken) is not { MayTry: true } account) return StaffRefusals.ProposalInvalid;
            if (account.PasswordIsFirst && request.Visit is not null) return StaffRefusals.ProposalInvalid;
            if (account.HasSecondFactor && request.Current is null) return StaffRefusals.SecondFactorPresent;
            if (SignInCode.Verify(request.Code, local.Now, secret) is not { } step) return await Failed(login, StaffRefusals.NewCodeWrong, cancellationToken);
            if (account.HasSecondFactor)
            {
                if (!await factors.Use(login, request.Current, cancellationToken)) return await Failed(login, StaffRefusals.PresentCodeWrong, cancellationToken);
                await factors.Drop(login, login, cancellationToken);
            }

            var codes = await factors.Enrol(login, secret, step, cancellationToken);
            if (request.Visit is not { } visit) return new Enrolled(codes, null);
            await guard.Succeeded(login, cancellationToken);
            return new Enrolled(codes, await sessions.Open(login, visit, cancellationToken));
        }

        private async Task<Refusal> Failed(string login, Refusal wrong, CancellationToken ct)
        {
            await guard.Failed(login, ct);
            return wrong;
        }

        private byte[]? Secret(EnrolSecondFactor request)
        {
            try
            {
                var opened = vault.Open(Purpose.SecondFactorProposal, Convert.FromBase64String(request.Proposal ?? "")).Split(' ');
                return opened[0] == request.Login ? Convert.FromBase64String(opened[1]) : null;
            }
            catch (Exception e) when (e is FormatException or CryptographicException)
            {
                return null;
            }
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Proposal, string? Code, string? Current = null);

        public sealed record Answer(IReadOnlyList<string> RecoveryCodes);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPut("/api/v1/account/second-factor", async (Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new EnrolSecondFactor(user.Actor().Login, body.Proposal, body.Code, body.Current), ct))
                    .ToHttp(enrolled => TypedResults.Ok(new Answer(enrolled.RecoveryCodes)))).RequireAuthorization(Access.Account);
    }
}

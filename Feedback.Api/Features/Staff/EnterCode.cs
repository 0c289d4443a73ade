using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>The second step of somebody whose password was right: the app's code, or one of the recovery codes.</summary>
internal sealed record EnterCode(string Login, string? Code, Visit Visit) : ICommand<SignInAnswer>
{
    internal sealed class Handler(SignInGuard guard, SecondFactors factors, Sessions sessions) : IRequestHandler<EnterCode, Outcome<SignInAnswer>>
    {
        public async Task<Outcome<SignInAnswer>> Handle(EnterCode request, CancellationToken cancellationToken)
        {
            var account = await guard.Find(request.Login, cancellationToken);
            if (account is not { MayTry: true, PasswordIsFirst: false, HasSecondFactor: true } || !await factors.Use(request.Login, request.Code, cancellationToken))
            {
                await guard.Failed(request.Login, cancellationToken);
                return AccountRefusals.CodeWrong;
            }

            await guard.Succeeded(request.Login, cancellationToken);
            return new SignInAnswer(SignInStep.SignedIn, await sessions.Open(request.Login, request.Visit, cancellationToken));
        }
    }
}

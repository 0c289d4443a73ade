using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>Ends one's own sessions: this one (<paramref name="Others"/> false) or all but this one.</summary>
internal sealed record EndOwnSessions(string Login, string Current, bool Others) : ICommand<Done>
{
    internal sealed class Handler(Sessions sessions) : IRequestHandler<EndOwnSessions, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(EndOwnSessions request, CancellationToken cancellationToken)
        {
            var hash = sessions.HashOf(request.Current);
            if (request.Others) await sessions.EndAll(request.Login, hash, request.Login, cancellationToken);
            else await sessions.End(request.Login, hash, request.Login, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapDelete("/api/v1/account/sessions", async (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new EndOwnSessions(user.Actor().Login, user.Session()!, Others: true), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Account);
    }
}

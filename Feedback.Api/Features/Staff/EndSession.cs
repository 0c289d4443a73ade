using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>Ends one of one's own sessions, by its id of <see cref="ListSessions"/>.</summary>
internal sealed record EndSession(string Login, string Id) : ICommand<Done>
{
    internal sealed class Handler(Sessions sessions) : IRequestHandler<EndSession, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(EndSession request, CancellationToken cancellationToken) =>
            HexId.Read(request.Id) is { } hash && await sessions.End(request.Login, hash, request.Login, cancellationToken) ? default(Done) : StaffRefusals.SessionUnknown;
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapDelete("/api/v1/account/sessions/{id}", async (string id, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new EndSession(user.Actor().Login, id), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Account);
    }
}

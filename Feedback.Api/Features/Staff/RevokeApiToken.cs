using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>Ends an API token of one's own; the administrator ends anybody's.</summary>
/// <param name="Actor">Who revokes it.</param>
/// <param name="Login">Whose it is.</param>
/// <param name="Id">From <see cref="ListApiTokens"/>.</param>
internal sealed record RevokeApiToken(Actor Actor, string Login, string Id) : ICommand<Done>
{
    internal sealed class Handler(Db db, LocalTime local, ILogger<RevokeApiToken> log) : IRequestHandler<RevokeApiToken, Outcome<Done>>
    {
        private const string RevokeSql = "update api_token set revoked_at = @now where hash = @hash and login = @login and revoked_at is null";

        public async Task<Outcome<Done>> Handle(RevokeApiToken request, CancellationToken cancellationToken)
        {
            if (request.Login != request.Actor.Login && request.Actor.Role != Role.Admin) return StaffRefusals.TokenUnknown;
            if (HexId.Read(request.Id) is not { } hash || await db.Execute(RevokeSql, new { hash, login = request.Login, now = local.Now }, cancellationToken) == 0) return StaffRefusals.TokenUnknown;
            log.TokenRevoked(request.Login, request.Actor.Login);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes)
        {
            routes.MapDelete("/api/v1/account/tokens/{id}", async (string id, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new RevokeApiToken(user.Actor(), user.Actor().Login, id), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Account);
            routes.MapDelete("/api/v1/staff/{login}/tokens/{id}", async (string login, string id, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new RevokeApiToken(user.Actor(), login, id), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Accounts);
        }
    }
}

using System.Security.Claims;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>Ends one of one's own sessions, by its id of <see cref="ListSessions"/>.</summary>
public sealed record EndSession(string Login, string Id) : ICommand<Done>
{
    internal sealed class Handler(Sessions sessions) : IRequestHandler<EndSession, Outcome<Done>>
    {
        private static readonly Refusal None = new(RefusalKind.NotFound, "session_unknown", "没有这个登录。", "There is no such session.");

        public async Task<Outcome<Done>> Handle(EndSession request, CancellationToken cancellationToken) =>
            HexId.Read(request.Id) is { } hash && await sessions.End(request.Login, hash, request.Login, cancellationToken) ? default(Done) : None;
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapDelete("/api/v1/account/sessions/{id}", async (string id, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new EndSession(user.Actor().Login, id), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Policies.Account);
    }
}

/// <summary>Ends one's own sessions: this one (<paramref name="Others"/> false) or all but this one.</summary>
public sealed record EndOwnSessions(string Login, string Current, bool Others) : ICommand<Done>
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
                (await dispatcher.Send(new EndOwnSessions(user.Actor().Login, user.Session()!, Others: true), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Policies.Account);
    }
}

/// <summary>The administrator ends all sessions of an account.</summary>
public sealed record EndStaffSessions(Actor Actor, string Login) : ICommand<Done>
{
    internal sealed class Handler(Accounts accounts, Sessions sessions) : IRequestHandler<EndStaffSessions, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(EndStaffSessions request, CancellationToken cancellationToken)
        {
            if (!await accounts.IsKnown(request.Login, cancellationToken)) return SetStaffActive.Unknown;
            await sessions.EndAll(request.Login, null, request.Actor.Login, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapDelete("/api/v1/staff/{login}/sessions", async (string login, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new EndStaffSessions(user.Actor(), login), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Policies.Accounts);
    }
}

/// <summary>Rows that are known by a hash are named by it outside, in hexadecimal.</summary>
internal static class HexId
{
    private const int Length = 64;

    /// <summary>Null when it is none.</summary>
    public static byte[]? Read(string? id) => id?.Length == Length && id.All(char.IsAsciiHexDigit) ? Convert.FromHexString(id) : null;
}

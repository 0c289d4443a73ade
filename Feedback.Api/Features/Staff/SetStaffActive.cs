using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>The administrator closes somebody else's account, or opens it again. Closing ends its sessions and its tokens for good.</summary>
internal sealed record SetStaffActive(Actor Actor, string Login, bool Active) : ICommand<Done>
{
    internal sealed class Handler(Db db, Sessions sessions, LocalTime local, ILogger<SetStaffActive> log) : IRequestHandler<SetStaffActive, Outcome<Done>>
    {
        private const string SetSql = "update staff set active = @active, failures = 0, locked_until = null where login = @login";

        private const string RevokeSql = "update api_token set revoked_at = @now where login = @login and revoked_at is null";

        public async Task<Outcome<Done>> Handle(SetStaffActive request, CancellationToken cancellationToken)
        {
            if (request.Login == request.Actor.Login) return AccountRefusals.OwnAccount;
            if (await db.Execute(SetSql, new { login = request.Login, active = request.Active }, cancellationToken) == 0) return AccountRefusals.StaffUnknown;
            if (request.Active)
            {
                log.Reactivated(request.Login, request.Actor.Login);
                return default(Done);
            }

            await db.Execute(RevokeSql, new { login = request.Login, now = local.Now }, cancellationToken);
            await sessions.EndAll(request.Login, null, request.Actor.Login, cancellationToken);
            log.Deactivated(request.Login, request.Actor.Login);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes)
        {
            routes.MapPost("/api/v1/staff/{login}/deactivation", (string login, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) => Set(login, false, user, dispatcher, ct)).RequireAuthorization(Access.Accounts);
            routes.MapPost("/api/v1/staff/{login}/reactivation", (string login, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) => Set(login, true, user, dispatcher, ct)).RequireAuthorization(Access.Accounts);
        }

        private static async Task<IResult> Set(string login, bool active, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            (await dispatcher.Send(new SetStaffActive(user.Actor(), login, active), ct)).ToHttp(_ => TypedResults.NoContent());
    }
}

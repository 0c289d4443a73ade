using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>The standing deputy of a post (B 角): who stands in when its holder is away and nobody else is named.</summary>
internal sealed record SetDeputy(Actor Actor, string Login, string? Deputy) : ICommand<Done>
{
    internal sealed class Handler(Db db, StaffDirectory staff, LocalTime local) : IRequestHandler<SetDeputy, Outcome<Done>>
    {
        private const string DropSql = "delete from staff_deputy where login = @login";
        private const string SetSql = "insert into staff_deputy (login, deputy, set_by, set_at) values (@login, @deputy, @by, @now)";

        public async Task<Outcome<Done>> Handle(SetDeputy request, CancellationToken cancellationToken)
        {
            var roster = await staff.Active(cancellationToken);
            if (roster.Find(request.Login) is not { } person || !request.Actor.MayArrange(person)) return StaffRefusals.PersonUnknown;
            var deputy = TextRules.OrNull(request.Deputy);
            if (deputy is not null && roster.Find(deputy)?.MayStandInFor(person) is not true) return StaffRefusals.DeputyUnfit;

            await db.Execute(DropSql, new { login = person.Login }, cancellationToken);
            if (deputy is not null) await db.Execute(SetSql, new { login = person.Login, deputy, by = request.Actor.Login, now = local.Now }, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Deputy);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPut("/api/v1/staff/{login}/deputy", async (string login, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new SetDeputy(user.Actor(), login, body.Deputy), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Staff);
    }
}

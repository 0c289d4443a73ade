using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>The absence ends today, before its last day.</summary>
internal sealed record EndAbsence(Actor Actor, string Login, Guid Id) : ICommand<Done>
{
    internal sealed class Handler(Db db, StaffDirectory staff, LocalTime local) : IRequestHandler<EndAbsence, Outcome<Done>>
    {
        private const string EndSql = "update staff_absence set ended_at = @now where id = @id and login = @login and ended_at is null";

        public async Task<Outcome<Done>> Handle(EndAbsence request, CancellationToken cancellationToken)
        {
            if ((await staff.Active(cancellationToken)).Find(request.Login) is not { } person || !request.Actor.MayArrange(person)) return StaffRefusals.PersonUnknown;
            return await db.Execute(EndSql, new { id = request.Id, login = request.Login, now = local.Now }, cancellationToken) == 1 ? default(Done) : StaffRefusals.AbsenceEnded;
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapDelete("/api/v1/staff/{login}/absences/{id:guid}", async (string login, Guid id, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new EndAbsence(user.Actor(), login, id), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Staff);
    }
}

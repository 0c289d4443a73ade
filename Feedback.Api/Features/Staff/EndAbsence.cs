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
        private static readonly Refusal Ended = new(RefusalKind.Conflict, "absence_ended", "没有这条请假,或者已经结束。", "There is no such absence, or it has ended.");

        private const string EndSql = "update staff_absence set ended_at = @now where id = @id and login = @login and ended_at is null";

        public async Task<Outcome<Done>> Handle(EndAbsence request, CancellationToken cancellationToken)
        {
            if ((await staff.Active(cancellationToken)).Find(request.Login) is not { } person || !request.Actor.MayArrange(person)) return SetDeputy.Unknown;
            return await db.Execute(EndSql, new { id = request.Id, login = request.Login, now = local.Now }, cancellationToken) == 1 ? default(Done) : Ended;
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapDelete("/api/v1/staff/{login}/absences/{id:guid}", async (string login, Guid id, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new EndAbsence(user.Actor(), login, id), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Staff);
    }
}

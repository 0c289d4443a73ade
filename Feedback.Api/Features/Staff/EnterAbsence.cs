using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>
/// Somebody is away (A/B 角): from the first day to the last, whoever stands in is told in their place and works on their cases.
/// Without a deputy named, the standing one stands in; without either, the post is passed over.
/// </summary>
internal sealed record EnterAbsence(Actor Actor, string Login, DateOnly? FirstDay, DateOnly? LastDay, string? Deputy) : ICommand<EnterAbsence.Entered>
{
    /// <param name="Id">Ends it early.</param>
    /// <param name="Deputy">Who stands in; null when nobody does.</param>
    public sealed record Entered(Guid Id, string? Deputy);

    internal sealed class Validator : AbstractValidator<EnterAbsence>
    {
        public Validator()
        {
            RuleFor(a => a.FirstDay).NotNull().Refuse("first_day_missing", "请选择第一天。", "Please choose the first day.");
            RuleFor(a => a.LastDay).NotNull().Refuse("last_day_missing", "请选择最后一天。", "Please choose the last day.");
            RuleFor(a => a.LastDay).Must((a, last) => last >= a.FirstDay && last <= a.FirstDay?.AddYears(1)).When(a => a is { FirstDay: not null, LastDay: not null }).Refuse("last_day_out_of_range", "最后一天须在第一天之后的一年内。", "The last day is within a year from the first.");
        }
    }

    internal sealed class Handler(Db db, StaffDirectory staff, LocalTime local, TimeProvider time) : IRequestHandler<EnterAbsence, Outcome<Entered>>
    {
        private const string StandingSql = "select deputy from staff_deputy where login = @login";

        private const string InsertSql =
            """
            insert into staff_absence (id, login, first_day, last_day, deputy, entered_by, entered_at, ended_at)
            values (@id, @login, @firstDay, @lastDay, @deputy, @by, @now, null)
            """;

        public async Task<Outcome<Entered>> Handle(EnterAbsence request, CancellationToken cancellationToken)
        {
            var roster = await staff.Active(cancellationToken);
            if (roster.Find(request.Login) is not { } person || !request.Actor.MayArrange(person)) return StaffRefusals.PersonUnknown;
            if (request.LastDay < local.Today) return StaffRefusals.AbsenceIsOver;
            var deputy = TextRules.OrNull(request.Deputy) ?? await db.SingleOrDefault<string>(StandingSql, new { login = person.Login }, cancellationToken);
            if (deputy is not null && roster.Find(deputy)?.MayStandInFor(person) is not true) return StaffRefusals.DeputyUnfit;

            var id = Keys.New(time);
            await db.Execute(InsertSql, new { id, login = person.Login, firstDay = request.FirstDay, lastDay = request.LastDay, deputy, by = request.Actor.Login, now = local.Now }, cancellationToken);
            return new Entered(id, deputy);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(DateOnly? FirstDay, DateOnly? LastDay, string? Deputy = null);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/staff/{login}/absences", async (string login, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new EnterAbsence(user.Actor(), login, body.FirstDay, body.LastDay, body.Deputy), ct))
                    .ToHttp(entered => TypedResults.Created((string?)null, entered))).RequireAuthorization(Access.Staff);
    }
}

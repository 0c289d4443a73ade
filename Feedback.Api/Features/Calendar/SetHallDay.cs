using System.Globalization;
using System.Security.Claims;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Calendar;

/// <summary>
/// A hall is closed on a day for a reason of its own, or works although others rest. Every promise that spans the day moves, so the
/// decision is the bureau leader's, above the hall whose deadlines it moves; days that are over are not changed.
/// </summary>
internal sealed record SetHallDay(Actor Actor, string Hall, DateOnly? Day, bool? Works, string? Reason) : ICommand<SetHallDay.Set>
{
    /// <param name="RecomputedFrom">From when the running clocks are recomputed.</param>
    public sealed record Set(DateTimeOffset RecomputedFrom);

    internal sealed class Validator : AbstractValidator<SetHallDay>
    {
        public Validator()
        {
            RuleFor(d => d.Day).NotNull().Refuse("day_missing", "请选择日期。", "Please choose the day.");
            RuleFor(d => d.Works).NotNull().Refuse("works_missing", "请选择休息或上班。", "Please choose closed or open.");
            RuleFor(d => d.Reason).IsReason();
        }
    }

    internal sealed class Handler(Db db, ReferenceData reference, CalendarRevisions revisions, LocalTime local) : IRequestHandler<SetHallDay, Outcome<Set>>
    {
        private const string HallSql = "select count(*) from hall where code = @hall";
        private const string DropSql = "delete from hall_day where hall_code = @hall and day = @day";
        private const string SetSql = "insert into hall_day (hall_code, day, works, reason, set_by, set_at) values (@hall, @day, @works, @reason, @by, @now)";

        public async Task<Outcome<Set>> Handle(SetHallDay request, CancellationToken cancellationToken)
        {
            var (hall, day, works) = (request.Hall, request.Day!.Value, request.Works!.Value);
            if (request.Actor.HallCode is { } own && own != hall) return CalendarRefusals.HallUnknown;
            if (await db.Single<int>(HallSql, new { hall }, cancellationToken) == 0) return CalendarRefusals.HallUnknown;
            if (day <= local.Today) return CalendarRefusals.DayIsOver;
            if ((await reference.CalendarOf(hall, db, cancellationToken)).IsWorkingDay(day) == works) return CalendarRefusals.HallDayUnchanged;

            await db.Execute(DropSql, new { hall, day }, cancellationToken);
            await db.Execute(SetSql, new { hall, day, works, reason = request.Reason, by = request.Actor.Login, now = local.Now }, cancellationToken);
            var reason = string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} {(works ? "大厅上班" : "大厅休息")}:{request.Reason}");
            return new Set(await revisions.Add(hall, day, reason, request.Actor.Login, cancellationToken));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(DateOnly? Day, bool? Works, string? Reason);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/halls/{code}/days", async (string code, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new SetHallDay(user.Actor(), code, body.Day, body.Works, body.Reason), ct)).ToHttp()).RequireAuthorization(Access.Calendar);
    }
}

using System.Security.Claims;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;
using Feedback.Features.Halls;
using Feedback.Features.Statistics;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>
/// The decision to accept a case (受理). The answer clock starts now; when the decision comes late it starts when the decision was
/// due, so that lateness gains nothing. From now on the case keeps the rules that are in force today.
/// </summary>
/// <param name="Actor">Who decides.</param>
/// <param name="CaseNumber">The number.</param>
/// <param name="Type">What it turns out to be; as it was filed when null.</param>
public sealed record AcceptCase(Actor Actor, string CaseNumber, CaseType? Type = null) : ICommand<AcceptCase.Accepted>
{
    /// <summary>What a case can turn out to be when it is accepted.</summary>
    public static readonly IReadOnlyList<CaseType> Types = [CaseType.General, CaseType.Complex, CaseType.Urgent, CaseType.Petition];

    public sealed record Accepted(DateTimeOffset DueAt);

    internal sealed class Validator : AbstractValidator<AcceptCase>
    {
        public Validator() => RuleFor(a => a.Type).Must(t => t is null || Types.Contains(t.Value)).WithErrorCode("type_unfit").WithMessage(_ => new Bilingual("请从列出的类别中选择。", "Please choose one of the types listed.").ToString());
    }

    internal sealed class Handler(
        Db db, CaseDesk desk, CaseClocks clocks, CaseHistory history, DailyCounts counts, ReferenceData reference, WindowDirectory windows, LocalTime local)
        : IRequestHandler<AcceptCase, Outcome<Accepted>>
    {
        private const string AcceptSql =
            "update case_file set state = @next, case_type = @type, policy_version = @policy, accepted_at = @now, due_at = @dueAt, step = @step where case_number = @number and state = @state";

        public async Task<Outcome<Accepted>> Handle(AcceptCase request, CancellationToken cancellationToken)
        {
            var begun = await desk.Begin(request.CaseNumber, request.Actor, CaseCommand.Accept, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, next, _) = begun.Value;
            var (policy, type) = ((await reference.Read(db, cancellationToken)).PolicyOn(local.Today), request.Type ?? found.CaseType);
            var calendar = await windows.CalendarOf(found.HallCode, cancellationToken);
            var now = local.Now;
            var late = now > found.AcceptBy;
            var clock = Clock.Start(ClockKind.Answer, policy.CaseTypes[type].Answer, late ? found.AcceptBy : now, calendar, policy);

            // The ladder of the acceptance clock ends here; the light is the answer clock's from now on.
            var args = new { next = next.ToString(), type = type.ToString(), policy = policy.Version, now, dueAt = clock.DueAt, step = (int?)null, number = found.CaseNumber, state = found.State.ToString() };
            await db.ExecuteOne(AcceptSql, args, cancellationToken);
            await clocks.Stop(found.CaseNumber, ClockKind.Acceptance, now, cancellationToken);
            await clocks.Start(found.CaseNumber, clock, cancellationToken);
            await history.Append([CaseHistory.Event(found.CaseNumber, CaseEventKind.Accepted, now, request.Actor.Login, new EventDetail(DueAt: clock.DueAt))], cancellationToken);
            await counts.Add([CountKey.OfCase(calendar.LocalDay(now), Measure.CaseAccepted, late ? CountKey.Late : CountKey.InTime, found.HallCode, found.DepartmentCode, found.WindowCode, found.About, found.Lane)], cancellationToken);
            return new Accepted(clock.DueAt);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(CaseType? Type);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/acceptance", async (string number, Body? body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new AcceptCase(user.Actor(), number, body?.Type), ct)).ToHttp()).RequireAuthorization(Policies.Cases);
    }
}

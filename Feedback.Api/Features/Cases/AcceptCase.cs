using System.Security.Claims;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;
using Feedback.Features.Statistics;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>
/// The decision to accept a case (受理). The answer clock starts now; when the decision comes late it starts when the decision was
/// due, so that lateness gains nothing, and for an application on the day the materials came (Administrative Licensing Law, art. 32).
/// From now on the case keeps the rules that are in force today.
/// </summary>
/// <param name="Actor">Who decides.</param>
/// <param name="CaseNumber">The number.</param>
/// <param name="Type">What it turns out to be; as it was filed when null.</param>
public sealed record AcceptCase(Actor Actor, string CaseNumber, CaseType? Type = null) : ICommand<AcceptCase.Accepted>
{
    /// <summary>What a case can turn out to be when it is accepted.</summary>
    public static readonly IReadOnlyList<CaseType> Types = [CaseType.General, CaseType.Complex, CaseType.Urgent, CaseType.Petition];

    private static readonly Refusal Unfit = Refusal.OfField("type", "type_unfit", "请从列出的类别中选择;首问登记的事项不能改为投诉。", "Please choose one of the types listed; a matter that was registered at a window is no complaint.");

    public sealed record Accepted(DateTimeOffset DueAt);

    internal sealed class Validator : AbstractValidator<AcceptCase>
    {
        public Validator() => RuleFor(a => a.Type).Must(t => t is null || Types.Contains(t.Value)).WithErrorCode("type_unfit").WithMessage(_ => Unfit.Message.ToString());
    }

    internal sealed class Handler(CaseDesk desk, Acceptances acceptances) : IRequestHandler<AcceptCase, Outcome<Accepted>>
    {
        public async Task<Outcome<Accepted>> Handle(AcceptCase request, CancellationToken cancellationToken)
        {
            var begun = await desk.Begin(request.CaseNumber, request.Actor, CaseCommand.Accept, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var found = begun.Value.Case;
            if (request.Type is not null && found.CaseType == CaseType.Consultation) return Unfit;
            return new Accepted(await acceptances.Accept(found with { CaseType = request.Type ?? found.CaseType }, request.Actor.Login, new EventDetail(), cancellationToken));
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

/// <summary>Accepts a case: from the decision itself, or from a supervisor's word that it counts as accepted.</summary>
public sealed class Acceptances(CaseWork work, DailyCounts counts)
{
    private const string AcceptSql =
        """
        update case_file set state = 'Accepted', case_type = @type, policy_version = @policy, accepted_at = @now, accept_by = @acceptBy, due_at = @dueAt, step = null
        where case_number = @number and state = @state
        """;

    /// <summary>The answer clock as it would start if the case were accepted now.</summary>
    public async Task<Clock> Promise(CaseRow found, CancellationToken ct)
    {
        var (policy, calendar) = (await work.PolicyToday(ct), await work.CalendarOf(found, ct));
        return Clock.Start(ClockKind.Answer, found.AnswerLimit(policy), await Start(found, ct), calendar, policy);
    }

    /// <param name="found">A case that awaits the decision, as the type that it turned out to be.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="detail">What the history tells beside the new promise.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>When the answer is due.</returns>
    public async Task<DateTimeOffset> Accept(CaseRow found, string by, EventDetail detail, CancellationToken ct)
    {
        var (now, number) = (work.Now, found.CaseNumber);
        var clock = await Promise(found, ct);

        // Nobody was late while the citizen had the next word. The ladder of the acceptance clock ends here; the light is the answer clock's from now on.
        var acceptBy = found.State == CaseState.AwaitingMaterials ? now : found.AcceptBy;
        await work.Db.ExecuteOne(AcceptSql, new { type = found.CaseType.ToString(), policy = (await work.PolicyToday(ct)).Version, now, acceptBy, dueAt = clock.DueAt, number, state = found.State.ToString() }, ct);
        await work.Clocks.Stop(number, ClockKind.Acceptance, now, ct);
        await work.Clocks.Start(number, clock, ct);
        await work.Record(found, CaseEventKind.Accepted, by, detail with { DueAt = clock.DueAt }, ct);
        var today = (await work.CalendarOf(found, ct)).LocalDay(now);
        await counts.Add([CountKey.OfCase(today, Measure.CaseAccepted, now > acceptBy ? CountKey.Late : CountKey.InTime, found.HallCode, found.DepartmentCode, found.WindowCode, found.About, found.Lane)], ct);
        return clock.DueAt;
    }

    private async Task<DateTimeOffset> Start(CaseRow found, CancellationToken ct)
    {
        if (found.State != CaseState.Filed || work.Now < found.AcceptBy) return work.Now;
        return found.IsApplication && await work.Clocks.Last(found.CaseNumber, ClockKind.Acceptance, ct) is { } waiting ? waiting.StartedAt : found.AcceptBy;
    }
}

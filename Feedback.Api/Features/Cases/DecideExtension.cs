using System.Security.Claims;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;
using Feedback.Domain.Time;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>Grants or refuses an extension; never whoever asked for it nor whoever is responsible, and only before the case is due.</summary>
internal sealed record DecideExtension(Actor Actor, string CaseNumber, bool? Granted) : ICommand<DecideExtension.Decided>
{
    /// <param name="DueAt">The answer's due instant now.</param>
    public sealed record Decided(DateTimeOffset DueAt);

    internal sealed class Validator : AbstractValidator<DecideExtension>
    {
        public Validator() => RuleFor(d => d.Granted).NotNull().Refuse("decision_missing", "请选择同意或不同意。", "Please grant or refuse.");
    }

    internal sealed class Handler(CaseContext context) : IRequestHandler<DecideExtension, Outcome<Decided>>
    {
        private const string DecideSql = "update case_extension set granted = @granted, decided_by = @by, decided_at = @now where case_number = @number and granted is null";
        private const string DueSql = "update case_file set due_at = @dueAt, step = null where case_number = @number";

        public async Task<Outcome<Decided>> Handle(DecideExtension request, CancellationToken cancellationToken)
        {
            var begun = await context.Cases.Begin(request.CaseNumber, request.Actor, CaseCommand.DecideExtension, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, number, now) = (begun.Value.Case, begun.Value.Case.CaseNumber, context.Now);
            var open = begun.Value.Dossier.Extension!;
            var granted = request.Granted!.Value;
            if (granted && now > found.DueAt) return CaseRefusals.GrantTooLate;

            await context.Db.ExecuteOne(DecideSql, new { number, granted, by = request.Actor.Login, now }, cancellationToken);
            if (!granted)
            {
                await context.Record(found, CaseEventKind.ExtensionRefused, request.Actor.Login, new EventDetail(DueAt: found.DueAt), cancellationToken);
                return new Decided(found.DueAt);
            }

            var running = await context.Clocks.Last(number, ClockKind.Answer, cancellationToken) ?? throw new InvalidOperationException($"{number} is accepted and has no answer clock.");
            var clock = running.Extend(Limit.Parse(open.Extra), now, await context.CalendarOf(found, cancellationToken), await context.PolicyOf(found, cancellationToken));
            await context.Clocks.Stop(number, ClockKind.Answer, now, cancellationToken);
            await context.Clocks.Start(number, clock, cancellationToken);
            await context.Db.Execute(DueSql, new { number, dueAt = clock.DueAt }, cancellationToken);
            await context.RecordAndTellCitizen(found, CaseEventKind.Extended, request.Actor.Login, new EventDetail(DueAt: clock.DueAt, Reason: open.Reason), cancellationToken);
            return new Decided(clock.DueAt);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(bool? Granted);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/extension/decision", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new DecideExtension(user.Actor(), number, body.Granted), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

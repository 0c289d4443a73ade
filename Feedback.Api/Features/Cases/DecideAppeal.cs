using System.Security.Claims;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>
/// Decides a citizen's appeal (复核); somebody who has done nothing in the case. Upheld, the case goes back to work with a new answer
/// clock; refused, it is closed. Both with a note that the citizen reads.
/// </summary>
internal sealed record DecideAppeal(Actor Actor, string CaseNumber, bool? Upheld, string? Note) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<DecideAppeal>
    {
        public Validator()
        {
            RuleFor(d => d.Upheld).NotNull().Refuse("decision_missing", "请选择支持或不支持。", "Please uphold or refuse.");
            RuleFor(d => d.Note).IsReason();
        }
    }

    internal sealed class Handler(CaseContext context, AnswerClock answerClock) : IRequestHandler<DecideAppeal, Outcome<Done>>
    {
        private const string DecideSql = "update case_appeal set upheld = @upheld, note = @note, decided_by = @by, decided_at = @now where case_number = @number and upheld is null";

        public async Task<Outcome<Done>> Handle(DecideAppeal request, CancellationToken cancellationToken)
        {
            var begun = await context.Cases.Begin(request.CaseNumber, request.Actor, CaseCommand.DecideAppeal, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, number, now) = (begun.Value.Case, begun.Value.Case.CaseNumber, context.Now);
            var (login, upheld) = (request.Actor.Login, request.Upheld!.Value);
            await context.Db.ExecuteOne(DecideSql, new { number, upheld, note = request.Note, by = login, now }, cancellationToken);
            await context.Clocks.Stop(number, ClockKind.Appeal, now, cancellationToken);
            await context.Cases.Move(found, upheld ? CaseState.Accepted : begun.Value.Next, cancellationToken);
            var dueAt = upheld ? await answerClock.Start(found, cancellationToken) : (DateTimeOffset?)null;
            await context.RecordAndTellCitizen(found, CaseEventKind.AppealDecided, login, new EventDetail(DueAt: dueAt, Reason: request.Note, Result: upheld ? "Upheld" : "Refused"), cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(bool? Upheld, string? Note);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/appeal/decision", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new DecideAppeal(user.Actor(), number, body.Upheld, body.Note), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Cases);
    }
}

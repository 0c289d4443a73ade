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
/// The answer clock stands still for a coded reason with evidence, for the policy's longest pause at most: then it resumes by itself.
/// An overdue clock cannot be paused; nothing stops being overdue.
/// </summary>
internal sealed record PauseCase(Actor Actor, string CaseNumber, PauseReason? Reason, string? Evidence) : ICommand<PauseCase.Pause>
{
    /// <param name="ResumeBy">When the clock runs on by itself at the latest.</param>
    public sealed record Pause(DateTimeOffset ResumeBy);

    internal sealed class Validator : AbstractValidator<PauseCase>
    {
        public Validator()
        {
            RuleFor(p => p.Reason).Must(r => r is { } reason && Enum.IsDefined(reason)).Refuse("pause_reason_missing", "请选择暂停计时的原因。", "Please choose why the clock is paused.");
            RuleFor(p => p.Evidence).IsReason().Refuse("evidence_missing", "请写明依据材料。", "Please name the evidence.");
        }
    }

    internal sealed class Handler(CaseContext context) : IRequestHandler<PauseCase, Outcome<Pause>>
    {
        private const string PauseSql =
            """
            insert into case_pause (case_number, cycle, reason, evidence, paused_by, paused_at, resume_by, resumed_by, resumed_at)
            values (@number, @cycle, @reason, @evidence, @by, @now, @resumeBy, null, null)
            """;

        private const string CountSql = "select count(*) from case_pause where case_number = @number";

        public async Task<Outcome<Pause>> Handle(PauseCase request, CancellationToken cancellationToken)
        {
            var begun = await context.Cases.Begin(request.CaseNumber, request.Actor, CaseCommand.Pause, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, next, _) = begun.Value;
            var now = context.Now;
            var policy = await context.PolicyOf(found, cancellationToken);
            var longest = Clock.Start(ClockKind.Pause, policy.Pause.Longest, now, await context.CalendarOf(found, cancellationToken), policy);

            await context.Cases.Move(found, next, cancellationToken);
            await context.Clocks.Stop(found.CaseNumber, ClockKind.Answer, now, cancellationToken);
            await context.Clocks.Start(found.CaseNumber, longest, cancellationToken);
            var cycle = 1 + await context.Db.Single<int>(CountSql, new { number = found.CaseNumber }, cancellationToken);
            await context.Db.Execute(
                PauseSql,
                new { number = found.CaseNumber, cycle, reason = request.Reason.ToString(), evidence = request.Evidence, by = request.Actor.Login, now, resumeBy = longest.DueAt },
                cancellationToken);
            await context.Record(found, CaseEventKind.Paused, request.Actor.Login, new EventDetail(DueAt: longest.DueAt, Reason: request.Reason.ToString()), cancellationToken);
            return new Pause(longest.DueAt);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(PauseReason? Reason, string? Evidence);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/pause", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new PauseCase(user.Actor(), number, body.Reason, body.Evidence), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

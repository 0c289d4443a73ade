using System.Security.Claims;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Inquiries;

/// <summary>
/// A supervisor or leader who is not responsible says whether an application that was told nothing in time counts as accepted.
/// Confirmed, the answer clock runs from the instant the materials came; otherwise the reason is recorded and the decision on
/// acceptance stays open.
/// </summary>
internal sealed record DecideDeemedAcceptance(Actor Actor, string CaseNumber, bool? Confirmed, string? Reason) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<DecideDeemedAcceptance>
    {
        public Validator()
        {
            RuleFor(d => d.Confirmed).NotNull().Refuse("decision_missing", "请选择确认或不确认。", "Please confirm or not.");
            RuleFor(d => d.Reason).IsReason().When(d => d.Confirmed == false || d.Reason is not null);
        }
    }

    internal sealed class Handler(CaseContext context, Acceptances acceptances) : IRequestHandler<DecideDeemedAcceptance, Outcome<Done>>
    {
        private const string DecideSql =
            """
            update deemed_acceptance set confirmed = @confirmed, reason = @reason, decided_by = @by, decided_at = @now
            where case_number = @number and confirmed is null
            """;

        public async Task<Outcome<Done>> Handle(DecideDeemedAcceptance request, CancellationToken cancellationToken)
        {
            var begun = await context.Cases.Begin(request.CaseNumber, request.Actor, CaseCommand.Accept, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, by, confirmed) = (begun.Value.Case, request.Actor.Login, request.Confirmed!.Value);
            if (request.Actor.Role is not (Role.HallSupervisor or Role.BureauLeader)) return DomainRefusals.NotAllowed;
            if (begun.Value.Dossier.Acting.Contains(found.Responsible) || by == found.Doer) return InquiriesRefusals.OwnCase;
            var decided = await context.Db.Execute(DecideSql, new { number = found.CaseNumber, confirmed, reason = request.Reason, by, now = context.Now }, cancellationToken);
            if (decided == 0) return InquiriesRefusals.DeemedAcceptanceNotFlagged;

            if (confirmed) await acceptances.Accept(found, by, new EventDetail(Reason: request.Reason, Result: nameof(CaseEventKind.DeemedAccepted)), cancellationToken);
            else await context.Record(found, CaseEventKind.DeemedAcceptanceRefused, by, new EventDetail(Reason: request.Reason), cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(bool? Confirmed, string? Reason = null);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/deemed-acceptance", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new DecideDeemedAcceptance(user.Actor(), number, body.Confirmed, body.Reason), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Cases);
    }
}

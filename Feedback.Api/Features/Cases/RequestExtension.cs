using System.Security.Claims;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>
/// Asks for the one extension a case can have, before it is due and with a reason that the citizen reads (延期). Asked late it is
/// refused and the case is overdue.
/// </summary>
internal sealed record RequestExtension(Actor Actor, string CaseNumber, string? Reason) : ICommand<RequestExtension.Asked>
{
    /// <param name="DueAtIfGranted">What the answer's due instant will be.</param>
    public sealed record Asked(DateTimeOffset DueAtIfGranted);

    internal sealed class Validator : AbstractValidator<RequestExtension>
    {
        public Validator() => RuleFor(e => e.Reason).IsReason();
    }

    internal sealed class Handler(CaseContext context) : IRequestHandler<RequestExtension, Outcome<Asked>>
    {
        private const string AskSql =
            """
            insert into case_extension (case_number, extra, reason, asked_by, asked_at, granted, decided_by, decided_at)
            values (@number, @extra, @reason, @by, @now, null, null, null)
            """;

        public async Task<Outcome<Asked>> Handle(RequestExtension request, CancellationToken cancellationToken)
        {
            var begun = await context.Cases.Begin(request.CaseNumber, request.Actor, CaseCommand.RequestExtension, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var found = begun.Value.Case;
            var extra = (await context.PolicyOf(found, cancellationToken)).CaseTypes[found.CaseType].Extension!.Value;

            await context.Db.Execute(AskSql, new { number = found.CaseNumber, extra = extra.ToString(), reason = request.Reason, by = request.Actor.Login, now = context.Now }, cancellationToken);
            await context.Record(found, CaseEventKind.ExtensionAsked, request.Actor.Login, new EventDetail(Reason: request.Reason), cancellationToken);
            return new Asked((await context.CalendarOf(found, cancellationToken)).After(found.DueAt, extra));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Reason);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/extension", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new RequestExtension(user.Actor(), number, body.Reason), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

using System.Text.Json.Serialization;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Feedback.Features.Complaints;

/// <summary>
/// The citizen appeals against the answer or the refusal to accept, within the policy's days; somebody who took no part decides
/// within the policy's days (复核). A case can be appealed once.
/// </summary>
internal sealed record AppealComplaint(string CaseNumber, string? QueryCode, string? Text) : ICommand<AppealComplaint.Lodged>, IIdempotent
{
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    /// <param name="DecideBy">When the decision is due.</param>
    public sealed record Lodged(DateTimeOffset DecideBy);

    internal sealed class Validator : AbstractValidator<AppealComplaint>
    {
        public Validator()
        {
            RuleFor(a => a.Text).NotEmpty().Refuse("text_missing", "请写明不认可的理由。", "Please say why you disagree.");
            RuleFor(a => a.Text).IsText();
        }
    }

    internal sealed class Handler(CitizenAccess access, CaseContext context, CaseNotices notices, Vault vault) : IRequestHandler<AppealComplaint, Outcome<Lodged>>
    {
        private const string InsertSql =
            """
            insert into case_appeal (case_number, said, asked_at, decide_by, upheld, note, decided_by, decided_at)
            values (@number, @said, @now, @decideBy, null, null, null, null)
            """;

        public async Task<Outcome<Lodged>> Handle(AppealComplaint request, CancellationToken cancellationToken)
        {
            var begun = await access.Begin(request.CaseNumber, request.QueryCode, CaseCommand.Appeal, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, next) = begun.Value;
            var (number, now) = (found.CaseNumber, context.Now);
            var policy = await context.PolicyOf(found, cancellationToken);
            if (TextRules.TooLong("text", request.Text, policy.Texts.Complaint) is { } tooLong) return tooLong;
            var clock = Clock.Start(ClockKind.Appeal, policy.Appeal.Decide, now, await context.CalendarOf(found, cancellationToken), policy);
            await context.Cases.Move(found, next, cancellationToken);
            await context.Db.Execute(InsertSql, new { number, said = vault.Seal(Purpose.Complaint, request.Text!), now, decideBy = clock.DueAt }, cancellationToken);
            await context.Clocks.Start(number, clock, cancellationToken);
            await context.Record(found, CaseEventKind.Appealed, null, new EventDetail(DueAt: clock.DueAt), cancellationToken);
            await notices.TellAppeal(found, CaseEventKind.Appealed, cancellationToken);
            return new Lodged(clock.DueAt);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Text);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/complaints/{caseNumber}/appeal", async (string caseNumber, [FromHeader(Name = "X-Query-Code")] string? queryCode, Body body, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new AppealComplaint(caseNumber, queryCode, body.Text) { IdempotencyKey = http.IdempotencyKey() }, ct)).ToHttp()).AllowAnonymous().SlowsGuesses();
    }
}

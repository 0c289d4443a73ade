using System.Text.Json.Serialization;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Feedback.Features.Complaints;

/// <summary>
/// The citizen's verdict on the answer: solved closes the case; "not solved" sends it back to work once, with a new answer clock.
/// </summary>
internal sealed record GiveVerdict(string CaseNumber, string? QueryCode, bool? Solved, int? Grade) : ICommand<Done>, IIdempotent
{
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    internal sealed class Validator : AbstractValidator<GiveVerdict>
    {
        public Validator()
        {
            RuleFor(v => v.Solved).NotNull().Refuse("verdict_missing", "请选择“已解决”或“没有解决”。", "Please say whether it is solved.");
            RuleFor(v => v.Grade).InclusiveBetween(1, 5).Refuse("grade_out_of_range", "满意度为 1 到 5。", "The grade is 1 to 5.");
        }
    }

    internal sealed class Handler(CitizenAccess access, CaseContext context, AnswerClock answerClock, CaseNotices notices) : IRequestHandler<GiveVerdict, Outcome<Done>>
    {
        private const string GradeSql = "update case_file set verdict = @grade where case_number = @number";

        public async Task<Outcome<Done>> Handle(GiveVerdict request, CancellationToken cancellationToken)
        {
            var solved = request.Solved!.Value;
            var begun = await access.Begin(request.CaseNumber, request.QueryCode, solved ? CaseCommand.ApproveAnswer : CaseCommand.RejectAnswer, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, next) = begun.Value;

            await context.Cases.Move(found, next, cancellationToken);
            await context.Db.Execute(GradeSql, new { number = found.CaseNumber, grade = request.Grade }, cancellationToken);
            if (solved)
            {
                await context.Record(found, CaseEventKind.Closed, null, new EventDetail(Result: "Solved"), cancellationToken);
                return default(Done);
            }

            var dueAt = await answerClock.Start(found, cancellationToken);
            await context.Record(found, CaseEventKind.Reopened, null, new EventDetail(DueAt: dueAt), cancellationToken);
            await notices.TellResponsible(found, CaseEventKind.Reopened, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(bool? Solved, int? Grade = null);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/complaints/{caseNumber}/verdict", async (string caseNumber, [FromHeader(Name = "X-Query-Code")] string? queryCode, Body body, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new GiveVerdict(caseNumber, queryCode, body.Solved, body.Grade) { IdempotencyKey = http.IdempotencyKey() }, ct)).ToHttp(_ => TypedResults.NoContent())).AllowAnonymous().SlowsGuesses();
    }
}

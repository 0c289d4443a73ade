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
using Feedback.Security;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>The answer to the citizen (答复). It stops the answer clock; the citizen reads it with number and query code.</summary>
public sealed record AnswerCase(Actor Actor, string CaseNumber, string? Text) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<AnswerCase>
    {
        public Validator()
        {
            RuleFor(a => a.Text).NotEmpty().WithErrorCode("answer_missing").WithMessage(_ => new Bilingual("请写明答复内容。", "Please write the answer.").ToString());
            RuleFor(a => a.Text).IsText();
        }
    }

    internal sealed class Handler(
        Db db, CaseDesk desk, CaseClocks clocks, CaseHistory history, DailyCounts counts, ReferenceData reference, WindowDirectory windows, LocalTime local, Vault vault)
        : IRequestHandler<AnswerCase, Outcome<Done>>
    {
        private const string AnswerSql =
            """
            update case_file set state = @next, answered_at = @now, answer = @answer
            where case_number = @number and state = @state
            """;

        // Kept apart from the case: a case that is reopened is answered again, and both answers stay what they were.
        private const string KeepSql =
            """
            insert into case_answer (case_number, cycle, said, answered_by, answered_at, answered_day, due_at, answer_minutes)
            values (@number, @cycle, @answer, @by, @now, @today, @dueAt, @minutes)
            """;

        public async Task<Outcome<Done>> Handle(AnswerCase request, CancellationToken cancellationToken)
        {
            var begun = await desk.Begin(request.CaseNumber, request.Actor, CaseCommand.Answer, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, next, _) = begun.Value;
            var texts = (await reference.Read(db, cancellationToken)).PolicyOf(found.PolicyVersion).Texts;
            if (Texts.TooLong("text", request.Text, texts.Complaint) is { } tooLong) return tooLong;

            var calendar = await windows.CalendarOf(found.OpeningHours, cancellationToken);
            var (now, today) = (local.Now, local.Today);
            var minutes = (int)calendar.OpenBetween(found.FiledAt, now).TotalMinutes;
            var (number, answer) = (found.CaseNumber, vault.Seal(Purpose.Answer, request.Text!));
            await db.ExecuteOne(AnswerSql, new { next = next.ToString(), now, answer, number, state = found.State.ToString() }, cancellationToken);
            await db.Execute(KeepSql, new { number, cycle = found.Reopened + 1, answer, by = request.Actor.Login, now, today, dueAt = found.DueAt, minutes }, cancellationToken);
            await clocks.Stop(found.CaseNumber, ClockKind.Answer, now, cancellationToken);
            await history.Append([CaseHistory.Event(found.CaseNumber, CaseEventKind.Answered, now, request.Actor.Login)], cancellationToken);
            await counts.Add([CountKey.OfCase(today, Measure.CaseAnswered, now > found.DueAt ? CountKey.Late : CountKey.InTime, found.HallCode, found.DepartmentCode, found.WindowCode, found.About, found.Lane)], cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Text);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/answer", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new AnswerCase(user.Actor(), number, body.Text), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Policies.Cases);
    }
}

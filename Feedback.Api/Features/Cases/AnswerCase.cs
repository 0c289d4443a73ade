using System.Security.Claims;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Features.Halls;
using Feedback.Features.Statistics;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>
/// The answer to the citizen (答复). It stops the answer clock; the citizen reads it with number and query code. Whoever answers a
/// case that leads others can give them the same answer: each is answered in its own history, and each citizen reads it.
/// </summary>
/// <param name="Actor">Who answers.</param>
/// <param name="CaseNumber">The number.</param>
/// <param name="Text">The answer.</param>
/// <param name="ToGroup">Answers the cases that this one leads as well, those that are accepted and not paused.</param>
public sealed record AnswerCase(Actor Actor, string CaseNumber, string? Text, bool ToGroup = false) : ICommand<AnswerCase.Given>
{
    /// <param name="Answered">The cases that were answered, the one that was named first.</param>
    /// <param name="Left">Cases of the group that still wait for an answer of their own.</param>
    public sealed record Given(IReadOnlyList<string> Answered, IReadOnlyList<string> Left);

    internal sealed class Validator : AbstractValidator<AnswerCase>
    {
        public Validator()
        {
            RuleFor(a => a.Text).NotEmpty().WithErrorCode("answer_missing").WithMessage(_ => new Bilingual("请写明答复内容。", "Please write the answer.").ToString());
            RuleFor(a => a.Text).IsText();
        }
    }

    internal sealed class Handler(
        Db db, CaseDesk desk, CaseClocks clocks, CaseHistory history, CaseLinks links, DailyCounts counts, ReferenceData reference, WindowDirectory windows, LocalTime local, Vault vault)
        : IRequestHandler<AnswerCase, Outcome<Given>>
    {
        private const string AnswerSql =
            """
            update case_file set state = @next, answered_at = @now, answer = @answer, offered_unit = null
            where case_number = @number and state = @state
            """;

        private const string Lapsed = "已由责任人答复,无需移交。";

        private const string LapseSql = "update case_hand_over set outcome = 'Refused', answer_reason = @reason, answered_at = @now where case_number = @number and outcome is null";

        // Kept apart from the case: a case that is reopened is answered again, and both answers stay what they were.
        private const string KeepSql =
            """
            insert into case_answer (case_number, cycle, said, answered_by, answered_at, answered_day, due_at, answer_minutes)
            values (@number, @cycle, @answer, @by, @now, @today, @dueAt, @minutes)
            """;

        public async Task<Outcome<Given>> Handle(AnswerCase request, CancellationToken cancellationToken)
        {
            var begun = await desk.Begin(request.CaseNumber, request.Actor, CaseCommand.Answer, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var texts = (await reference.Read(db, cancellationToken)).PolicyOf(begun.Value.Case.PolicyVersion).Texts;
            if (Texts.TooLong("text", request.Text, texts.Complaint) is { } tooLong) return tooLong;

            await Give(begun.Value.Case, begun.Value.Next, request, cancellationToken);
            var (answered, left) = (new List<string> { request.CaseNumber }, new List<string>());
            foreach (var member in request.ToGroup ? await links.Members(request.CaseNumber, cancellationToken) : [])
            {
                var other = await desk.Begin(member, request.Actor, CaseCommand.Answer, cancellationToken);
                if (other.Refusal is null) await Give(other.Value.Case, other.Value.Next, request, cancellationToken);
                (other.Refusal is null ? answered : left).Add(member);
            }

            return new Given(answered, left);
        }

        private async Task Give(CaseRow found, CaseState next, AnswerCase request, CancellationToken ct)
        {
            var calendar = await windows.CalendarOf(found.HallCode, ct);
            var now = local.Now;
            var today = local.DayOf(now);
            var minutes = (int)calendar.OpenBetween(found.FiledAt, now).TotalMinutes;
            var (number, answer) = (found.CaseNumber, vault.Seal(Purpose.Answer, request.Text!));
            await db.ExecuteOne(AnswerSql, new { next = next.ToString(), now, answer, number, state = found.State.ToString() }, ct);
            await db.Execute(KeepSql, new { number, cycle = found.Reopened + 1, answer, by = request.Actor.Login, now, today, dueAt = found.DueAt, minutes }, ct);
            // Whoever is responsible has answered: nobody need take the case over any more, and no clock of such a question runs on.
            await db.Execute(LapseSql, new { number, reason = Lapsed, now }, ct);
            await clocks.StopAll(number, now, ct);
            await history.Append([CaseHistory.Event(number, CaseEventKind.Answered, now, request.Actor.Login)], ct);
            await counts.Add([CountKey.OfCase(today, Measure.CaseAnswered, now > found.DueAt ? CountKey.Late : CountKey.InTime, found.HallCode, found.DepartmentCode, found.WindowCode, found.About, found.Lane)], ct);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Text, bool ToGroup = false);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/answer", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new AnswerCase(user.Actor(), number, body.Text, body.ToGroup), ct)).ToHttp(given => body.ToGroup ? TypedResults.Ok(given) : TypedResults.NoContent())).RequireAuthorization(Policies.Cases);
    }
}

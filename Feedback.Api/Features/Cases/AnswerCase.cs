using System.Security.Claims;
using Feedback.Casework;
using Feedback.Casework.Counts;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
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
internal sealed record AnswerCase(Actor Actor, string CaseNumber, string? Text, bool ToGroup = false) : ICommand<AnswerCase.Given>
{
    /// <param name="Answered">The cases that were answered, the one that was named first.</param>
    /// <param name="Left">Cases of the group that still wait for an answer of their own.</param>
    public sealed record Given(IReadOnlyList<string> Answered, IReadOnlyList<string> Left);

    internal sealed class Validator : AbstractValidator<AnswerCase>
    {
        public Validator()
        {
            RuleFor(a => a.Text).NotEmpty().Refuse("answer_missing", "请写明答复内容。", "Please write the answer.");
            RuleFor(a => a.Text).IsText();
        }
    }

    internal sealed class Handler(CaseContext context, CaseLinks links, HandOvers handOvers, DailyCounts counts, Vault vault) : IRequestHandler<AnswerCase, Outcome<Given>>
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

        public async Task<Outcome<Given>> Handle(AnswerCase request, CancellationToken cancellationToken)
        {
            var begun = await context.Cases.Begin(request.CaseNumber, request.Actor, CaseCommand.Answer, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var texts = (await context.PolicyOf(begun.Value.Case, cancellationToken)).Texts;
            if (TextRules.TooLong("text", request.Text, texts.Complaint) is { } tooLong) return tooLong;

            await Give(begun.Value, request, cancellationToken);
            var (answered, left) = (new List<string> { request.CaseNumber }, new List<string>());
            foreach (var member in request.ToGroup ? await links.Members(request.CaseNumber, cancellationToken) : [])
            {
                var other = await context.Cases.Begin(member, request.Actor, CaseCommand.Answer, cancellationToken);
                if (other.Refusal is null) await Give(other.Value, request, cancellationToken);
                (other.Refusal is null ? answered : left).Add(member);
            }

            return new Given(answered, left);
        }

        private async Task Give(CaseStore.Begun begun, AnswerCase request, CancellationToken ct)
        {
            var (found, now, by) = (begun.Case, context.Now, request.Actor.Login);
            var calendar = await context.CalendarOf(found, ct);
            var today = calendar.LocalDay(now);
            var minutes = (int)calendar.OpenBetween(found.FiledAt, now).TotalMinutes;
            var (number, answer) = (found.CaseNumber, vault.Seal(Purpose.Answer, request.Text!));
            await context.Db.ExecuteOne(AnswerSql, new { next = begun.Next.ToString(), now, answer, number, state = found.State.ToString() }, ct);
            await context.Db.Execute(KeepSql, new { number, cycle = found.Reopened + 1, answer, by, now, today, dueAt = found.DueAt, minutes }, ct);
            if (begun.Dossier.OpenOffer is not null) await handOvers.Lapse(found, ct);
            await context.Clocks.StopAll(number, now, ct);
            await context.RecordAndTellCitizen(found, CaseEventKind.Answered, by, new EventDetail(), ct);
            await counts.Add([CountKey.OfCase(today, Measure.CaseAnswered, now > found.DueAt ? CountKey.Late : CountKey.InTime, found.HallCode, found.DepartmentCode, found.WindowCode, found.About, found.Lane)], ct);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Text, bool ToGroup = false);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/answer", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new AnswerCase(user.Actor(), number, body.Text, body.ToGroup), ct)).ToHttp(given => body.ToGroup ? TypedResults.Ok(given) : TypedResults.NoContent())).RequireAuthorization(Access.Cases);
    }
}

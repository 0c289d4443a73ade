using System.Security.Claims;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Ratings;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Ratings;

/// <summary>
/// The unit has contacted the citizen and says what it found (核实), and whether each thing that a tag points at is so. What takes
/// time gets a limit of its own; the rest is called back at once.
/// </summary>
/// <param name="Actor">Who verified.</param>
/// <param name="CaseNumber">The number.</param>
/// <param name="Outcome">One of the four.</param>
/// <param name="Note">What was found and done.</param>
/// <param name="Complex">Setting it right takes the longer limit.</param>
/// <param name="Checks">For each signal whether it was confirmed.</param>
internal sealed record VerifyBadRating(
    Actor Actor, string CaseNumber, BadRatingOutcome? Outcome, string? Note, bool Complex = false, IReadOnlyDictionary<Signal, bool>? Checks = null) : ICommand<VerifyBadRating.Verified>
{
    /// <param name="Stage">What comes next.</param>
    /// <param name="DueAt">When that is due; null when nothing is awaited.</param>
    public sealed record Verified(BadRatingStage Stage, DateTimeOffset? DueAt);

    internal sealed class Validator : AbstractValidator<VerifyBadRating>
    {
        public Validator()
        {
            RuleFor(v => v.Outcome).Must(chosen => chosen is { } known && Enum.IsDefined(known)).Refuse("outcome_missing", "请选择核实结果。", "Please choose what the verification came to.");
            RuleFor(v => v.Note).IsReason();
            RuleFor(v => v.Note).IsText();
        }
    }

    internal sealed class Handler(CaseContext context, BadRatings ratings) : IRequestHandler<VerifyBadRating, Outcome<Verified>>
    {
        private const string VerifySql = "update bad_rating set outcome = @outcome, verified_by = @by where case_number = @number";
        private const string CheckSql = "update bad_rating_check set confirmed = @confirmed where case_number = @number and signal = @signal";

        public async Task<Outcome<Verified>> Handle(VerifyBadRating request, CancellationToken cancellationToken)
        {
            var begun = await ratings.Begin(request.CaseNumber, request.Actor, BadRatingCommand.Verify, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (loop, number, outcome, answers) = (begun.Value, request.CaseNumber, request.Outcome!.Value, request.Checks ?? new Dictionary<Signal, bool>());
            if (!loop.Checks.Select(c => c.Signal).ToHashSet().SetEquals(answers.Keys)) return RatingsRefusals.ChecksIncomplete;

            var next = BadRatingFlow.AfterVerification(outcome, loop.Case.HasContact);
            await context.Db.Execute(VerifySql, new { number, outcome = outcome.ToString(), by = request.Actor.Login }, cancellationToken);
            await context.Db.Execute(CheckSql, answers.Select(a => new { number, signal = a.Key.ToString(), confirmed = a.Value }), cancellationToken);
            var dueAt = await ratings.Move(loop, next, request.Complex, cancellationToken);
            await context.Record(loop.Case, CaseEventKind.BadRatingVerified, request.Actor.Login, new EventDetail(DueAt: dueAt, Reason: request.Note, Result: outcome.ToString()), cancellationToken);
            return new Verified(next, dueAt);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(BadRatingOutcome? Outcome, string? Note, bool Complex = false, IReadOnlyDictionary<Signal, bool>? Checks = null);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/verification", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new VerifyBadRating(user.Actor(), number, body.Outcome, body.Note, body.Complex, body.Checks), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

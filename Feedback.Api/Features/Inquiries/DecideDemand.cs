using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Casework;
using Feedback.Casework.Inquiries;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Inquiries;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Inquiries;

/// <summary>The hall supervisor, or a leader, approves or refuses a second demand; never whoever asked. Approved, it is issued at once.</summary>
internal sealed record DecideDemand(Actor Actor, string Number, bool? Approved, string? Reason) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<DecideDemand>
    {
        public Validator()
        {
            RuleFor(d => d.Approved).NotNull().Refuse("decision_missing", "请选择同意或不同意。", "Please approve or refuse.");
            RuleFor(d => d.Reason).IsReason().When(d => d.Approved == false || d.Reason is not null);
        }
    }

    internal sealed class Handler(CaseContext context, NoticeIssuer notices, StaffDirectory staff, CaseNotices caseNotices) : IRequestHandler<DecideDemand, Outcome<Done>>
    {
        private const string DemandSql = "select case_number, exception, reason, missing, note, asked_by, approved from second_demand where number = @number";

        private const string DecideSql =
            "update second_demand set approved = @approved, answer = @reason, decided_by = @by, decided_at = @now where number = @number and approved is null";

        public async Task<Outcome<Done>> Handle(DecideDemand request, CancellationToken cancellationToken)
        {
            var (number, actor, ct) = (request.Number, request.Actor, cancellationToken);
            if (await context.Db.SingleOrDefault<Demand>(DemandSql, new { number }, ct) is not { } demand) return InquiriesRefusals.NoticeUnknown;
            var seen = await context.Cases.Find(demand.CaseNumber, actor, ct);
            if (seen.Refusal is not null) return InquiriesRefusals.NoticeUnknown;
            if (actor.Role is not (Role.HallSupervisor or Role.BureauLeader)) return DomainRefusals.NotAllowed;
            if (actor.Login == demand.AskedBy) return InquiriesRefusals.OwnRequest;
            if (demand.Approved is not null) return InquiriesRefusals.DemandDecided;

            var (found, approved) = (seen.Value, request.Approved!.Value);
            await context.Db.ExecuteOne(DecideSql, new { number, approved, reason = request.Reason, by = actor.Login, now = context.Now }, ct);
            if (approved)
            {
                var next = CaseFlow.Next(found.State, CaseCommand.IssueNotice);
                if (next.Refusal is { } late) return late;
                var place = await notices.Next(found, ct);
                if (place.Refusal is { } no) return no;
                var telling = new NoticeText(InquiryRecords.Parse<string[]>(demand.Missing), demand.Note, null, new ApprovedGround(demand.Exception, demand.Reason, actor.Name));
                await notices.Issue(found, next.Value, place.Value with { Number = number }, telling, demand.AskedBy, ct);
            }
            else
            {
                await context.Record(found, CaseEventKind.DemandRefused, actor.Login, new EventDetail(Reason: request.Reason, Document: number), ct);
            }

            if ((await staff.Active(ct)).Acting(demand.AskedBy, found.WindowCode) is { } asker) await caseNotices.Tell([asker], found.CaseNumber, approved ? CaseEventKind.NoticeIssued : CaseEventKind.DemandRefused, ct);
            return default(Done);
        }

        private sealed record Demand(string CaseNumber, DemandGround Exception, string Reason, string Missing, string? Note, string AskedBy, bool? Approved);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(bool? Approved, string? Reason = null);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/one-time-notices/{number}/approval", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new DecideDemand(user.Actor(), number, body.Approved, body.Reason), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Cases);
    }
}

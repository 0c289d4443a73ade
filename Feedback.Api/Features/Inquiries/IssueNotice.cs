using System.Security.Claims;
using System.Text.Json;
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

/// <summary>
/// The one-time notice (一次性告知): everything that an application lacks, told once, in the words of the published guide; or the
/// refusal of an application with its reasons and remedies. A second demand needs a coded exception, and then waits for the hall
/// supervisor.
/// </summary>
/// <param name="Actor">Who tells.</param>
/// <param name="CaseNumber">The application.</param>
/// <param name="Missing">Names of the guide's materials that are missing.</param>
/// <param name="Note">A remark for the citizen.</param>
/// <param name="Refusal">Reasons and remedies, when the application is refused.</param>
/// <param name="Exception">Why something is demanded again.</param>
public sealed record IssueNotice(Actor Actor, string? CaseNumber, IReadOnlyList<string>? Missing, string? Note = null, NoticeRefusal? Refusal = null, IssueNotice.Demand? Exception = null)
    : ICommand<NoticeIssuer.Issued>
{
    /// <param name="Code">Which exception.</param>
    /// <param name="Reason">Why it applies.</param>
    public sealed record Demand(DemandGround? Code, string? Reason);

    internal sealed class Validator : AbstractValidator<IssueNotice>
    {
        public Validator()
        {
            RuleFor(n => n.CaseNumber).NotEmpty().Refuse("case_missing", "缺少受理编号。", "The case number is missing.");
            RuleFor(n => n.Missing).NotEmpty().When(n => n.Refusal is null).Refuse("nothing_missing", "请勾选缺少的材料。", "Please tick what is missing.");
            RuleFor(n => n.Missing).Must(m => m is null or { Count: 0 }).When(n => n.Refusal is not null).Refuse("refusal_with_demand", "不予受理时不能再要求补材料。", "An application that is refused cannot be asked for materials.");
            RuleFor(n => n.Note).Must(note => note is null || TextRules.Length(note) <= 500).Refuse("note_too_long", "备注最多 500 字。", "The remark has at most 500 characters.");
            RuleFor(n => n.Note).IsText();
            RuleFor(n => n.Refusal!.Reasons).IsReason().When(n => n.Refusal is not null);
            RuleFor(n => n.Refusal!.Remedies).IsReason().When(n => n.Refusal is not null).Refuse("remedies_missing", "请写明救济途径。", "Please say what can be done against the refusal.");
            RuleFor(n => n.Exception!.Code).Must(code => code is { } known && Enum.IsDefined(known)).When(n => n.Exception is not null).Refuse("exception_missing", "请选择再次要求材料的法定情形。", "Please choose the exception.");
            RuleFor(n => n.Exception!.Reason).IsReason().When(n => n.Exception is not null);
        }
    }

    internal sealed class Handler(CaseContext context, NoticeIssuer notices, StaffDirectory staff, CaseNotices caseNotices) : IRequestHandler<IssueNotice, Outcome<NoticeIssuer.Issued>>
    {
        private const string WaitingSql = "select count(*) from second_demand where case_number = @number and approved is null";

        private const string AskSql =
            """
            insert into second_demand (number, case_number, exception, reason, missing, note, asked_by, asked_at, approved, answer, decided_by, decided_at)
            values (@number, @caseNumber, @exception, @reason, @missing, @note, @by, @now, null, null, null, null)
            """;

        public async Task<Outcome<NoticeIssuer.Issued>> Handle(IssueNotice request, CancellationToken cancellationToken)
        {
            var (by, ct) = (request.Actor.Login, cancellationToken);
            var begun = await context.Cases.Begin(request.CaseNumber!, request.Actor, request.Refusal is null ? CaseCommand.IssueNotice : CaseCommand.Decline, ct);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, next, _) = begun.Value;
            var (missing, note) = (request.Missing ?? [], TextRules.OrNull(request.Note));
            var place = await notices.Next(found, ct);
            if (place.Refusal is { } no) return no;
            if (await notices.Check(found, by, missing, ct) is { } notInGuide) return notInGuide;

            if (request.Refusal is null && place.Value.Cycle > 1)
            {
                if (await context.Db.Single<int>(WaitingSql, new { number = found.CaseNumber }, ct) > 0) return InquiriesRefusals.DemandWaiting;
                return request.Exception is { } exception ? await Ask(found, place.Value.Number, missing, note, exception, by, ct) : InquiriesRefusals.SecondDemand;
            }

            if (request.Exception is not null) return InquiriesRefusals.ExceptionNotNeeded;
            return await notices.Issue(found, next, place.Value, new NoticeText(missing, note, request.Refusal), by, ct);
        }

        private async Task<NoticeIssuer.Issued> Ask(CaseRow found, string number, IReadOnlyList<string> missing, string? note, Demand exception, string by, CancellationToken ct)
        {
            var (code, list) = (exception.Code!.Value.ToString(), JsonSerializer.Serialize(missing, InquiryRecords.Json));
            await context.Db.Execute(AskSql, new { number, caseNumber = found.CaseNumber, exception = code, reason = exception.Reason, missing = list, note, by, now = context.Now }, ct);
            await context.Record(found, CaseEventKind.DemandAsked, by, new EventDetail(Reason: exception.Reason, Result: code, Document: number), ct);
            await caseNotices.Tell((await staff.Active(ct)).Holding(Role.HallSupervisor, found.HallCode, found.UnitCode, found.WindowCode), found.CaseNumber, CaseEventKind.DemandAsked, ct);
            return new NoticeIssuer.Issued(number, true, null, null, null);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? CaseNumber, IReadOnlyList<string>? Missing = null, string? Note = null, NoticeRefusal? Refusal = null, Demand? Exception = null);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/one-time-notices", async (Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new IssueNotice(user.Actor(), body.CaseNumber, body.Missing, body.Note, body.Refusal, body.Exception), ct))
                    .ToHttp(issued => issued.AwaitsApproval ? TypedResults.Accepted((string?)null, issued) : TypedResults.Created($"/api/v1/one-time-notices/{issued.Number}", issued)))
                .RequireAuthorization(Access.Register);
    }
}

using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Features.Cases;
using Feedback.Features.Inquiries;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Feedback.Features.Complaints;

/// <summary>The citizen follows the case with its number and query code. A wrong code looks like an unknown number.</summary>
public sealed record TrackComplaint(string CaseNumber, string? QueryCode) : IQuery<TrackComplaint.Progress>
{
    /// <param name="CaseNumber">The number.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="About">Which of the ten.</param>
    /// <param name="Window">Where it happened.</param>
    /// <param name="WindowEn">The same in English.</param>
    /// <param name="FiledAt">When it was filed.</param>
    /// <param name="AcceptBy">When the decision on acceptance is or was due.</param>
    /// <param name="DueAt">The promised instant of the answer.</param>
    /// <param name="Responsible">The unit or office that is responsible now, and the person's name.</param>
    /// <param name="SupervisionPhone">Whom to call.</param>
    /// <param name="Light">Whether it is late.</param>
    /// <param name="Answer">The answer, once there is one.</param>
    /// <param name="Commands">What the citizen can do now.</param>
    /// <param name="Timeline">Newest first.</param>
    /// <param name="Inquiry">Who was asked first and what was told; null for a complaint.</param>
    public sealed record Progress(
        string CaseNumber, CaseState State, Prohibition About, string Window, string WindowEn, DateTimeOffset FiledAt, DateTimeOffset AcceptBy, DateTimeOffset DueAt,
        ResponsibleParty Responsible, string SupervisionPhone, Light Light, string? Answer, IReadOnlyList<CaseCommand> Commands, IReadOnlyList<Entry> Timeline, Inquiry? Inquiry = null);

    /// <param name="Unit">In Chinese.</param>
    /// <param name="UnitEn">In English.</param>
    /// <param name="Name">The person; null while nobody holds the post.</param>
    public sealed record ResponsibleParty(string Unit, string UnitEn, string? Name);

    /// <param name="Kind">What happened.</param>
    /// <param name="At">When.</param>
    /// <param name="Text">In a sentence.</param>
    public sealed record Entry(CaseEventKind Kind, DateTimeOffset At, string Text);

    internal sealed class Handler(Db db, ComplaintDoor door, CaseHistory history, InquiryRecords inquiries, LocalTime local, Vault vault) : IRequestHandler<TrackComplaint, Outcome<Progress>>
    {
        private static readonly CaseCommand[] Citizens =
            [CaseCommand.AddMaterial, CaseCommand.Remind, CaseCommand.Withdraw, CaseCommand.ApproveAnswer, CaseCommand.RejectAnswer, CaseCommand.Appeal];

        private const string FindSql =
            """
            select c.case_number, c.state, c.about, c.lane, w.name as window_name, w.name_en as window_name_en, c.filed_at, c.accept_by, c.due_at,
                   d.name as department, d.name_en as department_en, s.name as responsible, h.supervision_phone, c.step, c.answer
            from case_file c
            join service_window w on w.code = c.window_code
            join department d on d.code = c.unit_code
            join hall h on h.code = c.hall_code
            left join staff s on s.login = c.responsible
            where c.case_number = @number
            """;

        public async Task<Outcome<Progress>> Handle(TrackComplaint request, CancellationToken cancellationToken)
        {
            var found = await door.Open(request.CaseNumber, request.QueryCode, cancellationToken);
            if (found.Refusal is { } refusal) return refusal;
            var row = await db.Single<Row>(FindSql, new { number = found.Value.CaseNumber }, cancellationToken);
            var events = await history.Of(row.CaseNumber, cancellationToken);
            return new Progress(
                row.CaseNumber, row.State, row.About, row.WindowName, row.WindowNameEn, local.At(row.FiledAt), local.At(row.AcceptBy), local.At(row.DueAt),
                row.Party, row.SupervisionPhone, Lights.Of((EscalationStep?)row.Step), row.Answer is { } answer ? vault.Open(Purpose.Answer, answer) : null,
                [.. Citizens.Where(command => CaseFlow.Next(row.State, command).Refusal is null)],
                [.. events.Reverse().Select(e => (Event: e, Text: CitizenSentences.Of(e, row.Lane, local))).Where(e => e.Text is not null)
                    .Select(e => new Entry(Enum.Parse<CaseEventKind>(e.Event.Kind), local.At(e.Event.At), e.Text!.Value.ToString()))],
                (await inquiries.Of(row.CaseNumber, cancellationToken))?.ForTheCitizen());
        }

        private sealed record Row(
            string CaseNumber, CaseState State, Prohibition About, Lane Lane, string WindowName, string WindowNameEn, DateTimeOffset FiledAt, DateTimeOffset AcceptBy,
            DateTimeOffset DueAt, string Department, string DepartmentEn, string? Responsible, string SupervisionPhone, int? Step, byte[]? Answer)
        {
            public ResponsibleParty Party => Lane switch
            {
                Lane.Hall => new(Department, DepartmentEn, Responsible),
                Lane.Director => new("局长信箱", "The bureau director's mailbox", Responsible),
                _ => new("纪检监察", "Discipline inspection", null),
            };
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/complaints/{caseNumber}", async (string caseNumber, [FromHeader(Name = "X-Query-Code")] string? queryCode, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new TrackComplaint(caseNumber, queryCode), ct)).ToHttp()).AllowAnonymous();
    }
}

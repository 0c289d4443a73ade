using Feedback.Casework;
using Feedback.Casework.Contacts;
using Feedback.Casework.Inquiries;
using Feedback.Casework.Pictures;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Time;
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
    /// <param name="Answer">The last answer, once there is one.</param>
    /// <param name="Declined">Why it was not accepted, when it was not.</param>
    /// <param name="Paused">Why the clock stands still, while it does.</param>
    /// <param name="DecideBy">When the decision on the citizen's appeal is due, while it is open.</param>
    /// <param name="Commands">What the citizen can do now.</param>
    /// <param name="Outlook">The instant that a command would set if it were given now: the answer's after RejectAnswer, the decision's after Appeal.</param>
    /// <param name="Timeline">Newest first.</param>
    /// <param name="Pictures">What the citizen sent, in the order of its numbers.</param>
    /// <param name="Earlier">For a repetition: how the earlier case of the same person stands.</param>
    /// <param name="Inquiry">Who was asked first and what was told; null for a complaint.</param>
    /// <param name="Messages">What staff wrote to the citizen, newest first.</param>
    public sealed record Progress(
        string CaseNumber, CaseState State, Prohibition About, string Window, string WindowEn, DateTimeOffset FiledAt, DateTimeOffset AcceptBy, DateTimeOffset DueAt,
        ResponsibleParty Responsible, string SupervisionPhone, Light Light, string? Answer, NotAccepted? Declined, Pause? Paused, DateTimeOffset? DecideBy,
        IReadOnlyList<CaseCommand> Commands, IReadOnlyDictionary<CaseCommand, DateTimeOffset> Outlook, IReadOnlyList<Entry> Timeline, IReadOnlyList<PictureInfo> Pictures, EarlierCase? Earlier, Inquiry? Inquiry, IReadOnlyList<StaffMessage> Messages);

    /// <param name="Reason">Why.</param>
    /// <param name="RightBody">Whom to turn to; null for a repetition and for an application.</param>
    /// <param name="Remedies">What can be done against it; for an application that was refused.</param>
    public sealed record NotAccepted(string Reason, string? RightBody, string? Remedies);

    /// <param name="Reason">Why.</param>
    /// <param name="ResumeBy">When it runs on at the latest.</param>
    public sealed record Pause(PauseReason Reason, DateTimeOffset ResumeBy);

    /// <summary>How an earlier case stands; its number and answer are read with its own query code.</summary>
    /// <param name="State">Where it stands.</param>
    /// <param name="DueAt">Its promised instant.</param>
    /// <param name="Responsible">Who is responsible for it now.</param>
    public sealed record EarlierCase(CaseState State, DateTimeOffset DueAt, ResponsibleParty Responsible);

    /// <param name="Unit">In Chinese.</param>
    /// <param name="UnitEn">In English.</param>
    /// <param name="Name">The person; null while nobody holds the post.</param>
    public sealed record ResponsibleParty(string Unit, string UnitEn, string? Name);

    /// <param name="Text">In full.</param>
    /// <param name="At">When.</param>
    public sealed record StaffMessage(string Text, DateTimeOffset At);

    /// <param name="Kind">What happened.</param>
    /// <param name="At">When.</param>
    /// <param name="Text">In a sentence.</param>
    public sealed record Entry(CaseEventKind Kind, DateTimeOffset At, string Text);

    internal sealed class Handler(CaseContext context, CitizenAccess access, CaseHistory history, CasePictures pictures, CaseLinks links, InquiryRecords inquiries, ContactMessages messages, LocalTime local, Vault vault) : IRequestHandler<TrackComplaint, Outcome<Progress>>
    {
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

        private const string PausedSql = "select reason, resume_by from case_pause where case_number = @number and resumed_at is null";
        private const string DecideBySql = "select decide_by from case_appeal where case_number = @number and decided_at is null";

        public async Task<Outcome<Progress>> Handle(TrackComplaint request, CancellationToken cancellationToken)
        {
            var found = await access.Open(request.CaseNumber, request.QueryCode, cancellationToken);
            if (found.Refusal is { } refusal) return refusal;
            var number = found.Value.CaseNumber;
            var row = await context.Db.Single<Row>(FindSql, new { number }, cancellationToken);
            var earlier = await links.LeadOf(number, cancellationToken) is { Kind: LinkKind.Repeat } repeat
                ? await context.Db.Single<Row>(FindSql, new { number = repeat.LeadNumber }, cancellationToken)
                : null;
            var events = await history.Of(number, cancellationToken);
            var declined = row.State == CaseState.Declined ? CaseHistory.DetailOf(events.Last(e => e.Kind == nameof(CaseEventKind.Declined))) : null;
            var paused = await context.Db.SingleOrDefault<Pause>(PausedSql, new { number }, cancellationToken);
            var commands = await access.CommandsOf(found.Value, cancellationToken);
            return new Progress(
                row.CaseNumber, row.State, row.About, row.WindowName, row.WindowNameEn, local.At(row.FiledAt), local.At(row.AcceptBy), local.At(row.DueAt),
                row.Party, row.SupervisionPhone, Lights.Of(row.Step), row.Answer is { } answer ? vault.Open(Purpose.Answer, answer) : null,
                declined is null ? null : new NotAccepted(declined.Reason!, declined.Unit, declined.Result == nameof(LinkKind.Repeat) ? null : declined.Result),
                row.State == CaseState.Paused ? paused! with { ResumeBy = local.At(paused.ResumeBy) } : null,
                local.At(await context.Db.SingleOrDefault<DateTimeOffset?>(DecideBySql, new { number }, cancellationToken)),
                commands,
                await Outlook(found.Value, commands, cancellationToken),
                [.. events.Reverse().Select(e => (Event: e, Text: CitizenSentences.Of(e, row.Lane, local))).Where(e => e.Text is not null)
                    .Select(e => new Entry(Enum.Parse<CaseEventKind>(e.Event.Kind), local.At(e.Event.At), e.Text!.Value.ToString()))],
                await pictures.Of(number, cancellationToken),
                earlier is null ? null : new EarlierCase(earlier.State, local.At(earlier.DueAt), earlier.Party),
                (await inquiries.Of(number, cancellationToken))?.ForTheCitizen(),
                [.. (await messages.Of(number, cancellationToken)).Reverse().Where(m => m.By is not null).Select(m => new StaffMessage(m.Text, m.At))]);
        }

        private async Task<IReadOnlyDictionary<CaseCommand, DateTimeOffset>> Outlook(CaseRow found, IReadOnlyList<CaseCommand> commands, CancellationToken ct)
        {
            var policy = await context.PolicyOf(found, ct);
            var calendar = await context.CalendarOf(found, ct);
            var limits = new Dictionary<CaseCommand, Limit> { [CaseCommand.RejectAnswer] = found.AnswerLimit(policy), [CaseCommand.Appeal] = policy.Appeal.Decide };
            return limits.Where(l => commands.Contains(l.Key)).ToDictionary(l => l.Key, l => calendar.Due(context.Now, l.Value));
        }

        private sealed record Row(
            string CaseNumber, CaseState State, Prohibition About, Lane Lane, string WindowName, string WindowNameEn, DateTimeOffset FiledAt, DateTimeOffset AcceptBy,
            DateTimeOffset DueAt, string Department, string DepartmentEn, string? Responsible, string SupervisionPhone, EscalationStep? Step, byte[]? Answer)
        {
            public ResponsibleParty Party => Lane switch
            {
                Lane.Hall => new(Department, DepartmentEn, Responsible),
                Lane.Supervisor => new("大厅值班长", "The hall's supervisor", Responsible),
                Lane.Director => new("局长信箱", "The bureau director's mailbox", Responsible),
                _ => new("纪检监察", "Discipline inspection", null),
            };
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/complaints/{caseNumber}", async (string caseNumber, [FromHeader(Name = "X-Query-Code")] string? queryCode, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new TrackComplaint(caseNumber, queryCode), ct)).ToHttp()).AllowAnonymous().SlowsGuesses();
    }
}

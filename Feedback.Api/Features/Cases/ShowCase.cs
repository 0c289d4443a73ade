using System.Security.Claims;
using System.Text.Json.Serialization;
using Feedback.Casework;
using Feedback.Casework.Inquiries;
using Feedback.Casework.Pictures;
using Feedback.Casework.Windows;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Policies;
using Feedback.Domain.Staff;
using Feedback.Domain.Time;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>One case for a member of staff who may know of it: what was said, its clocks, its history, what waits, what can be done now.</summary>
public sealed record ShowCase(Actor Actor, string CaseNumber) : IQuery<ShowCase.View>
{
    /// <param name="CaseNumber">The number.</param>
    /// <param name="Window">Where it happened.</param>
    /// <param name="Type">What it is, and so which limits it has.</param>
    /// <param name="About">Which of the ten.</param>
    /// <param name="Receiver">Whom the citizen told.</param>
    /// <param name="Against">Who is complained about.</param>
    /// <param name="Lane">The way it travels, and so who may know of it.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Light">Its light.</param>
    /// <param name="Step">The highest step reached.</param>
    /// <param name="Said">The citizen's words.</param>
    /// <param name="Materials">What the citizen added, oldest first.</param>
    /// <param name="Pictures">What the citizen sent with the complaint or later, in the order of their numbers.</param>
    /// <param name="HasContact">Whether there is a way to reach the citizen; never who it is.</param>
    /// <param name="Ticket">The queue ticket, if given.</param>
    /// <param name="Unit">The code of the unit that is responsible now.</param>
    /// <param name="Responsible">Who is responsible now.</param>
    /// <param name="FiledAt">When it came.</param>
    /// <param name="DueAt">When the clock of its state is due: the decision on acceptance, the answer, the decision on the appeal.</param>
    /// <param name="OpenMinutesLeft">Working minutes until then, negative when overdue; null while no such clock runs.</param>
    /// <param name="Answers">The answers given, oldest first; all but the last were followed by another.</param>
    /// <param name="Pause">Why the answer clock stands still, while it does.</param>
    /// <param name="Appeal">The citizen's appeal, once there is one.</param>
    /// <param name="Dossier">Extension, hand-overs and arbitration so far.</param>
    /// <param name="Lead">The case that this one was put under, if it was.</param>
    /// <param name="Members">The cases that this one leads.</param>
    /// <param name="Inquiry">Who was asked first and what was told; null for a complaint.</param>
    /// <param name="Clocks">In the order they began.</param>
    /// <param name="History">Oldest first.</param>
    /// <param name="Units">The units of the hall.</param>
    /// <param name="Commands">What this caller can do now.</param>
    /// <param name="Outlook">
    /// The instant that a command would set if it were given now, whoever gives it. For a hand-over it stands under OfferHandOver when the
    /// other unit would be asked, and under Arbitrate when the hall would be.
    /// </param>
    public sealed record View(
        string CaseNumber, WindowInfo Window, CaseType Type, Prohibition About, Receiver Receiver, Against Against, Lane Lane, CaseState State, Light Light, EscalationStep? Step, string Said, IReadOnlyList<Material> Materials, IReadOnlyList<PictureInfo> Pictures,
        bool HasContact, string? Ticket, string Unit, string? Responsible, DateTimeOffset FiledAt, DateTimeOffset DueAt, int? OpenMinutesLeft, IReadOnlyList<Answer> Answers,
        RunningPause? Pause, CitizensAppeal? Appeal, [property: JsonPropertyName("papers")] CaseDossier Dossier, CaseLinks.Lead? Lead, IReadOnlyList<string> Members, Inquiry? Inquiry, IReadOnlyList<CaseClocks.Row> Clocks, IReadOnlyList<HistoryEntry> History, IReadOnlyList<Department> Units,
        IReadOnlyList<CaseCommand> Commands, IReadOnlyDictionary<CaseCommand, DateTimeOffset> Outlook);

    /// <param name="Text">The citizen's words.</param>
    /// <param name="AddedAt">When.</param>
    public sealed record Material(string Text, DateTimeOffset AddedAt);

    /// <param name="Text">In full.</param>
    /// <param name="By">The name of who answered.</param>
    /// <param name="At">When.</param>
    public sealed record Answer(string Text, string By, DateTimeOffset At);

    /// <param name="Reason">Why.</param>
    /// <param name="Evidence">On what grounds.</param>
    /// <param name="By">The name of who paused it.</param>
    /// <param name="Since">From when.</param>
    /// <param name="Until">When it runs on at the latest.</param>
    public sealed record RunningPause(PauseReason Reason, string Evidence, string By, DateTimeOffset Since, DateTimeOffset Until);

    /// <param name="Text">The citizen's words.</param>
    /// <param name="AskedAt">When.</param>
    /// <param name="DecideBy">When the decision is due.</param>
    /// <param name="Upheld">Null until it is decided.</param>
    public sealed record CitizensAppeal(string Text, DateTimeOffset AskedAt, DateTimeOffset DecideBy, bool? Upheld);

    /// <param name="Code">Its code.</param>
    /// <param name="Name">In Chinese.</param>
    /// <param name="NameEn">In English.</param>
    public sealed record Department(string Code, string Name, string NameEn);

    /// <param name="Kind">What.</param>
    /// <param name="At">When.</param>
    /// <param name="Actor">The name of who did it; null for the citizen and the clock.</param>
    /// <param name="Detail">Its facts.</param>
    /// <param name="Unit">The name of the unit concerned; for a case that was declined the right body, as it was written.</param>
    /// <param name="Person">The name of the person concerned.</param>
    /// <param name="Told">The names of those who were told of it.</param>
    public sealed record HistoryEntry(CaseEventKind Kind, DateTimeOffset At, string? Actor, EventDetail Detail, Bilingual? Unit, string? Person, IReadOnlyList<string> Told);

    internal sealed class Handler(CaseContext context, CaseHistory history, CasePictures pictures, CaseLinks links, InquiryRecords inquiries, Acceptances acceptances, Pauses pauses, WindowDirectory windows, LocalTime local, Vault vault) : IRequestHandler<ShowCase, Outcome<View>>
    {
        private const string NamesSql = "select login, name from staff";
        private const string UnitsSql = "select code, name, name_en from department where hall_code = @hall order by code";
        private const string MaterialsSql = "select said, added_at from case_material where case_number = @number order by id";
        private const string AnswersSql = "select said, answered_by, answered_at from case_answer where case_number = @number order by cycle";
        private const string AppealSql = "select said, asked_at, decide_by, upheld from case_appeal where case_number = @number";

        private const string PauseSql =
            """
            select p.reason, p.evidence, s.name as "by", p.paused_at as since, p.resume_by as until
            from case_pause p
            join staff s on s.login = p.paused_by
            where p.case_number = @number and p.resumed_at is null
            """;

        public async Task<Outcome<View>> Handle(ShowCase request, CancellationToken cancellationToken)
        {
            var begun = await context.Cases.Find(request.CaseNumber, request.Actor, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var found = begun.Value;
            var of = new { number = found.CaseNumber };
            var window = (await windows.OfCode(found.WindowCode, cancellationToken)).Value;
            var names = (await context.Db.Query<(string Login, string Name)>(NamesSql, null, cancellationToken)).ToDictionary(n => n.Login, n => n.Name);
            var units = await context.Db.Query<Department>(UnitsSql, new { hall = found.HallCode }, cancellationToken);
            var dossier = await context.Cases.Dossier(found, request.Actor, cancellationToken);
            var policy = await context.PolicyOf(found, cancellationToken);
            var calendar = await context.CalendarOf(found, cancellationToken);
            var materials = await context.Db.Query<MaterialRow>(MaterialsSql, of, cancellationToken);
            var answers = await context.Db.Query<AnswerRow>(AnswersSql, of, cancellationToken);
            var appeal = await context.Db.SingleOrDefault<AppealRow>(AppealSql, of, cancellationToken);
            var pause = found.State == CaseState.Paused ? await context.Db.Single<RunningPause>(PauseSql, of, cancellationToken) : null;
            var clocks = await context.Clocks.Of(found.CaseNumber, cancellationToken);
            var events = await history.Of(found.CaseNumber, cancellationToken);
            var dueAt = found.State switch { CaseState.Filed => found.AcceptBy, CaseState.Appealed => appeal!.DecideBy, _ => found.DueAt };
            var left = calendar.OpenBetween(context.Now, dueAt) - calendar.OpenBetween(dueAt, context.Now);

            string NameOf(string login) => names.GetValueOrDefault(login, login);

            HistoryEntry Happened(CaseEvent happened)
            {
                var detail = CaseHistory.DetailOf(happened);
                return new HistoryEntry(
                    Enum.Parse<CaseEventKind>(happened.Kind), local.At(happened.At), happened.Actor is { } who ? NameOf(who) : null, detail with { DueAt = local.At(detail.DueAt) },
                    detail.Unit is { } unit ? units.Where(u => u.Code == unit).Select(u => new Bilingual(u.Name, u.NameEn)).FirstOrDefault(new Bilingual(unit, unit)) : null,
                    detail.Person is { } person ? NameOf(person) : null,
                    [.. (detail.Recipients ?? []).Select(NameOf)]);
            }

            return new View(
                found.CaseNumber, window, found.CaseType, found.About, found.Receiver, found.Against, found.Lane, found.State, Lights.Of(found.Step), found.Step, vault.Open(Purpose.Complaint, found.Said),
                [.. materials.Select(m => new Material(vault.Open(Purpose.Complaint, m.Said), local.At(m.AddedAt)))],
                await pictures.Of(found.CaseNumber, cancellationToken),
                found.HasContact, found.Ticket, found.UnitCode, found.Responsible is { } login ? NameOf(login) : null, local.At(found.FiledAt), local.At(dueAt),
                found.State is CaseState.Filed or CaseState.Accepted or CaseState.Appealed ? (int)left.TotalMinutes : null,
                [.. answers.Select(a => new Answer(vault.Open(Purpose.Answer, a.Said), NameOf(a.AnsweredBy), local.At(a.AnsweredAt)))],
                pause is null ? null : pause with { Since = local.At(pause.Since), Until = local.At(pause.Until) },
                appeal is null ? null : new CitizensAppeal(vault.Open(Purpose.Complaint, appeal.Said), local.At(appeal.AskedAt), local.At(appeal.DecideBy), appeal.Upheld),
                dossier,
                await links.LeadOf(found.CaseNumber, cancellationToken),
                await links.Members(found.CaseNumber, cancellationToken),
                await inquiries.Of(found.CaseNumber, cancellationToken),
                [.. clocks.Select(r => r with { StartedAt = local.At(r.StartedAt), DueAt = local.At(r.DueAt), StoppedAt = local.At(r.StoppedAt) })],
                [.. events.Select(Happened)],
                units,
                [.. Enum.GetValues<CaseCommand>().Where(c => !c.IsCitizens() && CaseRights.Next(c, found, dossier, request.Actor, policy, context.Now).Refusal is null)],
                await Outlook(found, dossier, policy, calendar, cancellationToken));
        }

        private async Task<IReadOnlyDictionary<CaseCommand, DateTimeOffset>> Outlook(CaseRow found, CaseDossier dossier, Policy policy, WorkCalendar calendar, CancellationToken ct)
        {
            var (now, limits) = (context.Now, policy.CaseTypes[found.CaseType]);
            var outlook = new Dictionary<CaseCommand, DateTimeOffset>();
            switch (found.State)
            {
                case CaseState.Filed or CaseState.AwaitingMaterials:
                    outlook[CaseCommand.Accept] = (await acceptances.Promise(found, ct)).DueAt;
                    break;
                case CaseState.Accepted:
                    outlook[CaseCommand.Pause] = calendar.Due(now, policy.Pause.Longest);
                    if (dossier.Extension is null && limits.Extension is { } extra) outlook[CaseCommand.RequestExtension] = calendar.After(found.DueAt, extra);
                    if (dossier.Extension is { Granted: null } asked) outlook[CaseCommand.DecideExtension] = calendar.After(found.DueAt, Limit.Parse(asked.Extra));
                    break;
                case CaseState.Paused:
                    outlook[CaseCommand.Resume] = (await pauses.Resumed(found, ct)).DueAt;
                    break;
                case CaseState.Appealed:
                    outlook[CaseCommand.DecideAppeal] = calendar.Due(now, found.AnswerLimit(policy));
                    break;
            }

            if (found.State is CaseState.Filed or CaseState.AwaitingMaterials or CaseState.Accepted)
            {
                if (HandOverRules.NeedArbitration(dossier.Earlier, policy.HandOver.Limit)) outlook[CaseCommand.Arbitrate] = calendar.Due(now, policy.HandOver.Arbitration);
                else outlook[CaseCommand.OfferHandOver] = calendar.Due(now, policy.HandOver.Answer);
            }

            return outlook;
        }

        private sealed record MaterialRow(byte[] Said, DateTimeOffset AddedAt);

        private sealed record AnswerRow(byte[] Said, string AnsweredBy, DateTimeOffset AnsweredAt);

        private sealed record AppealRow(byte[] Said, DateTimeOffset AskedAt, DateTimeOffset DecideBy, bool? Upheld);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/cases/{number}", async (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Open(user.Actor(), number, ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

using System.Security.Claims;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;
using Feedback.Features.Halls;
using Feedback.Features.Inquiries;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>One case for a member of staff who may know of it: what was said, its clocks, its history, what can be done now.</summary>
public sealed record ShowCase(Actor Actor, string CaseNumber) : IQuery<ShowCase.View>
{
    /// <param name="CaseNumber">The number.</param>
    /// <param name="Window">Where it happened.</param>
    /// <param name="About">Which of the ten.</param>
    /// <param name="Receiver">Whom the citizen told.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Light">Its light.</param>
    /// <param name="Step">The highest step reached.</param>
    /// <param name="Said">The citizen's words.</param>
    /// <param name="HasContact">Whether there is a way to reach the citizen; never who it is.</param>
    /// <param name="Ticket">The queue ticket, if given.</param>
    /// <param name="Responsible">Who is responsible now.</param>
    /// <param name="FiledAt">When it came.</param>
    /// <param name="DueAt">When the running clock is due.</param>
    /// <param name="OpenMinutesLeft">Working minutes until then, negative when overdue; null once it is answered, and while the citizen has the next word.</param>
    /// <param name="PromiseIfAcceptedNow">What the answer's due instant would be if it were accepted now; null once it was.</param>
    /// <param name="Answer">The answer given.</param>
    /// <param name="Clocks">In the order they began.</param>
    /// <param name="History">Oldest first.</param>
    /// <param name="Commands">What this caller can do now.</param>
    /// <param name="Inquiry">Who was asked first and what was told; null for a complaint.</param>
    public sealed record View(
        string CaseNumber, WindowInfo Window, Prohibition About, Receiver Receiver, CaseState State, Light Light, EscalationStep? Step, string Said, bool HasContact,
        string? Ticket, string? Responsible, DateTimeOffset FiledAt, DateTimeOffset DueAt, int? OpenMinutesLeft, DateTimeOffset? PromiseIfAcceptedNow, string? Answer,
        IReadOnlyList<CaseClocks.Row> Clocks, IReadOnlyList<Happening> History, IReadOnlyList<CaseCommand> Commands, Inquiry? Inquiry = null);

    /// <param name="Kind">What.</param>
    /// <param name="At">When.</param>
    /// <param name="Actor">The name of who did it; null for the citizen and the clock.</param>
    /// <param name="Detail">Its facts.</param>
    /// <param name="Told">The names of those who were told of it.</param>
    public sealed record Happening(CaseEventKind Kind, DateTimeOffset At, string? Actor, EventDetail Detail, IReadOnlyList<string> Told);

    internal sealed class Handler(Db db, CaseDesk desk, CaseClocks clocks, CaseHistory history, WindowDirectory windows, Acceptances acceptances, InquiryRecords inquiries, LocalTime local, Vault vault)
        : IRequestHandler<ShowCase, Outcome<View>>
    {
        private const string NamesSql = "select login, name from staff";

        public async Task<Outcome<View>> Handle(ShowCase request, CancellationToken cancellationToken)
        {
            var found = await desk.Find(request.CaseNumber, request.Actor, cancellationToken);
            if (found.Refusal is { } refusal) return refusal;
            var c = found.Value;
            var window = (await windows.OfCode(c.WindowCode, cancellationToken)).Value;
            var names = (await db.Query<(string Login, string Name)>(NamesSql, null, cancellationToken)).ToDictionary(n => n.Login, n => n.Name);
            var events = await history.Of(c.CaseNumber, cancellationToken);
            var running = await clocks.Of(c.CaseNumber, cancellationToken);

            string NameOf(string login) => names.GetValueOrDefault(login, login);

            var calendar = await windows.CalendarOf(c.OpeningHours, cancellationToken);
            var dueAt = c.State == CaseState.Filed ? c.AcceptBy : c.DueAt;
            var left = calendar.OpenBetween(local.Now, dueAt) - calendar.OpenBetween(dueAt, local.Now);
            DateTimeOffset? promise = CaseFlow.Next(c.State, CaseCommand.Accept).Refusal is null ? (await acceptances.Promise(c, cancellationToken)).DueAt : null;

            return new View(
                c.CaseNumber, window, c.About, c.Receiver, c.State, Lights.Of((EscalationStep?)c.Step), (EscalationStep?)c.Step, vault.Open(Purpose.Complaint, c.Said),
                c.HasContact, c.Ticket, c.Responsible is { } login ? NameOf(login) : null, local.At(c.FiledAt),
                local.At(dueAt), c.State is CaseState.Answered or CaseState.AwaitingMaterials ? null : (int)left.TotalMinutes, promise, c.Answer is { } answer ? vault.Open(Purpose.Answer, answer) : null,
                [.. running.Select(r => r with { StartedAt = local.At(r.StartedAt), DueAt = local.At(r.DueAt), StoppedAt = r.StoppedAt is { } at ? local.At(at) : null })],
                [.. events.Select(e => (Event: e, Detail: CaseHistory.DetailOf(e))).Select(e => new Happening(
                    Enum.Parse<CaseEventKind>(e.Event.Kind), local.At(e.Event.At), e.Event.Actor is { } who ? NameOf(who) : null, e.Detail, [.. (e.Detail.Recipients ?? []).Select(NameOf)]))],
                request.Actor.MayHandle ? [.. Enum.GetValues<CaseCommand>().Where(command => CaseFlow.Next(c.State, command).Refusal is null && (command != CaseCommand.IssueNotice || c.IsApplication))] : [],
                await inquiries.Of(c.CaseNumber, cancellationToken));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/cases/{number}", async (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ShowCase(user.Actor(), number), ct)).ToHttp()).RequireAuthorization(Policies.Cases);
    }
}

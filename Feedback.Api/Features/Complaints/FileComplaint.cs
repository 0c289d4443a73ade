using System.Text.Json.Serialization;
using Feedback.Accounts;
using Feedback.Casework;
using Feedback.Casework.Contacts;
using Feedback.Casework.Counts;
using Feedback.Casework.Pictures;
using Feedback.Casework.Windows;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Complaints;

/// <summary>A citizen complains. From here on the case has someone responsible and a clock.</summary>
/// <param name="Window">The token of the window's QR code.</param>
/// <param name="About">Which of the Ten Prohibitions.</param>
/// <param name="Receiver">Whom to tell; the hall by default. Gifts and law breaches go to discipline inspection in any case.</param>
/// <param name="Text">What happened.</param>
/// <param name="Ticket">The queue ticket, if there was one.</param>
/// <param name="Contact">Absent when anonymous.</param>
/// <param name="Against">Who is complained about, beside whoever sits at the window; those at the window by default.</param>
/// <param name="Type">What kind of case, and so which limits; a general complaint by default. Whoever accepts it can find that it is another.</param>
public sealed record FileComplaint(string? Window, Prohibition? About, Receiver? Receiver, string? Text, string? Ticket = null, ContactDetails? Contact = null, CaseType? Type = null, Against? Against = null)
    : ICommand<FileComplaint.Receipt>, IIdempotent
{
    private static readonly CaseType[] Types = [CaseType.General, CaseType.Urgent, CaseType.Petition];

    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// From the page's form alone; programs add them afterwards. They do not count for the idempotency key: whoever sends the form again
    /// (another language, a lost answer) has no files in it any more, and gets the first answer.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<CleanPicture> Pictures { get; init; } = [];

    /// <param name="CaseNumber">Names the case.</param>
    /// <param name="QueryCode">Opens it; shown once, stored only as a keyed hash.</param>
    /// <param name="AcceptBy">When the decision on acceptance is due.</param>
    /// <param name="DueAt">The latest instant at which the answer is due.</param>
    public sealed record Receipt(string CaseNumber, string QueryCode, DateTimeOffset AcceptBy, DateTimeOffset DueAt);

    internal sealed class Validator : AbstractValidator<FileComplaint>
    {
        public Validator()
        {
            RuleFor(c => c.Window).NotEmpty().Refuse("window_missing", "缺少窗口。", "The window is missing.");
            RuleFor(c => c.About).NotNull().Refuse("about_missing", "请选择发生了什么。", "Please choose what happened.");
            RuleFor(c => c.About).Must(a => a is null || Prohibitions.Ten.Contains(a.Value)).Refuse("about_unknown", "请从列出的情形中选择。", "Please choose one of the situations listed.");
            RuleFor(c => c.Receiver).IsInEnum().Refuse("receiver_unknown", "请从列出的三个去处中选择。", "Please choose one of the three receivers.");
            RuleFor(c => c.Against).IsInEnum().Refuse("against_unknown", "请从列出的三种人中选择。", "Please choose one of the three listed.");
            RuleFor(c => c.Type).Must(t => t is null || Types.Contains(t.Value)).Refuse("type_unfit", "请从列出的类别中选择。", "Please choose one of the types listed.");
            RuleFor(c => c.Text).NotEmpty().Refuse("text_missing", "请写下发生了什么,一两句话就可以。", "Please tell us what happened; a sentence or two will do.");
            RuleFor(c => c.Text).IsText();
            RuleFor(c => c.Ticket).IsTicket();
            RuleFor(c => c.Contact!).SetValidator(new ContactDetails.Validator()).When(c => c.Contact is not null);
        }
    }

    internal sealed class Handler(
        Db db, CaseCreator files, CasePictures pictures, WindowDirectory windows, ReferenceData reference, ContactBook contacts, CaseClocks clocks, CaseHistory history, DailyCounts counts, StaffDirectory staff, CaseNotices notices, LocalTime local, Vault vault)
        : IRequestHandler<FileComplaint, Outcome<Receipt>>
    {
        public async Task<Outcome<Receipt>> Handle(FileComplaint request, CancellationToken cancellationToken)
        {
            var found = await windows.OfToken(request.Window, cancellationToken);
            if (found.Refusal is { } refusal) return refusal;
            var (window, now, type) = (found.Value, local.Now, request.Type ?? CaseType.General);
            var today = local.DayOf(now);
            var policy = (await reference.Read(db, cancellationToken)).PolicyOn(today);
            if (TextRules.TooLong("text", request.Text, policy.Texts.Complaint) is { } tooLong) return tooLong;

            var (about, receiver) = (request.About!.Value, request.Receiver ?? Domain.Cases.Receiver.Hall);
            var roster = await staff.Active(cancellationToken);
            var against = Routing.Higher(request.Against ?? Domain.Cases.Against.Window, roster.At(window.Code));
            var lane = Routing.LaneOf(about, receiver, against);
            var responsible = roster.Holding(Routing.ResponsibleRole(lane), window.HallCode, window.DepartmentCode, window.Code);
            var calendar = await windows.CalendarOf(window.HallCode, cancellationToken);
            var limits = policy.CaseTypes[type];
            var acceptance = Clock.Start(ClockKind.Acceptance, limits.Acceptance!.Value, now, calendar, policy);
            var dueAt = calendar.Due(acceptance.DueAt, limits.Answer);

            var said = vault.Seal(Purpose.Complaint, request.Text!);
            var contactId = await contacts.Keep(request.Contact, cancellationToken);
            var (number, queryCode) = await files.Open(
                new NewCase(type, about, receiver, against, window, request.Ticket, said, contactId, policy.Version, responsible.FirstOrDefault()?.Login, acceptance.DueAt, null, dueAt, now),
                cancellationToken);
            await clocks.Start(number, acceptance, cancellationToken);
            await history.Append([CaseHistory.Event(number, CaseEventKind.Filed, now, null, new EventDetail(DueAt: dueAt))], cancellationToken);
            if (request.Pictures.Count > 0)
            {
                if ((await pictures.Add(number, request.Pictures, cancellationToken)).Refusal is { } tooMany) return tooMany;
                await history.Append([CaseHistory.Event(number, CaseEventKind.PicturesAdded, now, null, new EventDetail(Count: request.Pictures.Count))], cancellationToken);
            }

            await notices.Tell(responsible, number, CaseEventKind.Filed, cancellationToken);
            await counts.Add([CountKey.OfCase(today, Measure.CaseFiled, "", window.HallCode, window.DepartmentCode, window.Code, about, lane)], cancellationToken);
            return new Receipt(number, queryCode, acceptance.DueAt, dueAt);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/complaints", async (FileComplaint complaint, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(complaint with { IdempotencyKey = http.IdempotencyKey() }, ct))
                    .ToHttp(receipt => TypedResults.Created($"/api/v1/complaints/{receipt.CaseNumber}", receipt))).AllowAnonymous();
    }
}

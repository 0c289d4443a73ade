using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using Feedback.Accounts;
using Feedback.Casework;
using Feedback.Casework.Contacts;
using Feedback.Casework.Counts;
using Feedback.Casework.Inquiries;
using Feedback.Casework.Windows;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Inquiries;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Inquiries;

/// <summary>
/// The register of first inquiry (首问登记): from here on whoever was asked is responsible until somebody else accepts. Without
/// materials it is a question and accepted at once; with materials it is an application, and the clock to tell everything that
/// is missing runs.
/// </summary>
/// <param name="Actor">Who was asked.</param>
/// <param name="Window">The window's code; the caller's own by default.</param>
/// <param name="Item">The item's code; a question need not name one.</param>
/// <param name="Matter">What the citizen wants, in a sentence.</param>
/// <param name="Materials">What was handed over.</param>
/// <param name="Doer">The login of who does it (首办), where that is not the caller; somebody of the window's unit, for another unit it would be a hand-over.</param>
/// <param name="Contact">Absent when the citizen leaves none.</param>
/// <param name="Intake">At a window by default.</param>
public sealed record RegisterFirstContact(
    Actor Actor, string? Window, string? Item, string? Matter, IReadOnlyList<ReceivedMaterial>? Materials = null, string? Doer = null, ContactDetails? Contact = null, Intake? Intake = null)
    : ICommand<RegisterFirstContact.Receipt>, IIdempotent
{
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    /// <param name="CaseNumber">Names the case.</param>
    /// <param name="QueryCode">Opens it for the citizen; shown once, stored only as a keyed hash.</param>
    /// <param name="Responsible">Who is responsible now.</param>
    /// <param name="DueAt">The promised instant.</param>
    /// <param name="Address">Where the receipt can be printed; without the code, which is in no address.</param>
    public sealed record Receipt(string CaseNumber, string QueryCode, Person Responsible, DateTimeOffset DueAt, string Address);

    internal sealed class Validator : AbstractValidator<RegisterFirstContact>
    {
        private const int MostMaterials = 50;

        public Validator()
        {
            RuleFor(r => r.Matter).NotEmpty().Refuse("matter_missing", "请写明市民要问或要办的事。", "Please say what the citizen asks or wants.");
            RuleFor(r => r.Matter).IsText();
            RuleFor(r => r.Item).NotEmpty().When(r => r.Materials is { Count: > 0 }).Refuse("item_missing", "收了材料,请选择事项。", "Materials were taken: please choose the item.");
            RuleFor(r => r.Materials).Must(m => m is null || m.Count <= MostMaterials).Refuse("materials_too_many", $"材料最多 {MostMaterials} 种。", $"At most {MostMaterials} materials.");
            RuleFor(r => r.Materials).Must(m => m is null || m.All(IsNamed)).Refuse("material_malformed", "每种材料要有名称(最多 100 字)和份数(1 到 99)。", "Each material has a name of up to 100 characters and 1 to 99 copies.");
            RuleFor(r => r.Intake).IsInEnum().Refuse("intake_unknown", "请从列出的值中选择。", "Please choose one of the values listed.");
            RuleFor(r => r.Contact!).SetValidator(new ContactDetails.Validator()).When(r => r.Contact is not null);
        }

        private static bool IsNamed(ReceivedMaterial? material) =>
            material is { Name.Length: <= 100, Copies: >= 1 and <= 99 } && !string.IsNullOrWhiteSpace(material.Name) && !material.Name.Any(char.IsControl);
    }

    internal sealed class Handler(
        Db db, CaseCreator files, WindowDirectory windows, ReferenceData reference, ContactBook contacts, CaseClocks clocks, CaseHistory history, DailyCounts counts, StaffDirectory staff, CaseNotices notices,
        LocalTime local, Vault vault)
        : IRequestHandler<RegisterFirstContact, Outcome<Receipt>>
    {
        private const string GuideSql =
            """
            select i.guide
            from service_item i
            join department d on d.code = i.department_code
            where i.code = @item and d.hall_code = @hall
            """;

        private const string PhoneSql = "select phone from staff_phone where login = @login";

        private const string InsertSql =
            """
            insert into first_contact (case_number, first_login, first_name, window_code, item_code, matter, materials, answer_limit, doer_login, intake, at, local_day)
            values (@number, @login, @name, @window, @item, @matter, @materials, @limit, @doer, @intake, @now, @today)
            """;

        public async Task<Outcome<Receipt>> Handle(RegisterFirstContact request, CancellationToken cancellationToken)
        {
            var (actor, now, ct) = (request.Actor, local.Now, cancellationToken);
            var today = local.DayOf(now);
            if ((TextRules.OrNull(request.Window) ?? actor.WindowCode) is not { } code) return InquiriesRefusals.WindowMissing;
            var found = await windows.OfCode(code, ct);
            if (found.Refusal is { } unknown) return unknown;
            var window = found.Value;
            if (actor.HallCode != window.HallCode) return CaseRefusals.WindowUnknown;
            if (actor.DepartmentCode is { } unit && unit != window.DepartmentCode) return InquiriesRefusals.WindowOfOtherUnit;

            var policy = (await reference.Read(db, ct)).PolicyOn(today);
            if (TextRules.TooLong("matter", request.Matter, policy.Texts.Complaint) is { } tooLong) return tooLong;
            var (item, limit) = (TextRules.OrNull(request.Item), policy.CaseTypes[CaseType.Consultation].Answer);
            if (item is not null)
            {
                if (await db.SingleOrDefault<string>(GuideSql, new { item, hall = window.HallCode }, ct) is not { } guide) return InquiriesRefusals.ItemUnknown;
                limit = ServiceGuide.Parse(guide).Promise;
            }

            var doer = TextRules.OrNull(request.Doer) is { } login ? (await staff.Active(ct)).Find(login) : null;
            if (TextRules.OrNull(request.Doer) is not null && doer?.DepartmentCode != window.DepartmentCode) return InquiriesRefusals.DoerUnknown;

            var calendar = await windows.CalendarOf(window.HallCode, ct);
            var (intake, isApplication) = (request.Intake ?? Domain.Inquiries.Intake.Window, request.Materials is { Count: > 0 });
            var clock = isApplication
                ? Clock.Start(ClockKind.Acceptance, policy.ToTell(intake), now, calendar, policy)
                : Clock.Start(ClockKind.Answer, limit, now, calendar, policy);
            var dueAt = isApplication ? calendar.Due(clock.DueAt, limit) : clock.DueAt;

            var matter = vault.Seal(Purpose.Complaint, request.Matter!);
            var contactId = await contacts.Keep(request.Contact, ct);
            var (number, queryCode) = await files.Open(
                new NewCase(
                    CaseType.Consultation, Prohibition.Question, Receiver.Hall, Against.Window, window, null, matter, contactId, policy.Version, actor.Login,
                    isApplication ? clock.DueAt : now, isApplication ? null : now, dueAt, now),
                ct);
            await db.Execute(
                InsertSql,
                new
                {
                    number,
                    login = actor.Login,
                    name = actor.Name,
                    window = window.Code,
                    item,
                    matter,
                    materials = isApplication ? JsonSerializer.Serialize(request.Materials, InquiryRecords.Json) : null,
                    limit = limit.ToString(),
                    doer = doer?.Login,
                    intake = intake.ToString(),
                    now,
                    today,
                },
                ct);
            await clocks.Start(number, clock, ct);
            await history.Append([CaseHistory.Event(number, CaseEventKind.FirstAsked, now, actor.Login, new EventDetail(DueAt: dueAt, Unit: window.DepartmentCode, Person: actor.Login))], ct);
            if (doer is not null && doer.Login != actor.Login) await notices.Tell([doer], number, CaseEventKind.FirstAsked, ct);

            CountKey Count(Measure measure, string value) => CountKey.OfCase(today, measure, value, window.HallCode, window.DepartmentCode, window.Code, Prohibition.Question, Lane.Hall);
            await counts.Add(isApplication ? [Count(Measure.CaseFiled, "")] : [Count(Measure.CaseFiled, ""), Count(Measure.CaseAccepted, CountKey.InTime)], ct);
            var phone = await db.SingleOrDefault<string>(PhoneSql, new { login = actor.Login }, ct);
            return new Receipt(number, queryCode, new Person(actor.Name, phone), dueAt, $"/console/register/{number}");
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(
            string? Matter, string? Window = null, string? Item = null, IReadOnlyList<ReceivedMaterial>? Materials = null, string? Doer = null, ContactDetails? Contact = null, Intake? Intake = null);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/first-contacts", async (Body body, ClaimsPrincipal user, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
            {
                var contact = new RegisterFirstContact(user.Actor(), body.Window, body.Item, body.Matter, body.Materials, body.Doer, body.Contact, body.Intake) { IdempotencyKey = http.IdempotencyKey() };
                return (await dispatcher.Send(contact, ct)).ToHttp(receipt => TypedResults.Created($"/api/v1/cases/{receipt.CaseNumber}", receipt));
            }).RequireAuthorization(Access.Register);
    }
}

using System.Globalization;
using System.Security.Claims;
using Feedback.Casework.Inquiries;
using Feedback.Casework.Windows;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;
using Feedback.Domain.Time;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>The board: the cases that the caller may know of, the most urgent first, a page at a time.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Light">Only this light.</param>
/// <param name="State">Only this state; without it, all that are open.</param>
/// <param name="Cursor">What the page before gave as <c>next</c>.</param>
/// <param name="Size">Rows a page.</param>
public sealed record ListCases(Actor Actor, Light? Light = null, CaseState? State = null, string? Cursor = null, int Size = 50) : IQuery<ListCases.Page>
{
    public sealed record Page(IReadOnlyList<Item> Items, string? Next);

    /// <param name="CaseNumber">The number.</param>
    /// <param name="Window">The window's code.</param>
    /// <param name="WindowName">In Chinese.</param>
    /// <param name="WindowNameEn">In English.</param>
    /// <param name="About">Which of the ten.</param>
    /// <param name="Lane">The way it travels, and so who may know of it.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Light">Its light.</param>
    /// <param name="Step">The highest step reached, if any.</param>
    /// <param name="Responsible">The name of who is responsible now.</param>
    /// <param name="FiledAt">When it came.</param>
    /// <param name="DueAt">When the running clock is due.</param>
    /// <param name="OpenMinutesLeft">Working minutes until then, negative when overdue; null while the citizen has the next word.</param>
    /// <param name="Unacknowledged">A one-time notice lacks the citizen's acknowledgement; it holds all the same.</param>
    public sealed record Item(
        string CaseNumber, string Window, string WindowName, string WindowNameEn, Prohibition About, Lane Lane, CaseState State, Light Light, EscalationStep? Step,
        string? Responsible, DateTimeOffset FiledAt, DateTimeOffset DueAt, int? OpenMinutesLeft, bool Unacknowledged);

    internal sealed class Validator : AbstractValidator<ListCases>
    {
        public Validator()
        {
            RuleFor(l => l.Size).InclusiveBetween(1, 200).Refuse("size_out_of_range", "每页 1 到 200 行。", "A page has 1 to 200 rows.");
            RuleFor(l => l.Cursor).Must(c => string.IsNullOrEmpty(c) || Position.Parse(c) is not null).Refuse("cursor_malformed", "翻页位置无效。", "The cursor is not one of ours.");
            RuleFor(l => l.Light).IsInEnum().Refuse("light_unknown", "请从列出的值中选择。", "Please choose one of the values listed.");
            RuleFor(l => l.State).IsInEnum().Refuse("state_unknown", "请从列出的值中选择。", "Please choose one of the values listed.");
        }
    }

    internal sealed class Handler(Db db, WindowDirectory windows, InquiryRecords inquiries, LocalTime local) : IRequestHandler<ListCases, Outcome<Page>>
    {
        private const string PageSql =
            """
            select c.case_number, c.window_code, w.name as window_name, w.name_en as window_name_en, c.about, c.lane, c.state, c.step, s.name as responsible,
                   c.filed_at, case when c.state = 'Filed' then c.accept_by else c.due_at end as clock_due_at, c.hall_code
            from case_file c
            join service_window w on w.code = c.window_code
            left join staff s on s.login = c.responsible
            where c.lane <= @upTo
              and (c.about = 'Question' or c.window_code <> @ownWindow)
              and (@hall is null or c.hall_code = @hall)
              and (@department is null or c.unit_code = @department or c.offered_unit = @department)
              and (@responsible is null or c.responsible = @responsible
                   or c.case_number in (select f.case_number from first_contact f where f.doer_login = @responsible)
                   or c.responsible in (select a.login from staff_absence a
                                        where a.deputy = @login and a.first_day <= @today and a.last_day >= @today and a.ended_at is null and c.window_code <> @ownWindow))
              and ((@state is null and c.state in ('Filed', 'AwaitingMaterials', 'Accepted', 'Paused', 'Appealed')) or c.state = @state)
              and (@light is null or (@light = 0 and c.step is null) or (@light = 1 and c.step = @warning) or (@light = 2 and c.step > @warning))
              and (@afterDue is null
                   or case when c.state = 'Filed' then c.accept_by else c.due_at end > @afterDue
                   or (case when c.state = 'Filed' then c.accept_by else c.due_at end = @afterDue and c.case_number > @afterNumber))
            order by clock_due_at, c.case_number
            """;

        public async Task<Outcome<Page>> Handle(ListCases request, CancellationToken cancellationToken)
        {
            var (scope, after) = (request.Actor.Scope, Position.Parse(request.Cursor));
            var args = new
            {
                upTo = (int?)scope.UpTo,
                hall = scope.Hall,
                department = scope.Department,
                responsible = scope.Responsible,
                login = request.Actor.Login,
                today = local.Today,
                ownWindow = request.Actor.WindowCode ?? "",
                state = request.State?.ToString(),
                light = (int?)request.Light,
                warning = (int)Ladder.Warning,
                afterDue = after?.DueAt,
                afterNumber = after?.CaseNumber,
                limit = request.Size + 1,
            };
            var rows = await db.Query<Row>(db.Dialect.Limited(PageSql), args, cancellationToken);
            var unacknowledged = await inquiries.Unacknowledged(rows.Select(r => r.CaseNumber), cancellationToken);
            var items = new List<Item>();
            foreach (var row in rows.Take(request.Size))
            {
                items.Add(row.ToItem(await windows.CalendarOf(row.HallCode, cancellationToken), local, unacknowledged.Contains(row.CaseNumber)));
            }

            return new Page(items, rows.Count > request.Size ? new Position(items[^1].DueAt, items[^1].CaseNumber).ToString() : null);
        }
    }

    private sealed record Row(
        string CaseNumber, string WindowCode, string WindowName, string WindowNameEn, Prohibition About, Lane Lane, CaseState State, EscalationStep? Step, string? Responsible,
        DateTimeOffset FiledAt, DateTimeOffset ClockDueAt, string HallCode)
    {
        public Item ToItem(WorkCalendar calendar, LocalTime local, bool unacknowledged)
        {
            var left = calendar.OpenBetween(local.Now, ClockDueAt) - calendar.OpenBetween(ClockDueAt, local.Now);
            return new Item(
                CaseNumber, WindowCode, WindowName, WindowNameEn, About, Lane, State, Lights.Of(Step), Step, Responsible, local.At(FiledAt), local.At(ClockDueAt),
                State == CaseState.AwaitingMaterials ? null : (int)left.TotalMinutes, unacknowledged);
        }
    }

    /// <summary>The last row of a page: later pages begin behind it, whatever came or went before it.</summary>
    private sealed record Position(DateTimeOffset DueAt, string CaseNumber)
    {
        public static Position? Parse(string? cursor) =>
            cursor?.Split('_') is [var due, var number] && long.TryParse(due, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms < 253402300800000
                ? new Position(DateTimeOffset.FromUnixTimeMilliseconds(ms), number)
                : null;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{DueAt.ToUnixTimeMilliseconds()}_{CaseNumber}");
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/cases", async (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct, Light? light = null, CaseState? state = null, string? cursor = null, int size = 50) =>
                (await dispatcher.Send(new ListCases(user.Actor(), light, state, cursor, size), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>All accounts by login, for the administrator, a page at a time.</summary>
/// <param name="Text">Part of a login, a name or a unit's name; null for all.</param>
/// <param name="Cursor">What the page before gave as <c>next</c>.</param>
/// <param name="Size">Rows a page.</param>
public sealed record ListStaff(string? Text = null, string? Cursor = null, int Size = 50) : IQuery<ListStaff.Page>
{
    /// <param name="Items">The page.</param>
    /// <param name="Next">The cursor of the page behind; null on the last.</param>
    public sealed record Page(IReadOnlyList<Item> Items, string? Next);

    /// <param name="Login">The account.</param>
    /// <param name="Name">The person.</param>
    /// <param name="Role">What they may do.</param>
    /// <param name="Hall">The hall's name; null for roles that work for all halls.</param>
    /// <param name="Unit">The unit's name; null outside units.</param>
    /// <param name="Window">The code of the window they sit at; null for none.</param>
    /// <param name="Active">Whether the account is open.</param>
    /// <param name="LockedUntil">After wrong sign-ins; null when it is not locked now.</param>
    /// <param name="PasswordIsFirst">Whether the password still is the one that the administrator handed over.</param>
    /// <param name="SecondFactor">Whether codes are asked for.</param>
    /// <param name="Sessions">How many have not ended.</param>
    /// <param name="SignedInAt">The last sign-in by form of the last half year.</param>
    public sealed record Item(
        string Login, string Name, Role Role, Bilingual? Hall, Bilingual? Unit, string? Window, bool Active, DateTimeOffset? LockedUntil, bool PasswordIsFirst, bool SecondFactor, int Sessions,
        DateTimeOffset? SignedInAt);

    internal sealed class Validator : AbstractValidator<ListStaff>
    {
        public Validator()
        {
            RuleFor(l => l.Size).InclusiveBetween(1, 200).Refuse("size_out_of_range", "每页 1 到 200 行。", "A page has 1 to 200 rows.");
            RuleFor(l => l.Text).MaximumLength(64).Refuse("text_too_long", "查找的文字最多 64 个字符。", "Search for up to 64 characters.");
            RuleFor(l => l.Text).IsText();
        }
    }

    internal sealed class Handler(Db db, LocalTime local) : IRequestHandler<ListStaff, Outcome<Page>>
    {
        private const string PageSql =
            """
            select s.login, s.name, s.role, h.name as hall, h.name_en as hall_en, d.name as unit, d.name_en as unit_en, s.window_code, s.active, s.locked_until, s.password_is_first,
                case when f.login is null then 0 else 1 end as second_factor,
                (select count(*) from staff_session n where n.login = s.login and n.ended_at is null and n.expires_at > @now) as sessions,
                (select max(n.created_at) from staff_session n where n.login = s.login) as signed_in_at
            from staff s
            left join hall h on h.code = s.hall_code
            left join department d on d.code = s.department_code
            left join staff_second_factor f on f.login = s.login
            where s.login > @after
              and (@text is null or s.login like @login escape '\' or s.name like @text escape '\' or d.name like @text escape '\' or d.name_en like @text escape '\')
            order by s.login
            """;

        public async Task<Outcome<Page>> Handle(ListStaff request, CancellationToken cancellationToken)
        {
            var text = TextRules.OrNull(request.Text) is { } typed ? Containing(typed.Trim()) : null;
            var args = new { now = local.Now, after = request.Cursor ?? "", text, login = text?.ToLowerInvariant(), limit = request.Size + 1 };
            var rows = await db.Query<Row>(db.Dialect.Limited(PageSql), args, cancellationToken);
            var items = rows.Take(request.Size).Select(r => r.ToItem(local)).ToList();
            return new Page(items, rows.Count > request.Size ? items[^1].Login : null);
        }

        /// <summary>As a pattern of LIKE in which nothing that was typed has a meaning of its own.</summary>
        private static string Containing(string text) => $"%{string.Concat(text.Select(c => c is '%' or '_' or '[' or '\\' ? $"\\{c}" : $"{c}"))}%";

        private sealed record Row(
            string Login, string Name, Role Role, string? Hall, string? HallEn, string? Unit, string? UnitEn, string? WindowCode, bool Active, DateTimeOffset? LockedUntil, bool PasswordIsFirst,
            bool SecondFactor, int Sessions, DateTimeOffset? SignedInAt)
        {
            public Item ToItem(LocalTime local) => new(
                Login, Name, Role, Bilingual.OrNull(Hall, HallEn), Bilingual.OrNull(Unit, UnitEn), WindowCode, Active, LockedUntil > local.Now ? local.At(LockedUntil.Value) : null, PasswordIsFirst,
                SecondFactor, Sessions, SignedInAt is { } at ? local.At(at) : null);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/staff", async (Dispatcher dispatcher, CancellationToken ct, string? text = null, string? cursor = null, int size = 50) =>
                (await dispatcher.Send(new ListStaff(text, cursor, size), ct)).ToHttp()).RequireAuthorization(Access.Accounts);
    }
}

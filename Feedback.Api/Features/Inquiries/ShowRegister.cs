using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Inquiries;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Inquiries;

/// <summary>What the register's page offers: windows, items with their guides (those the caller used last come first), colleagues.</summary>
public sealed record ShowRegister(Actor Actor) : IQuery<ShowRegister.Choices>
{
    /// <param name="Windows">Those that the caller may register for; one when the caller sits at it.</param>
    /// <param name="Own">Items of the caller's unit, or of the whole hall for who has none.</param>
    /// <param name="Others">Items of other units: whoever is asked first registers them too.</param>
    /// <param name="Colleagues">Who else can do it.</param>
    /// <param name="LastItem">What the caller registered last; null for a question without an item, and at the beginning.</param>
    public sealed record Choices(IReadOnlyList<Window> Windows, IReadOnlyList<Item> Own, IReadOnlyList<Item> Others, IReadOnlyList<Colleague> Colleagues, string? LastItem);

    public sealed record Window(string Code, string Name, string NameEn);

    /// <param name="Code">Its code.</param>
    /// <param name="Name">In Chinese.</param>
    /// <param name="NameEn">In English.</param>
    /// <param name="Guide">Its published guide.</param>
    public sealed record Item(string Code, string Name, string NameEn, ServiceGuide Guide);

    public sealed record Colleague(string Login, string Name);

    internal sealed class Handler(Db db) : IRequestHandler<ShowRegister, Outcome<Choices>>
    {
        private const string WindowsSql =
            """
            select code, name, name_en from service_window
            where hall_code = @hall and (@unit is null or department_code = @unit) and (@own is null or code = @own)
            order by code
            """;

        private const string ItemsSql =
            """
            select i.code, i.name, i.name_en, i.guide, i.department_code, (select max(f.at) from first_contact f where f.first_login = @login and f.item_code = i.code) as last_at
            from service_item i
            join department d on d.code = i.department_code
            where d.hall_code = @hall
            order by i.code
            """;

        private const string ColleaguesSql = "select login, name from staff where hall_code = @hall and (@unit is null or department_code = @unit) and active = 1 and login <> @login and role in ('Handler', 'UnitHead') order by name";

        private const string LastSql = "select coalesce(item_code, '') as item_code from first_contact where first_login = @login order by at desc";

        public async Task<Outcome<Choices>> Handle(ShowRegister request, CancellationToken cancellationToken)
        {
            var actor = request.Actor;
            var args = new { hall = actor.HallCode, unit = actor.DepartmentCode, own = actor.WindowCode, login = actor.Login, limit = 1 };
            var items = (await db.Query<Row>(ItemsSql, args, cancellationToken)).OrderByDescending(i => i.LastAt).ThenBy(i => i.Code, StringComparer.Ordinal)
                .ToLookup(i => actor.DepartmentCode is null || actor.DepartmentCode == i.DepartmentCode, i => new Item(i.Code, i.Name, i.NameEn, ServiceGuide.Parse(i.Guide)));
            return new Choices(
                await db.Query<Window>(WindowsSql, args, cancellationToken), [.. items[true]], [.. items[false]], await db.Query<Colleague>(ColleaguesSql, args, cancellationToken),
                TextRules.OrNull(await db.SingleOrDefault<string>(db.Dialect.Limited(LastSql), args, cancellationToken)));
        }

        private sealed record Row(string Code, string Name, string NameEn, string Guide, string DepartmentCode, DateTimeOffset? LastAt);
    }
}

using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>All accounts, for the administrator.</summary>
public sealed record ListStaff : IQuery<IReadOnlyList<ListStaff.Item>>
{
    /// <param name="Login">The account.</param>
    /// <param name="Name">The person.</param>
    /// <param name="Role">What they may do.</param>
    /// <param name="Unit">The unit's name; null outside units.</param>
    /// <param name="Active">Whether the account is open.</param>
    /// <param name="SecondFactor">Whether codes are asked for.</param>
    /// <param name="Sessions">How many have not ended.</param>
    public sealed record Item(string Login, string Name, Role Role, Bilingual? Unit, bool Active, bool SecondFactor, int Sessions);

    internal sealed class Handler(Db db, LocalTime local) : IRequestHandler<ListStaff, Outcome<IReadOnlyList<Item>>>
    {
        private const string ListSql =
            """
            select s.login, s.name, s.role, d.name as unit, d.name_en as unit_en, s.active, case when f.login is null then 0 else 1 end as second_factor,
                (select count(*) from staff_session n where n.login = s.login and n.ended_at is null and n.expires_at > @now) as sessions
            from staff s
            left join department d on d.code = s.department_code
            left join staff_second_factor f on f.login = s.login
            order by s.active desc, s.login
            """;

        public async Task<Outcome<IReadOnlyList<Item>>> Handle(ListStaff request, CancellationToken cancellationToken) =>
            (await db.Query<Row>(ListSql, new { now = local.Now }, cancellationToken))
                .Select(r => new Item(r.Login, r.Name, r.Role, r.Unit is null ? null : new Bilingual(r.Unit, r.UnitEn!), r.Active, r.SecondFactor, r.Sessions)).ToList();

        private sealed record Row(string Login, string Name, Role Role, string? Unit, string? UnitEn, bool Active, bool SecondFactor, int Sessions);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/staff", async (Dispatcher dispatcher, CancellationToken ct) => (await dispatcher.Send(new ListStaff(), ct)).ToHttp()).RequireAuthorization(Policies.Accounts);
    }
}

using System.Security.Claims;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>One's own account: the post, and how it is secured.</summary>
public sealed record ShowAccount(Actor Actor) : IQuery<ShowAccount.Account>
{
    /// <param name="Login">What is typed at the sign-in.</param>
    /// <param name="Name">The person.</param>
    /// <param name="Role">What they may do.</param>
    /// <param name="Hall">Null for roles that work for all halls.</param>
    /// <param name="Unit">Null outside units.</param>
    /// <param name="Window">Where they sit; null for nowhere.</param>
    /// <param name="SecondFactorSince">Null without a second factor.</param>
    /// <param name="RecoveryCodes">How many are left.</param>
    /// <param name="SecondFactorRequired">Whether the role may not be without.</param>
    public sealed record Account(
        string Login, string Name, Role Role, Bilingual? Hall, Bilingual? Unit, Bilingual? Window, DateTimeOffset? SecondFactorSince, int RecoveryCodes, bool SecondFactorRequired);

    internal sealed class Handler(Db db, LocalTime local) : IRequestHandler<ShowAccount, Outcome<Account>>
    {
        private const string ShowSql =
            """
            select h.name as hall, h.name_en as hall_en, d.name as unit, d.name_en as unit_en, w.name as place, w.name_en as place_en, f.enrolled_at,
                (select count(*) from recovery_code r where r.login = s.login and r.used_at is null) as recovery_codes
            from staff s
            left join hall h on h.code = s.hall_code
            left join department d on d.code = s.department_code
            left join service_window w on w.code = s.window_code
            left join staff_second_factor f on f.login = s.login
            where s.login = @login
            """;

        public async Task<Outcome<Account>> Handle(ShowAccount request, CancellationToken cancellationToken)
        {
            var actor = request.Actor;
            var row = await db.Single<Row>(ShowSql, new { login = actor.Login }, cancellationToken);
            return new Account(
                actor.Login, actor.Name, actor.Role, Bilingual.OrNull(row.Hall, row.HallEn), Bilingual.OrNull(row.Unit, row.UnitEn), Bilingual.OrNull(row.Place, row.PlaceEn),
                row.EnrolledAt is { } at ? local.At(at) : null, row.RecoveryCodes, SignInCode.IsRequired(actor.Role));
        }

        private sealed record Row(string? Hall, string? HallEn, string? Unit, string? UnitEn, string? Place, string? PlaceEn, DateTimeOffset? EnrolledAt, int RecoveryCodes);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/account", async (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ShowAccount(user.Actor()), ct)).ToHttp()).RequireAuthorization(Access.Account);
    }
}

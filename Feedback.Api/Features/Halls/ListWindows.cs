using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Halls;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Features.Halls;

/// <summary>The windows of the caller's hall with the token that hangs there now; all halls for roles without one.</summary>
public sealed record ListWindows(Actor Actor) : IQuery<IReadOnlyList<ListWindows.Row>>
{
    public sealed record Row(string Code, string Name, string NameEn, string Department, string DepartmentEn, string Hall, string HallEn, string? Token);

    internal sealed class Handler(Db db, Vault vault) : IRequestHandler<ListWindows, Outcome<IReadOnlyList<Row>>>
    {
        private const string AllSql =
            """
            select w.code, w.name, w.name_en, d.name as department, d.name_en as department_en, h.name as hall, h.name_en as hall_en, t.id as token
            from service_window w
            join department d on d.code = w.department_code
            join hall h on h.code = w.hall_code
            left join window_token t on t.window_code = w.code and t.revoked_at is null
            where @hall is null or w.hall_code = @hall
            order by w.code
            """;

        public async Task<Outcome<IReadOnlyList<Row>>> Handle(ListWindows request, CancellationToken cancellationToken)
        {
            var rows = await db.Query<Row>(AllSql, new { hall = request.Actor.HallCode }, cancellationToken);
            var key = vault.KeyFor(Purpose.WindowToken);
            return rows.Select(r => r with { Token = r.Token is { } id ? WindowToken.Sign(id, key) : null }).ToList();
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/windows", async (System.Security.Claims.ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ListWindows(user.Actor()), ct)).ToHttp()).RequireAuthorization(Access.Staff);
    }
}

using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>The people whose absences the caller arranges, with their deputies and the absences that are not over.</summary>
public sealed record ListAbsences(Actor Actor) : IQuery<ListAbsences.Duty>
{
    /// <param name="People">Whose absences the caller arranges.</param>
    /// <param name="Names">The names of all accounts that stand in them.</param>
    public sealed record Duty(IReadOnlyList<Person> People, IReadOnlyDictionary<string, string> Names);

    /// <param name="Login">The account.</param>
    /// <param name="Name">The name.</param>
    /// <param name="Role">The post.</param>
    /// <param name="Deputy">The standing deputy's account.</param>
    /// <param name="MayDeputise">The accounts that could stand in.</param>
    /// <param name="Absences">The earliest first.</param>
    public sealed record Person(string Login, string Name, Role Role, string? Deputy, IReadOnlyList<string> MayDeputise, IReadOnlyList<Absence> Absences);

    /// <param name="Id">Ends it early.</param>
    /// <param name="Login">Who is away.</param>
    /// <param name="FirstDay">From this day.</param>
    /// <param name="LastDay">To this day.</param>
    /// <param name="Deputy">Who stands in; null when nobody does.</param>
    public sealed record Absence(Guid Id, string Login, DateOnly FirstDay, DateOnly LastDay, string? Deputy);

    internal sealed class Handler(Db db, StaffDirectory staff, LocalTime local) : IRequestHandler<ListAbsences, Outcome<Duty>>
    {
        private const string DeputiesSql = "select login, deputy from staff_deputy";
        private const string AbsencesSql = "select id, login, first_day, last_day, deputy from staff_absence where last_day >= @today and ended_at is null order by first_day, id";

        public async Task<Outcome<Duty>> Handle(ListAbsences request, CancellationToken cancellationToken)
        {
            var roster = await staff.Active(cancellationToken);
            var deputies = (await db.Query<(string Login, string Deputy)>(DeputiesSql, null, cancellationToken)).ToDictionary(d => d.Login, d => d.Deputy);
            var absences = (await db.Query<Absence>(AbsencesSql, new { today = local.Today }, cancellationToken)).ToLookup(a => a.Login);
            var people = roster.All.Where(request.Actor.MayArrange)
                .Select(p => new Person(p.Login, p.Name, p.Role, deputies.GetValueOrDefault(p.Login), [.. roster.All.Where(d => d.MayStandInFor(p)).Select(d => d.Login)], [.. absences[p.Login]]))
                .ToList();
            var named = people.SelectMany(p => p.MayDeputise.Concat(p.Absences.Select(a => a.Deputy).OfType<string>()).Append(p.Login)).ToHashSet();
            return new Duty(people, roster.All.Where(a => named.Contains(a.Login)).ToDictionary(a => a.Login, a => a.Name));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/staff/absences", async (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ListAbsences(user.Actor()), ct)).ToHttp()).RequireAuthorization(Access.Staff);
    }
}

using System.Security.Claims;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Policies;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Rules;

/// <summary>
/// What a version would change (试算): the open cases that the caller may know of and that can still be accepted under it, with the
/// answer's due instant under the numbers of today and under these, for acceptance at the last moment. Cases that are accepted keep
/// theirs.
/// </summary>
public sealed record TryPolicy(Actor Actor, int Version) : IQuery<TryPolicy.Trial>
{
    private const int Shown = 200;

    /// <param name="Kept">Open cases that keep their version, come what may.</param>
    /// <param name="Changing">Open cases whose answer would be due at another instant.</param>
    /// <param name="Cases">Of those, the first by the time to accept.</param>
    public sealed record Trial(int Kept, int Changing, IReadOnlyList<Change> Cases);

    /// <param name="CaseNumber">The case.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="AcceptBy">When the decision on acceptance is due.</param>
    /// <param name="DueAt">The answer under the numbers of today.</param>
    /// <param name="DueAtThen">The answer under these.</param>
    public sealed record Change(string CaseNumber, CaseType Type, DateTimeOffset AcceptBy, DateTimeOffset DueAt, DateTimeOffset DueAtThen);

    internal sealed class Handler(Db db, ReferenceData reference, LocalTime local) : IRequestHandler<TryPolicy, Outcome<Trial>>
    {
        private const string ProposedSql = "select body from policy_proposal where version = @version";

        private const string OpenSql =
            """
            select c.case_number, c.case_type, c.hall_code, c.accept_by, c.state
            from case_file c
            where c.state in ('Filed', 'Accepted', 'Paused', 'Appealed') and c.about <> 'Question' and c.lane <= @upTo
              and (@hall is null or c.hall_code = @hall)
            order by c.accept_by, c.case_number
            """;

        public async Task<Outcome<Trial>> Handle(TryPolicy request, CancellationToken cancellationToken)
        {
            var known = await reference.Read(db, cancellationToken);
            var proposed = await db.SingleOrDefault<string>(ProposedSql, new { version = request.Version }, cancellationToken);
            var then = proposed is not null ? ReferenceData.Parse<Policy>(proposed) : known.Policies.FirstOrDefault(p => p.Version == request.Version);
            if (then is null) return RulesRefusals.PolicyUnknown;

            var (scope, today) = (request.Actor.Scope, known.PolicyOn(local.Today));
            var open = await db.Query<Row>(OpenSql, new { upTo = (int?)scope.UpTo, hall = scope.Hall }, cancellationToken);
            var changes = new List<Change>();
            foreach (var row in open.Where(r => r.State == CaseState.Filed && local.DayOf(r.AcceptBy) >= then.EffectiveFrom))
            {
                var calendar = await reference.CalendarOf(row.HallCode, db, cancellationToken);
                var (due, dueThen) = (Due(today), Due(then));
                if (due != dueThen) changes.Add(new Change(row.CaseNumber, row.CaseType, local.At(row.AcceptBy), due, dueThen));

                DateTimeOffset Due(Policy policy) => Clock.Start(ClockKind.Answer, policy.CaseTypes[row.CaseType].Answer, row.AcceptBy, calendar, policy).DueAt;
            }

            return new Trial(open.Count - changes.Count, changes.Count, [.. changes.Take(Shown)]);
        }

        private sealed record Row(string CaseNumber, CaseType CaseType, string HallCode, DateTimeOffset AcceptBy, CaseState State);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/policies/{version:int}/trial", async (int version, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new TryPolicy(user.Actor(), version), ct)).ToHttp()).RequireAuthorization(Access.Rules);
    }
}

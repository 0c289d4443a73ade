using System.Text.Json;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Policies;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Rules;

/// <summary>All versions of the rules' numbers, the newest first: approved, proposed and refused.</summary>
public sealed record ListPolicies : IQuery<IReadOnlyList<ListPolicies.Version>>
{
    /// <summary>Where a version stands.</summary>
    public enum Standing
    {
        /// <summary>Awaits somebody else's decision.</summary>
        Proposed,

        /// <summary>Not approved.</summary>
        Refused,

        /// <summary>Approved, and its day is to come or another has taken its place.</summary>
        Approved,

        /// <summary>What cases are accepted under today.</summary>
        InForce,
    }

    /// <param name="Number">The version.</param>
    /// <param name="EffectiveFrom">The first local day.</param>
    /// <param name="Standing">Where it stands.</param>
    /// <param name="Reason">Why it was proposed; null for what came with the product.</param>
    /// <param name="ProposedBy">The name; null for what came with the product.</param>
    /// <param name="DecidedBy">The name of who decided.</param>
    /// <param name="Note">What was said to the decision.</param>
    /// <param name="Policy">The whole document.</param>
    public sealed record Version(int Number, DateOnly EffectiveFrom, Standing Standing, string? Reason, string? ProposedBy, string? DecidedBy, string? Note, JsonElement Policy);

    internal sealed class Handler(Db db, ReferenceData reference, LocalTime local) : IRequestHandler<ListPolicies, Outcome<IReadOnlyList<Version>>>
    {
        private const string LoadedSql = "select version, body from reference_document where kind = 'policy' order by version desc";

        private const string ProposalsSql =
            """
            select p.version, p.body, p.reason, s.name as proposed_by, p.approved, p.note, d.name as decided_by
            from policy_proposal p
            join staff s on s.login = p.proposed_by
            left join staff d on d.login = p.decided_by
            order by p.version desc
            """;

        public async Task<Outcome<IReadOnlyList<Version>>> Handle(ListPolicies request, CancellationToken cancellationToken)
        {
            var inForce = (await reference.Read(db, cancellationToken)).PolicyOn(local.Today).Version;
            var loaded = await db.Query<(int Version, string Body)>(LoadedSql, null, cancellationToken);
            var proposals = await db.Query<Proposal>(ProposalsSql, null, cancellationToken);
            var known = proposals.Select(p => p.Version).ToHashSet();
            return proposals.Select(p => Of(p.Version, p.Body, p.Approved switch { null => Standing.Proposed, true => Standing.Approved, _ => Standing.Refused }, p))
                .Concat(loaded.Where(l => !known.Contains(l.Version)).Select(l => Of(l.Version, l.Body, Standing.Approved, null)))
                .Select(v => v.Number == inForce ? v with { Standing = Standing.InForce } : v)
                .OrderByDescending(v => v.Number)
                .ToList();
        }

        private static Version Of(int number, string body, Standing standing, Proposal? proposal) => new(
            number, ReferenceData.Parse<Policy>(body).EffectiveFrom, standing, proposal?.Reason, proposal?.ProposedBy, proposal?.DecidedBy, proposal?.Note, JsonElement.Parse(body));

        private sealed record Proposal(int Version, string Body, string Reason, string ProposedBy, bool? Approved, string? Note, string? DecidedBy);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/policies", async (Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ListPolicies(), ct)).ToHttp()).RequireAuthorization(Access.Rules);
    }
}

using System.Security.Claims;
using System.Text.Json;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Policies;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Rules;

/// <summary>
/// Somebody proposes other numbers from a coming day on; somebody else decides. The numbers are a whole policy document; its version
/// is given here. Cases that were accepted keep the version they were accepted under.
/// </summary>
internal sealed record ProposePolicy(Actor Actor, JsonElement? Policy, string? Reason) : ICommand<ProposePolicy.Proposed>
{
    /// <param name="Version">Names the proposal and, once it is approved, the policy.</param>
    public sealed record Proposed(int Version);

    internal sealed class Validator : AbstractValidator<ProposePolicy>
    {
        public Validator()
        {
            RuleFor(p => p.Policy).NotNull().Refuse("policy_missing", "缺少规则内容。", "The policy is missing.");
            RuleFor(p => p.Reason).IsReason();
        }
    }

    internal sealed class Handler(Db db, ReferenceData reference, LocalTime local) : IRequestHandler<ProposePolicy, Outcome<Proposed>>
    {
        private const string LastSql =
            "select max(version) as version from (select version from reference_document where kind = 'policy' union all select version from policy_proposal) v";

        private const string InsertSql =
            """
            insert into policy_proposal (version, body, reason, proposed_by, proposed_at, approved, note, decided_by, decided_at)
            values (@version, @body, @reason, @by, @now, null, null, null, null)
            """;

        public async Task<Outcome<Proposed>> Handle(ProposePolicy request, CancellationToken cancellationToken)
        {
            Policy policy;
            try
            {
                policy = ReferenceData.Parse<Policy>(request.Policy!.Value.GetRawText());
            }
            catch (JsonException e)
            {
                return RulesRefusals.PolicyMalformed(e.Path?.TrimStart('$'));
            }

            if (PolicyCheck.Errors(policy) is { Count: > 0 } errors)
            {
                return PipelineRefusals.OfFields([.. errors.Select(e => e with { Field = "policy." + e.Field })]);
            }

            if (policy.EffectiveFrom <= local.Today) return RulesRefusals.EffectiveTooEarly;
            if (policy.EffectiveFrom < (await reference.Read(db, cancellationToken)).Policies[^1].EffectiveFrom)
            {
                return RulesRefusals.EffectiveBeforeAnother;
            }

            var version = 1 + await db.Single<int>(LastSql, null, cancellationToken);
            var body = ReferenceData.Write(policy with { Version = version });
            await db.Execute(InsertSql, new { version, body, reason = request.Reason, by = request.Actor.Login, now = local.Now }, cancellationToken);
            return new Proposed(version);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(JsonElement? Policy, string? Reason);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/policies", async (Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ProposePolicy(user.Actor(), body.Policy, body.Reason), ct))
                    .ToHttp(proposed => TypedResults.Created((string?)null, proposed))).RequireAuthorization(Access.Rules);
    }
}

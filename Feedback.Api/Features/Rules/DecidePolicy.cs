using System.Security.Claims;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Policies;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Rules;

/// <summary>Approves or refuses proposed numbers; never whoever proposed them, and only before they would take effect.</summary>
internal sealed record DecidePolicy(Actor Actor, int Version, bool? Approved, string? Note) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<DecidePolicy>
    {
        public Validator()
        {
            RuleFor(d => d.Approved).NotNull().Refuse("decision_missing", "请选择批准或不批准。", "Please approve or refuse.");
            RuleFor(d => d.Note).IsReason();
        }
    }

    internal sealed class Handler(Db db, ReferenceData reference, LocalTime local) : IRequestHandler<DecidePolicy, Outcome<Done>>
    {
        private const string OpenSql = "select body, proposed_by, approved from policy_proposal where version = @version";
        private const string DecideSql = "update policy_proposal set approved = @approved, note = @note, decided_by = @by, decided_at = @now where version = @version and approved is null";
        private const string LoadSql = "insert into reference_document (kind, version, body, loaded_at) values ('policy', @version, @body, @now)";

        public async Task<Outcome<Done>> Handle(DecidePolicy request, CancellationToken cancellationToken)
        {
            var (version, approved) = (request.Version, request.Approved!.Value);
            if (await db.SingleOrDefault<Proposal>(OpenSql, new { version }, cancellationToken) is not { } proposal) return RulesRefusals.PolicyUnknown;
            if (proposal.Approved is not null) return RulesRefusals.PolicyDecided;
            if (proposal.ProposedBy == request.Actor.Login) return RulesRefusals.OwnRequest;
            if (approved && ReferenceData.Parse<Policy>(proposal.Body).EffectiveFrom <= local.Today) return RulesRefusals.PolicyTooLate;

            await db.ExecuteOne(DecideSql, new { version, approved, note = request.Note, by = request.Actor.Login, now = local.Now }, cancellationToken);
            if (!approved) return default(Done);
            await db.Execute(LoadSql, new { version, body = proposal.Body, now = local.Now }, cancellationToken);
            reference.Forget();
            return default(Done);
        }

        private sealed record Proposal(string Body, string ProposedBy, bool? Approved);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(bool? Approved, string? Note);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/policies/{version:int}/decision", async (int version, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new DecidePolicy(user.Actor(), version, body.Approved, body.Note), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Rules);
    }
}

using System.Security.Claims;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>
/// The decision to accept a case (受理). The answer clock starts now; when the decision comes late it starts when the decision was
/// due, so that lateness gains nothing, and for an application on the day the materials came (Administrative Licensing Law, art. 32).
/// From now on the case keeps the rules that are in force today.
/// </summary>
/// <param name="Actor">Who decides.</param>
/// <param name="CaseNumber">The number.</param>
/// <param name="Type">What it turns out to be; as it was filed when null.</param>
internal sealed record AcceptCase(Actor Actor, string CaseNumber, CaseType? Type = null) : ICommand<AcceptCase.Accepted>
{
    /// <summary>What a case can turn out to be when it is accepted.</summary>
    public static readonly IReadOnlyList<CaseType> Types = [CaseType.General, CaseType.Complex, CaseType.Urgent, CaseType.Petition];

    public sealed record Accepted(DateTimeOffset DueAt);

    internal sealed class Validator : AbstractValidator<AcceptCase>
    {
        public Validator() => RuleFor(a => a.Type).Must(t => t is null || Types.Contains(t.Value)).Refuse(CaseRefusals.TypeUnfit);
    }

    internal sealed class Handler(CaseStore store, Acceptances acceptances) : IRequestHandler<AcceptCase, Outcome<Accepted>>
    {
        public async Task<Outcome<Accepted>> Handle(AcceptCase request, CancellationToken cancellationToken)
        {
            var begun = await store.Begin(request.CaseNumber, request.Actor, CaseCommand.Accept, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var found = begun.Value.Case;
            if (request.Type is not null && found.CaseType == CaseType.Consultation) return CaseRefusals.TypeUnfit;
            return new Accepted(await acceptances.Accept(found with { CaseType = request.Type ?? found.CaseType }, request.Actor.Login, new EventDetail(), cancellationToken));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(CaseType? Type);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/acceptance", async (string number, Body? body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new AcceptCase(user.Actor(), number, body?.Type), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

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
/// Puts a case with others about the same issue (并案). Each keeps its clock, its responsible person and its citizen; one answer can
/// then be given to all of them, and each citizen gets it.
/// </summary>
internal sealed record GroupCase(Actor Actor, string CaseNumber, string? Lead) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<GroupCase>
    {
        public Validator() => RuleFor(g => g.Lead).NotEmpty().Refuse("lead_missing", "请填写主件的编号。", "Please give the leading case's number.");
    }

    internal sealed class Handler(CaseContext context, CaseLinks links) : IRequestHandler<GroupCase, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(GroupCase request, CancellationToken cancellationToken)
        {
            var begun = await context.Cases.Begin(request.CaseNumber, request.Actor, CaseCommand.Group, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var lead = await links.Link(begun.Value.Case, request.Lead!.Trim(), LinkKind.Group, request.Actor, cancellationToken);
            if (lead.Refusal is { } no) return no;
            await context.Record(begun.Value.Case, CaseEventKind.Grouped, request.Actor.Login, new EventDetail(Reason: lead.Value.CaseNumber), cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Lead);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/group", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new GroupCase(user.Actor(), number, body.Lead), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Cases);
    }
}

using System.Security.Claims;
using Feedback.Casework;
using Feedback.Casework.Contacts;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Contacts;

/// <summary>A second person lets somebody see who filed a case, for half an hour, or does not.</summary>
internal sealed record DecideContactReveal(Actor Actor, string CaseNumber, Guid Id, bool? Granted, string? Note) : ICommand<DecideContactReveal.Decided>
{
    /// <param name="Until">Until when; null when it was refused.</param>
    public sealed record Decided(DateTimeOffset? Until);

    internal sealed class Validator : AbstractValidator<DecideContactReveal>
    {
        public Validator()
        {
            RuleFor(d => d.Granted).NotNull().Refuse("decision_missing", "请选择同意或不同意。", "Please grant or refuse.");
            RuleFor(d => d.Note).IsReason();
            RuleFor(d => d.Note).IsText();
        }
    }

    internal sealed class Handler(CaseContext context, ContactReveals reveals, CaseNotices notices) : IRequestHandler<DecideContactReveal, Outcome<Decided>>
    {
        private const string DecideSql =
            "update contact_reveal set granted = @granted, note = @note, decided_by = @by, decided_at = @now, until = @until where id = @id and granted is null";

        public async Task<Outcome<Decided>> Handle(DecideContactReveal request, CancellationToken cancellationToken)
        {
            var (actor, now) = (request.Actor, context.Now);
            var found = await context.Cases.Find(request.CaseNumber, actor, cancellationToken);
            if (found.Refusal is { } unknown) return unknown;
            if ((await reveals.Of(found.Value, cancellationToken)).FirstOrDefault(r => r.Id == request.Id) is not { } asked) return ContactsRefusals.ContactRequestUnknown;
            if (asked.Granted is not null) return ContactsRefusals.ContactRequestDecided;
            if (!asked.MayBeDecidedBy(actor)) return ContactsRefusals.OwnRequest;

            var granted = request.Granted!.Value;
            var until = granted ? now + ContactReveal.Lasts : (DateTimeOffset?)null;
            await context.Db.ExecuteOne(DecideSql, new { id = request.Id, granted, note = request.Note, by = actor.Login, now, until }, cancellationToken);
            var kind = granted ? CaseEventKind.ContactGranted : CaseEventKind.ContactRefused;
            await context.Record(found.Value, kind, actor.Login, new EventDetail(Reason: request.Note, Person: asked.AskedBy), cancellationToken);
            await notices.Tell([new CaseNotice([asked.AskedBy], found.Value.CaseNumber, kind)], cancellationToken);
            return new Decided(until);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(bool? Granted, string? Note);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/contact/requests/{id:guid}/decision", async (string number, Guid id, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new DecideContactReveal(user.Actor(), number, id, body.Granted, body.Note), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

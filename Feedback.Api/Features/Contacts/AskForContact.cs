using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Casework;
using Feedback.Casework.Contacts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Contacts;

/// <summary>Asks to see who filed a case, with a written reason. A second person decides.</summary>
internal sealed record AskForContact(Actor Actor, string CaseNumber, string? Reason) : ICommand<AskForContact.Asked>
{
    /// <param name="Id">Names the request when it is decided.</param>
    public sealed record Asked(Guid Id);

    internal sealed class Validator : AbstractValidator<AskForContact>
    {
        public Validator()
        {
            RuleFor(a => a.Reason).IsReason();
            RuleFor(a => a.Reason).IsText();
        }
    }

    internal sealed class Handler(CaseContext context, ContactReveals reveals, StaffDirectory staff, CaseNotices notices, TimeProvider time) : IRequestHandler<AskForContact, Outcome<Asked>>
    {
        private const string InsertSql =
            """
            insert into contact_reveal (id, case_number, asked_by, reason, asked_at, granted, note, decided_by, decided_at, until)
            values (@id, @number, @by, @reason, @now, null, null, null, null, null)
            """;

        public async Task<Outcome<Asked>> Handle(AskForContact request, CancellationToken cancellationToken)
        {
            var (actor, now) = (request.Actor, context.Now);
            if (!actor.MayHandle) return DomainRefusals.NotAllowed;
            var found = await context.Cases.Find(request.CaseNumber, actor, cancellationToken);
            if (found.Refusal is { } unknown) return unknown;
            if (!found.Value.HasContact) return CaseRefusals.ContactNotGiven;
            var earlier = await reveals.Of(found.Value, cancellationToken);
            if (earlier.Any(r => r.AskedBy == actor.Login && (r.Granted is null || r.IsOpenTo(actor, now)))) return ContactsRefusals.ContactAskedAlready;

            var id = Keys.New(time);
            await context.Db.Execute(InsertSql, new { id, number = found.Value.CaseNumber, by = actor.Login, reason = request.Reason, now }, cancellationToken);
            await context.Record(found.Value, CaseEventKind.ContactAsked, actor.Login, new EventDetail(Reason: request.Reason), cancellationToken);
            var deciders = (await staff.Active(cancellationToken)).Holding(DecidingRole(actor), found.Value.HallCode, found.Value.UnitCode, found.Value.WindowCode);
            await notices.Tell(deciders.Where(d => d.Login != actor.Login), found.Value.CaseNumber, CaseEventKind.ContactAsked, cancellationToken);
            return new Asked(id);
        }

        /// <summary>Who is told: one level up, the hall's supervisor at least.</summary>
        private static Role DecidingRole(Actor actor) => Posts.Higher(Posts.Above(actor.Role), Role.HallSupervisor);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Reason);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/contact/requests", async (string number, Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new AskForContact(user.Actor(), number, body.Reason), ct)).ToHttp(asked => TypedResults.Created((string?)null, asked))).RequireAuthorization(Access.Cases);
    }
}

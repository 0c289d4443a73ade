using System.Security.Claims;
using Feedback.Casework;
using Feedback.Casework.Contacts;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Contacts;

/// <summary>Who filed a case, masked, who asked to see it, and what was written without seeing it.</summary>
public sealed record ShowContact(Actor Actor, string CaseNumber) : IQuery<ShowContact.View>
{
    /// <param name="CaseNumber">The case.</param>
    /// <param name="Masked">Null when the citizen is anonymous, or was made so.</param>
    /// <param name="Requests">Oldest first.</param>
    /// <param name="MayAsk">Whether the caller can ask now.</param>
    /// <param name="MayRead">Whether the caller was granted it and the half hour is not over.</param>
    /// <param name="Messages">What was written through the system, oldest first.</param>
    /// <param name="MayWrite">Whether the caller can write to the citizen now.</param>
    public sealed record View(string CaseNumber, ContactDetails? Masked, IReadOnlyList<Asked> Requests, bool MayAsk, bool MayRead, IReadOnlyList<ContactMessage> Messages, bool MayWrite);

    /// <param name="Request">Who asked, why, and what came of it.</param>
    /// <param name="MayDecide">Whether the caller can decide it.</param>
    public sealed record Asked(ContactReveal Request, bool MayDecide);

    internal sealed class Handler(CaseContext context, ContactBook contacts, ContactReveals reveals, ContactMessages messages, CitizenEmails letters) : IRequestHandler<ShowContact, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(ShowContact request, CancellationToken cancellationToken)
        {
            var (actor, now) = (request.Actor, context.Now);
            var found = await context.Cases.Find(request.CaseNumber, actor, cancellationToken);
            if (found.Refusal is { } unknown) return unknown;
            var contact = await contacts.Of(found.Value.CaseNumber, cancellationToken);
            var requests = await reveals.Of(found.Value, cancellationToken);
            var mayRead = contact is not null && requests.Any(r => r.IsOpenTo(actor, now));
            return new View(
                found.Value.CaseNumber,
                contact?.Details.Masked(),
                [.. requests.Select(r => new Asked(r, r.MayBeDecidedBy(actor)))],
                contact is not null && actor.MayHandle && !mayRead && !requests.Any(r => r.AskedBy == actor.Login && r.Granted is null),
                mayRead,
                await messages.Of(found.Value.CaseNumber, cancellationToken),
                letters.Reaches(contact?.Details) && CaseRights.RefuseWriting(found.Value, actor) is null);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/cases/{number}/contact", async (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ShowContact(user.Actor(), number), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

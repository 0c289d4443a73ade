using System.Security.Claims;
using Feedback.Casework;
using Feedback.Casework.Contacts;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Contacts;

/// <summary>Opens the contact of a case that a second person granted. It is a command: each reading is an event in the case's history, which the citizen sees.</summary>
public sealed record ReadContact(Actor Actor, string CaseNumber) : ICommand<ReadContact.Revealed>
{
    /// <param name="Contact">In clear.</param>
    /// <param name="Until">Until when it can be read again.</param>
    public sealed record Revealed(ContactDetails Contact, DateTimeOffset Until);

    internal sealed class Handler(CaseContext context, ContactBook contacts, ContactReveals reveals) : IRequestHandler<ReadContact, Outcome<Revealed>>
    {
        public async Task<Outcome<Revealed>> Handle(ReadContact request, CancellationToken cancellationToken)
        {
            var found = await context.Cases.Find(request.CaseNumber, request.Actor, cancellationToken);
            if (found.Refusal is { } unknown) return unknown;
            var granted = (await reveals.Of(found.Value, cancellationToken)).FirstOrDefault(r => r.IsOpenTo(request.Actor, context.Now));
            if (granted is null) return CaseRefusals.ContactNotRevealed;
            if (await contacts.Of(found.Value.CaseNumber, cancellationToken) is not { } contact) return CaseRefusals.ContactNotGiven;
            await context.Record(found.Value, CaseEventKind.ContactRead, request.Actor.Login, new EventDetail(Reason: granted.Reason), cancellationToken);
            return new Revealed(contact.Details, granted.Until!.Value);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/contact/reading", async (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ReadContact(user.Actor(), number), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}

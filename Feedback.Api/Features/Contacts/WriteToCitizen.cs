using System.Security.Claims;
using System.Text.Json.Serialization;
using Feedback.Casework;
using Feedback.Casework.Contacts;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Contacts;

/// <summary>
/// Writes to the citizen of a case, or of a bad rating that is to be verified or called back (回访), without seeing an address: the
/// citizen is told by e-mail that there is a message, reads it with what they kept, and answers there.
/// </summary>
/// <param name="Actor">Who writes.</param>
/// <param name="CaseNumber">The case.</param>
/// <param name="Text">What is asked or said.</param>
internal sealed record WriteToCitizen(Actor Actor, string CaseNumber, string? Text) : ICommand<Done>, IIdempotent
{
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    internal sealed class Validator : AbstractValidator<WriteToCitizen>
    {
        public Validator()
        {
            RuleFor(w => w.Text).NotEmpty().Refuse("text_missing", "请写明要告诉市民的内容。", "Please write what the citizen is to read.");
            RuleFor(w => w.Text).IsText();
        }
    }

    internal sealed class Handler(CaseContext context, ContactMessages messages, CitizenEmails letters) : IRequestHandler<WriteToCitizen, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(WriteToCitizen request, CancellationToken cancellationToken)
        {
            var found = await context.Cases.Find(request.CaseNumber, request.Actor, cancellationToken);
            if (found.Refusal is { } unknown) return unknown;
            if (CaseRights.RefuseWriting(found.Value, request.Actor) is { } refusal) return refusal;
            if (TextRules.TooLong("text", request.Text, (await context.PolicyOf(found.Value, cancellationToken)).Texts.Complaint) is { } tooLong) return tooLong;
            if (!await letters.Tell(found.Value, cancellationToken)) return ContactsRefusals.CitizenNotReachable;
            await messages.Keep(found.Value.CaseNumber, request.Text!, request.Actor.Login, cancellationToken);
            await context.Record(found.Value, CaseEventKind.CitizenWrittenTo, request.Actor.Login, new EventDetail(), cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Text);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/cases/{number}/contact/messages", async (string number, Body body, ClaimsPrincipal user, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new WriteToCitizen(user.Actor(), number, body.Text) { IdempotencyKey = http.IdempotencyKey() }, ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Cases);
    }
}

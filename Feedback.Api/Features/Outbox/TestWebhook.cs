using Feedback.Domain;
using Feedback.Http;
using Feedback.Notifications;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Outbox;

/// <summary>Queues a message of the type <c>webhook.ping</c>, which concerns no case, so that a receiver can be tried.</summary>
internal sealed record TestWebhook(Guid Id) : ICommand<TestWebhook.Queued>
{
    /// <param name="Id">The message's, as the outbox lists it.</param>
    public sealed record Queued(Guid Id);

    internal sealed class Handler(Webhooks webhooks, OutboxWriter outbox) : IRequestHandler<TestWebhook, Outcome<Queued>>
    {
        public async Task<Outcome<Queued>> Handle(TestWebhook request, CancellationToken cancellationToken) =>
            await webhooks.MaySend(request.Id, cancellationToken) is { } refusal ? refusal : new Queued(await outbox.Ping(request.Id, cancellationToken));
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/webhooks/{id:guid}/test", async (Guid id, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new TestWebhook(id), ct)).ToHttp(queued => TypedResults.Accepted((string?)null, queued))).RequireAuthorization(Access.Outbox);
    }
}

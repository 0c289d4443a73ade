using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Outbox;

/// <summary>Nothing is sent to a webhook any more; it stays in the list. Disabling it again changes nothing.</summary>
internal sealed record DisableWebhook(Guid Id) : ICommand<Done>
{
    internal sealed class Handler(Webhooks webhooks) : IRequestHandler<DisableWebhook, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(DisableWebhook request, CancellationToken cancellationToken)
        {
            if (await webhooks.MaySend(request.Id, cancellationToken) == OutboxRefusals.WebhookUnknown) return OutboxRefusals.WebhookUnknown;
            await webhooks.Disable(request.Id, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapDelete("/api/v1/webhooks/{id:guid}", async (Guid id, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new DisableWebhook(id), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Outbox);
    }
}

using Feedback.Domain;
using MediatR;

namespace Feedback.Pipeline;

/// <summary>
/// The one way in, for endpoints, pages, the schedule and the command line: each message gets a scope of its own, so that one
/// message is one connection and one transaction, also inside a page that lives for hours.
/// </summary>
public sealed class Dispatcher(IServiceScopeFactory scopes)
{
    public async Task<Outcome<T>> Send<T>(IRequest<Outcome<T>> message, CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(message, ct);
    }
}

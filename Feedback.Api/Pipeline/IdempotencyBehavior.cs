using Feedback.Domain;
using Feedback.Security;
using MediatR;

namespace Feedback.Pipeline;

/// <summary>Gives a command that comes a second time the answer of the first. Grouped commands are looked up by the group.</summary>
internal sealed class IdempotencyBehavior<TRequest, TResponse>(IdempotentAnswers answers, Vault vault) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
    where TResponse : IOutcome<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        request is IGrouped ? next() : Once(request, next, cancellationToken);

    private async Task<TResponse> Once(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken ct)
    {
        var read = IdempotencyEntry.Of(request, vault);
        if (read.Refusal is { } bad) return TResponse.Refused(bad);
        return read.Value is { } asked ? (await answers.Once<TResponse>([asked], async (_, _) => [await next()], ct))[0] : await next();
    }
}

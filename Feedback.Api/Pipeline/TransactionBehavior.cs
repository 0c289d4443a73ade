using Feedback.Data;
using Feedback.Domain;
using MediatR;

namespace Feedback.Pipeline;

/// <summary>
/// Opens the transaction around the handler, commits what it accepted and rolls back what it refused, unless
/// the refusal says that it is to be kept (<see cref="Refusal.Commits"/>). When another transaction
/// was first, the handler runs again on the new state. Grouped commands share the group writer's transaction;
/// what needs no database gets none.
/// </summary>
internal sealed class TransactionBehavior<TRequest, TResponse>(Db db) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
    where TResponse : IOutcome<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) => request is IGrouped or IWithoutDatabase
        ? next()
        : Transactions.Repeated(db.Dialect, () => Transactions.Once(db, request is ICommand, () => next(), response => response.Refusal is null or { Commits: true }, cancellationToken));
}

using System.Data.Common;
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
    private const int Attempts = 5;

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        request is IGrouped or IWithoutDatabase ? next() : InTransaction(request, next, cancellationToken);

    private async Task<TResponse> InTransaction(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await db.Begin(write: request is ICommand, ct);
            try
            {
                var response = await next();
                if (response.Refusal is null or { Commits: true }) await db.Commit(ct);
                return response;
            }
            catch (Exception e) when (attempt < Attempts && (e is LostRaceException || (e is DbException conflict && db.Dialect.IsConflict(conflict))))
            {
                // The loser of a race sees what the winner wrote on its next turn.
            }
            finally
            {
                await db.Rollback();
            }
        }
    }
}

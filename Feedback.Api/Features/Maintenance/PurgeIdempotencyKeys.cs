using Feedback.Data;
using Feedback.Domain;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Maintenance;

/// <summary>Drops the answers kept for repeated requests once the policy's days are over.</summary>
internal sealed record PurgeIdempotencyKeys : ICommand<int>
{
    internal sealed class Handler(Db db, ReferenceData reference, LocalTime local, TimeProvider time) : IRequestHandler<PurgeIdempotencyKeys, Outcome<int>>
    {
        private const string DeleteSql = "delete from idempotency where created_at < @before";

        public async Task<Outcome<int>> Handle(PurgeIdempotencyKeys request, CancellationToken cancellationToken)
        {
            var days = (await reference.Read(db, cancellationToken)).PolicyOn(local.Today).IdempotencyDays;
            return await db.Execute(DeleteSql, new { before = time.GetUtcNow().AddDays(-days) }, cancellationToken);
        }
    }
}

using Feedback.Data;
using Feedback.Domain;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Maintenance;

/// <summary>
/// Drops the hashes of devices and networks once the policy's days are over since the rating came; the ratings stay. What nobody
/// judged yet waits.
/// </summary>
internal sealed record PurgeRatingTraces : ICommand<int>
{
    internal sealed class Handler(Db db, ReferenceData reference, LocalTime local, TimeProvider time) : IRequestHandler<PurgeRatingTraces, Outcome<int>>
    {
        private const string DeleteSql = "delete from rating_trace where rating_id < @before and judged = 1";

        public async Task<Outcome<int>> Handle(PurgeRatingTraces request, CancellationToken cancellationToken) =>
            (await reference.Read(db, cancellationToken)).PolicyOn(local.Today).Ratings is { } policy
                ? await db.Execute(DeleteSql, new { before = Keys.Least(time.GetUtcNow().AddDays(-policy.TraceDays)) }, cancellationToken)
                : 0;
    }
}

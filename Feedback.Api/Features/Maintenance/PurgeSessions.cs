using Feedback.Data;
using Feedback.Domain;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Maintenance;

/// <summary>Drops sessions that ended long ago. Records of sign-ins are kept for six months at least (docs/domain.md "Protecting people").</summary>
internal sealed record PurgeSessions : ICommand<int>
{
    // The longest half year has 184 days.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(184);

    internal sealed class Handler(Db db, TimeProvider time) : IRequestHandler<PurgeSessions, Outcome<int>>
    {
        private const string DeleteSql = "delete from staff_session where expires_at < @before";

        public async Task<Outcome<int>> Handle(PurgeSessions request, CancellationToken cancellationToken) =>
            await db.Execute(DeleteSql, new { before = time.GetUtcNow() - Kept }, cancellationToken);
    }
}

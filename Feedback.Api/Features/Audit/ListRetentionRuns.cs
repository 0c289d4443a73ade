using Feedback.Data;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Audit;

/// <summary>What the rules of retention took away so far, newest first.</summary>
internal sealed record ListRetentionRuns : IQuery<IReadOnlyList<ListRetentionRuns.Run>>
{
    private const int Newest = 500;

    /// <param name="RanAt">When.</param>
    /// <param name="Contacts">Contacts made anonymous.</param>
    /// <param name="Cases">Cases whose words were erased.</param>
    public sealed record Run(DateTimeOffset RanAt, int Contacts, int Cases);

    internal sealed class Handler(Db db, LocalTime local) : IRequestHandler<ListRetentionRuns, Outcome<IReadOnlyList<Run>>>
    {
        private const string RunsSql = "select ran_at, contacts, cases from retention_run order by id desc";

        public async Task<Outcome<IReadOnlyList<Run>>> Handle(ListRetentionRuns request, CancellationToken cancellationToken) =>
            (await db.Query<Run>(db.Dialect.Limited(RunsSql), new { limit = Newest }, cancellationToken)).Select(r => r with { RanAt = local.At(r.RanAt) }).ToList();
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/audit/retention", async (Dispatcher dispatcher, CancellationToken ct) => (await dispatcher.Send(new ListRetentionRuns(), ct)).ToHttp()).RequireAuthorization(Access.Audit);
    }
}

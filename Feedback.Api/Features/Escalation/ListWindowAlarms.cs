using Feedback.Data;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Escalation;

/// <summary>The alarms of windows with too many red cases, the newest first; for inspection and audit.</summary>
internal sealed record ListWindowAlarms : IQuery<IReadOnlyList<ListWindowAlarms.Alarm>>
{
    private const int Newest = 100;

    /// <param name="Window">The window's code.</param>
    /// <param name="RaisedAt">When the last of them turned red.</param>
    /// <param name="Cases">The cases it covers, in the order in which they turned red.</param>
    public sealed record Alarm(string Window, DateTimeOffset RaisedAt, IReadOnlyList<string> Cases);

    internal sealed class Handler(Db db, LocalTime local) : IRequestHandler<ListWindowAlarms, Outcome<IReadOnlyList<Alarm>>>
    {
        private const string AlarmsSql = "select id, window_code, raised_at from window_alarm order by raised_at desc, id";
        private const string RedsSql = "select alarm_id, case_number from window_red where alarm_id is not null order by red_at, case_number";

        public async Task<Outcome<IReadOnlyList<Alarm>>> Handle(ListWindowAlarms request, CancellationToken cancellationToken)
        {
            var alarms = await db.Query<Row>(db.Dialect.Limited(AlarmsSql), new { limit = Newest }, cancellationToken);
            var reds = (await db.Query<Red>(RedsSql, null, cancellationToken)).ToLookup(r => r.AlarmId, r => r.CaseNumber);
            return alarms.Select(a => new Alarm(a.WindowCode, local.At(a.RaisedAt), [.. reds[a.Id]])).ToList();
        }

        private sealed record Row(Guid Id, string WindowCode, DateTimeOffset RaisedAt);

        private sealed record Red(Guid AlarmId, string CaseNumber);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/alarms", async (Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ListWindowAlarms(), ct)).ToHttp()).RequireAuthorization(Access.Audit);
    }
}

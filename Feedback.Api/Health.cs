using System.Data.Common;
using Feedback.Data;
using Feedback.Schedule;

namespace Feedback;

/// <summary>
/// For operators and load balancers: alive, and ready to serve. Not ready is a process whose database is away or older, one that runs
/// the jobs and whose rounds do not end any more, and one with a job that is stuck, which it names.
/// </summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Json(new { status = "live" })).AllowAnonymous();
        routes.MapGet("/health/ready", async (Migrator migrator, SchedulerRole role, JobRounds rounds, CancellationToken ct) =>
        {
            var database = await Current(migrator, ct);
            var stuck = role.RunsHere ? rounds.Stuck : [];
            var schedule = !role.RunsHere || (rounds.AreCurrent && stuck.Count == 0);
            var answer = new { status = database && schedule ? "ready" : "not ready", database, schedule, stuck };
            return Results.Json(answer, statusCode: database && schedule ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous();
    }

    private static async Task<bool> Current(Migrator migrator, CancellationToken ct)
    {
        try
        {
            return await migrator.IsCurrent(ct);
        }
        catch (DbException)
        {
            return false;
        }
    }
}

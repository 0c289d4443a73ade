using System.Data.Common;
using Feedback.Data;
using Feedback.Schedule;

namespace Feedback.Http;

/// <summary>For operators and load balancers: alive, and ready to serve.</summary>
internal static class Health
{
    private static readonly TimeSpan ScheduleMayRest = TimeSpan.FromSeconds(30);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Json(new { status = "live" })).AllowAnonymous();
        routes.MapGet("/health/ready", async (Migrator migrator, InProcessSchedule schedule, IConfiguration configuration, TimeProvider time, CancellationToken ct) =>
        {
            var database = await Current(migrator, ct);
            var scheduled = !configuration.GetValue("Schedule:InProcess", true) || time.GetUtcNow() - schedule.LastRound < ScheduleMayRest;
            var answer = new { status = database && scheduled ? "ready" : "not ready", database, schedule = scheduled };
            return Results.Json(answer, statusCode: database && scheduled ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
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

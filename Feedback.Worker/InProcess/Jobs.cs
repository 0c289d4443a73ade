using Feedback.Schedule;

namespace Feedback.Worker;

/// <summary>The registry on the schedule inside, as a process of its own beside the Api.</summary>
internal static class Jobs
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.WebHost.UseUrls();
        builder.Services.AddHostedService<InProcessSchedule>();
    }

    public static void Use(WebApplication app) => app.Logger.LogInformation("Running {Count} jobs on the schedule inside.", RecurringJobs.All.Count);
}

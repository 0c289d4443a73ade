using Feedback.Data;
using Feedback.Schedule;
using Feedback.Security;

namespace Feedback.Worker;

/// <summary>
/// The clock's front door: the registry of recurring jobs (<see cref="Schedule.RecurringJobs"/>) on Hangfire, or on the schedule
/// inside when built without it. It shares the Api's settings and services.
/// </summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
            builder.Host.UseDefaultServiceProvider(o => (o.ValidateOnBuild, o.ValidateScopes) = (true, true));
            builder.Services.AddFeedback(builder.Configuration, builder.Environment);
            Jobs.Add(builder);

            await using var app = builder.Build();
            await app.Services.GetRequiredService<Migrator>().Migrate(CancellationToken.None);
            Jobs.Use(app);
            await app.RunAsync();
            return 0;
        }
        catch (SetupException e)
        {
            await Console.Error.WriteLineAsync("Feedback.Worker cannot start. " + e.Message);
            return 2;
        }
    }
}

using Feedback.Commands;
using Feedback.Security;

namespace Feedback.Worker;

/// <summary>
/// The clock's front endpoint: a Hangfire server for the registry of recurring jobs (<see cref="Schedule.RecurringJobs"/>) and its
/// dashboard, behind the console's own sign-in. It shares the Api's settings, services and key ring.
/// </summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            await using var app = FeedbackApp.BuildWorker(FeedbackApp.CreateBuilder(args));
            await Start.Serve(app, demo: false);
            return 0;
        }
        catch (SetupException e)
        {
            await Console.Error.WriteLineAsync("Feedback.Worker cannot start. " + e.Message);
            return 2;
        }
    }
}

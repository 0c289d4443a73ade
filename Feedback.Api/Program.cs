using Feedback.Commands;
using Feedback.Security;

namespace Feedback;

/// <summary>Serves when it is given no command; the command line (<c>-- migrate</c>, <c>-- help</c>, …) shares the executable.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            var builder = FeedbackApp.CreateBuilder(args);
            if (args is [var name, ..] && !name.StartsWith('-')) return await CommandLine.Run(builder, args);
            await using var app = FeedbackApp.Build(builder);
            await Start.Serve(app, demo: app.Environment.IsDevelopment() && app.Configuration.GetValue("Demo:Seed", true));
            return 0;
        }
        catch (SetupException e)
        {
            await Console.Error.WriteLineAsync("Feedback cannot start. " + e.Message);
            return 2;
        }
    }
}

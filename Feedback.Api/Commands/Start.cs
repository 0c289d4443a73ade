using Feedback.Data;
using Feedback.Demo;
using Spectre.Console;

namespace Feedback.Commands;

/// <summary>What happens before serving: migrate, and in Development seed an empty database and print where to look.</summary>
internal static class Start
{
    public static async Task Serve(WebApplication app)
    {
        await app.Services.GetRequiredService<Migrator>().Migrate(CancellationToken.None);
        var demo = app.Environment.IsDevelopment() && app.Configuration.GetValue("Demo:Seed", true);
        if (demo) await DemoHall.Seed(app.Services, app.Configuration, app.Environment, AnsiConsole.Console);
        await app.StartAsync();
        if (demo) await DemoAddresses.Print(app, AnsiConsole.Console);
        await app.WaitForShutdownAsync();
    }
}

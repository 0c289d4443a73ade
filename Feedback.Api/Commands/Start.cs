using System.Runtime.InteropServices;
using Feedback.Data;
using Feedback.Demo;
using Spectre.Console;

namespace Feedback.Commands;

/// <summary>What happens before serving: migrate, and in Development seed an empty database and print where to look.</summary>
internal static class Start
{
    /// <summary>Serves until it is told to stop. Told so while it starts, it ends as well, and as quietly.</summary>
    public static async Task Serve(WebApplication app, bool demo)
    {
        using var stop = new CancellationTokenSource();
        try
        {
            // The host listens to signals only once it starts.
            using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, Told))
            using (PosixSignalRegistration.Create(PosixSignal.SIGINT, Told))
            {
                await app.Services.GetRequiredService<Migrator>().Migrate(stop.Token);
                await FindDemoAccounts.RefuseOutsideDevelopment(app.Services, app.Environment, stop.Token);
                if (demo) await DemoHall.Seed(app.Services, app.Configuration, app.Environment, AnsiConsole.Console);
                await app.StartAsync(stop.Token);
            }

            if (demo) await DemoAddresses.Print(app, AnsiConsole.Console);
            await app.WaitForShutdownAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested || app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Whatever had started is stopped as the application is disposed of.
        }

        void Told(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}

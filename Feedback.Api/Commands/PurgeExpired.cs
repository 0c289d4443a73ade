using System.Globalization;
using Feedback.Data;
using Feedback.Features.Maintenance;
using Feedback.Pipeline;
using Spectre.Console;

namespace Feedback.Commands;

/// <summary><c>purge</c>: applies the rules of retention now instead of within the hour, and says what was done.</summary>
internal static class PurgeExpired
{
    public static async Task<int> Run(IServiceProvider services, IAnsiConsole console)
    {
        await services.GetRequiredService<Migrator>().Migrate(CancellationToken.None);
        var (contacts, cases) = (0, 0);
        await console.Status().StartAsync("Looking for what is past its time", async status =>
        {
            ApplyRetention.Report set;
            do
            {
                set = (await services.GetRequiredService<Dispatcher>().Send(new ApplyRetention())).Value;
                (contacts, cases) = (contacts + set.Contacts, cases + set.Cases);
                status.Status = string.Create(CultureInfo.InvariantCulture, $"{contacts:N0} contacts, {cases:N0} cases");
            }
            while (set.More);
        });
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{contacts:N0} contacts made anonymous, the words of {cases:N0} cases erased."));
        return 0;
    }
}

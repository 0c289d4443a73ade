using System.Diagnostics;
using System.Globalization;
using Feedback.Data;
using Feedback.Features.Maintenance;
using Feedback.Pipeline;
using Spectre.Console;

namespace Feedback.Commands;

/// <summary>
/// <c>rotate-keys</c>: adds a sealing key to the key file and seals what may be changed with it; <c>rotate-keys --reseal</c> only does
/// the latter. A running product goes on: it reads the file again when it meets the new key. Exit code 0 when nothing is left under
/// an older key that could be changed, 1 otherwise.
/// </summary>
internal static class RotateKeys
{
    public static async Task<int> Run(IServiceProvider services, bool resealOnly, IAnsiConsole console)
    {
        await services.GetRequiredService<Migrator>().Migrate(CancellationToken.None);
        var (dispatcher, clock) = (services.GetRequiredService<Dispatcher>(), Stopwatch.StartNew());
        var (done, refused) = (0L, (string?)null);
        await console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                foreach (var column in ResealTexts.Columns)
                {
                    var counted = (await dispatcher.Send(new ResealTexts(column))).Value;
                    var (bar, next) = (context.AddTask(column, maxValue: Math.Max(1, counted.Stale)), counted.Next);
                    while (next is not null && refused is null)
                    {
                        var set = await dispatcher.Send(new ResealTexts(column, next));
                        if (set.Refusal is { } refusal) refused = $"{column}: {refusal.Message.En}";
                        else (next, done) = (set.Value.Next, done + set.Value.Resealed);
                        bar.Value = Math.Max(bar.Value, 0) + (set.Refusal is null ? set.Value.Resealed : 0);
                        bar.Description = string.Create(CultureInfo.InvariantCulture, $"{column} ({done / Math.Max(clock.Elapsed.TotalSeconds, 0.001):N0} rows/s)");
                    }

                    if (refused is null) bar.Value = bar.MaxValue;
                }
            });
        console.WriteLine(refused ?? string.Create(CultureInfo.InvariantCulture, $"{done:N0} rows sealed anew{(resealOnly ? "" : ", with a new key at the end of the key file")}. Keep the older keys: first contacts and signatures stay under them, and hashes and codes under the first."));
        return refused is null ? 0 : 1;
    }
}

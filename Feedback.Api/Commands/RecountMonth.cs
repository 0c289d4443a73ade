using System.Globalization;
using Feedback.Casework.Counts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Features.Statistics;
using Feedback.Pipeline;
using Spectre.Console;

namespace Feedback.Commands;

/// <summary>
/// <c>recount 2026-10</c>: shows every daily count that its raw rows do not bear out. Exit code 0 when all agree, 1 when one does
/// not, 2 when nothing could be compared.
/// </summary>
internal static class RecountMonth
{
    private const int Equal = 0;
    private const int Different = 1;
    private const int NotCompared = 2;

    private static readonly string[] Titles =
        ["Day", "Measure", "Value", "Hall", "Unit", "Window", "Item", "Channel", "About", "Lane", "Stored", "Recounted"];

    public static async Task<int> Run(IServiceProvider services, string month, IAnsiConsole console)
    {
        if (!await services.GetRequiredService<Migrator>().IsCurrent(CancellationToken.None))
        {
            console.WriteLine("The database is not of this version; run migrate first.");
            return NotCompared;
        }

        var outcome = await console.Progress().StartAsync(async context =>
        {
            var bar = context.AddTask($"Counting {Markup.Escape(month)} again", maxValue: Enum.GetValues<Measure>().Length);
            return await services.GetRequiredService<Dispatcher>().Send(new Recount(month) { Counted = _ => bar.Increment(1) });
        });
        return outcome.Match(report => Show(report, console), refusal => Refuse(refusal, console));
    }

    private static int Show(Recount.Report report, IAnsiConsole console)
    {
        if (report.Differences.Count == 0)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Month}: {report.Rows} daily counts, every one equal to its raw rows."));
            return Equal;
        }

        // A key is to be read and searched for: never broken over two lines, whatever the terminal's width.
        console.Profile.Width = Math.Max(console.Profile.Width, 160);
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var title in Titles) table.AddColumn(new TableColumn(title).NoWrap());
        foreach (var (key, stored, recounted) in report.Differences)
        {
            object[] cells = [key.LocalDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), key.Measure, key.Value, key.HallCode, key.DepartmentCode, key.WindowCode, key.ItemCode, key.Channel, key.About, key.Lane, stored, recounted];
            table.AddRow([.. cells.Select(c => Markup.Escape(Convert.ToString(c, CultureInfo.InvariantCulture)!))]);
        }

        console.Write(table);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Month}: {report.Differences.Count} of {report.Rows} daily counts differ from their raw rows."));
        return Different;
    }

    private static int Refuse(Refusal refusal, IAnsiConsole console)
    {
        foreach (var error in refusal.Errors) console.WriteLine(error.Message.ToString());
        return NotCompared;
    }
}

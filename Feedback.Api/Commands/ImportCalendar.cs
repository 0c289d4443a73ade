using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Feedback.Data;
using Feedback.Domain.Time;
using Feedback.Features.Calendar;
using Feedback.Pipeline;
using Spectre.Console;

namespace Feedback.Commands;

/// <summary>
/// <c>calendar import FILE</c>: a year of the State Council's notice, as JSON like those of db/reference/calendar, or as CSV with the
/// columns <c>day,kind</c> (<c>off</c> or <c>working</c>) and the notice's name as the file's name. Exit code 0 when it is in, 1 when
/// it was refused, 2 when the file could not be read.
/// </summary>
internal static class ImportCalendar
{
    private const int Refused = 1;
    private const int Unreadable = 2;

    public static async Task<int> Run(IServiceProvider services, string file, IAnsiConsole console)
    {
        CalendarYear notice;
        try
        {
            notice = Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException or CsvFormatException or IndexOutOfRangeException or KeyNotFoundException)
        {
            console.WriteLine($"{file}: {e.Message.Split('\n')[0]}");
            return Unreadable;
        }

        await services.GetRequiredService<Migrator>().Migrate(CancellationToken.None);
        var outcome = await services.GetRequiredService<Dispatcher>().Send(new ImportCalendarYear(notice));
        console.WriteLine(outcome.Match(
            imported => imported.RecomputedFrom is { } from
                ? string.Create(CultureInfo.InvariantCulture, $"{notice.Year}: {imported.WorkingDays} working days. The schedule recomputes the running clocks from {from:HH:mm:ss} on.")
                : string.Create(CultureInfo.InvariantCulture, $"{notice.Year}: known already, {imported.WorkingDays} working days; nothing changed."),
            refusal => string.Join(Environment.NewLine, refusal.Errors.Select(e => $"{e.Field}: {e.Message}").DefaultIfEmpty(refusal.Message.En))));
        return outcome.Refusal is null ? 0 : Refused;
    }

    private static CalendarYear Read(string file) =>
        Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? ReadCsv(file) : ReferenceData.Parse<CalendarYear>(File.ReadAllText(file));

    private static CalendarYear ReadCsv(string file)
    {
        using var csv = CsvReader.Create(File.OpenRead(file), new CsvReaderOptions { TrimWhitespace = true }, leaveOpen: false);
        var days = new List<(DateOnly Day, bool Works)>();
        foreach (var row in csv)
        {
            var (day, kind) = (row["day"].ToString(), row["kind"].ToString());
            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)) throw new FormatException($"\"{day}\" is no day such as 2027-01-01.");
            if (kind is not ("off" or "working")) throw new FormatException($"{day}: \"{kind}\" is neither off nor working.");
            days.Add((parsed, kind == "working"));
        }

        return days.Count == 0
            ? throw new FormatException("The file names no day.")
            : new CalendarYear(days[0].Day.Year, [.. days.Where(d => !d.Works).Select(d => d.Day)], [.. days.Where(d => d.Works).Select(d => d.Day)], Path.GetFileNameWithoutExtension(file));
    }
}

using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using Feedback.Casework.Contacts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Features.Ratings;
using Spectre.Console;

namespace Feedback.Commands;

/// <summary>
/// <c>import ratings FILE.csv</c>: ratings that terminals and other systems collected. Columns <c>window</c> (its code) and
/// <c>grade</c>, and where the file has them <c>tags</c> (codes, with spaces between), <c>comment</c>, <c>ticket</c>,
/// <c>visits</c>, <c>item</c>, <c>ratedAt</c> (ISO 8601; without an offset in the hall's time), <c>name</c>, <c>phone</c>,
/// <c>email</c>. The same file again stores nothing twice, so an import that was broken off is simply run again. Exit code 0 when
/// every line is in, 1 when some were refused, 2 when the file could not be read to its end.
/// </summary>
internal static class ImportRatings
{
    private const int Refused = 1;
    private const int BrokenOff = 2;

    public static async Task<int> Run(IServiceProvider services, string file, IAnsiConsole console)
    {
        await services.GetRequiredService<Migrator>().Migrate(CancellationToken.None);
        var report = new Report();
        try
        {
            await using var stream = File.OpenRead(file);
            var fingerprint = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream));
            stream.Position = 0;
            using var csv = CsvReader.Create(stream, new CsvReaderOptions { TrimWhitespace = true, TrackLineNumbers = true }, leaveOpen: true);
            foreach (var needed in new[] { "window", "grade" })
            {
                if (!csv.TryGetFieldIndex(needed, out _)) throw new FormatException($"The column {needed} is missing.");
            }

            var lines = new Queue<long>();
            await console.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(async context =>
                {
                    var bar = context.AddTask("Reading", maxValue: Math.Max(stream.Length, 1));
                    var clock = Stopwatch.StartNew();
                    await foreach (var outcome in services.GetRequiredService<RatingFeed>().Send(Read(csv, fingerprint, services.GetRequiredService<LocalTime>(), lines), CancellationToken.None))
                    {
                        report.Add(lines.Dequeue(), outcome.Refusal);
                        bar.Value = stream.Position;
                        bar.Description = string.Create(CultureInfo.InvariantCulture, $"{report.Lines:N0} lines, {report.Lines / clock.Elapsed.TotalSeconds:N0}/s, {report.Lines - report.Stored:N0} refused");
                    }
                });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or CsvFormatException or DbException)
        {
            report.Show(console);
            console.WriteLine($"{file}: {e.Message.Split('\n')[0]}");
            return BrokenOff;
        }

        report.Show(console);
        return report.Lines == report.Stored ? 0 : Refused;
    }

    private static IEnumerable<Outcome<RateService>> Read(CsvReader csv, string fingerprint, LocalTime local, Queue<long> lines)
    {
        while (csv.Read())
        {
            lines.Enqueue(csv.LineNumber);
            yield return Line(csv, local).Match<Outcome<RateService>>(
                line => line.Command(null, string.Create(CultureInfo.InvariantCulture, $"{fingerprint}/{csv.LineNumber}")), refusal => refusal);
        }
    }

    private static Outcome<RatingLine> Line(CsvReader csv, LocalTime local)
    {
        string? Text(string column) => csv.TryGetFieldIndex(column, out var index) && csv.GetString(index) is { Length: > 0 } text ? text : null;

        var (visits, ratedAt) = ((int?)null, (DateTimeOffset?)null);
        if (!int.TryParse(Text("grade"), NumberStyles.None, CultureInfo.InvariantCulture, out var grade)) return CommandsRefusals.NoNumber("grade");
        if (Text("visits") is { } times)
        {
            if (!int.TryParse(times, NumberStyles.None, CultureInfo.InvariantCulture, out var counted)) return CommandsRefusals.NoNumber("visits");
            visits = counted;
        }

        if (Text("ratedAt") is { } moment)
        {
            if (!TryInstant(moment, local, out var at)) return CommandsRefusals.NoInstant("ratedAt");
            ratedAt = at;
        }

        var contact = new ContactDetails(Text("name"), Text("phone"), Text("email"));
        return new RatingLine(
            Text("window"), grade, Text("tags")?.Split(' ', StringSplitOptions.RemoveEmptyEntries), Text("comment"), Text("ticket"), visits, contact == new ContactDetails(null, null, null) ? null : contact, Text("item"), ratedAt);
    }

    private static bool TryInstant(string text, LocalTime local, out DateTimeOffset at)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var parsed))
        {
            at = default;
            return false;
        }

        at = parsed.Kind == DateTimeKind.Utc ? new DateTimeOffset(parsed) : new DateTimeOffset(parsed, local.Zone.GetUtcOffset(parsed));
        return true;
    }

    /// <summary>What became of the lines, the refused ones by reason.</summary>
    private sealed class Report
    {
        private const int ShownLines = 5;

        private readonly SortedDictionary<string, (string Sentence, int Count, List<long> First)> _refused = new(StringComparer.Ordinal);

        public int Lines { get; private set; }

        public int Stored { get; private set; }

        public void Add(long line, Refusal? refusal)
        {
            Lines++;
            if (refusal is null)
            {
                Stored++;
                return;
            }

            var (sentence, count, first) = _refused.GetValueOrDefault(refusal.Code, (refusal.Errors.Count > 0 ? refusal.Errors[0].Message.ToString() : refusal.Message.En, 0, []));
            if (first.Count < ShownLines) first.Add(line);
            _refused[refusal.Code] = (sentence, count + 1, first);
        }

        public void Show(IAnsiConsole console)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stored:N0} of {Lines:N0} ratings are in."));
            if (_refused.Count == 0) return;
            var table = new Table().Border(TableBorder.Rounded).AddColumns("Refused because", "Lines", "First lines", "");
            foreach (var (code, (sentence, count, first)) in _refused)
            {
                table.AddRow(Markup.Escape(code), count.ToString("N0", CultureInfo.InvariantCulture), string.Join(", ", first), Markup.Escape(sentence));
            }

            console.Write(table);
        }
    }
}

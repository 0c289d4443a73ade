namespace Feedback.Tests.Security;

/// <summary>A row of matrix.txt: an endpoint, and for each caller the status expected in each situation.</summary>
/// <param name="Endpoint">Method and pattern.</param>
/// <param name="Cells">For each caller as written: one status for all situations, or one for each.</param>
internal sealed record MatrixRow(string Endpoint, IReadOnlyDictionary<Caller, string> Cells)
{
    private const string File = "matrix.txt";

    /// <summary>The first word of a line that names the columns.</summary>
    private const string Head = "endpoint";

    /// <exception cref="FormatException">A row has a cell too many or too few, or stands below no line that names each caller once.</exception>
    public static IReadOnlyList<MatrixRow> ReadAll()
    {
        using var reader = new StreamReader(typeof(MatrixRow).Assembly.GetManifestResourceStream(File)!);
        return [.. Parse(reader.ReadToEnd().Split('\n'))];
    }

    public static IEnumerable<MatrixRow> Parse(IEnumerable<string> lines)
    {
        IReadOnlyList<Caller> columns = [];
        foreach (var line in lines.Where(line => line.Trim() is { Length: > 0 } text && text[0] != '#'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words[0] == Head)
            {
                columns = [.. words[1..].Select(name => Enum.TryParse<Caller>(name, out var caller) ? caller : throw new FormatException($"{name} is no caller: {line}"))];
                if (!columns.Order().SequenceEqual(Enum.GetValues<Caller>())) throw new FormatException($"A line that names the columns names each caller once: {line}");
                continue;
            }

            if (columns.Count == 0) throw new FormatException($"No line names the columns of {line}");
            if (words.Length != columns.Count + 2) throw new FormatException($"A row has a method, a path and {columns.Count} cells: {line}");
            yield return new MatrixRow($"{words[0]} {words[1]}", columns.Zip(words[2..]).ToDictionary());
        }
    }

    /// <summary>What the cell of a caller expects in a situation.</summary>
    public string Expected(Caller caller, int situation)
    {
        var statuses = Cells[caller].Split('/');
        return statuses.Length == 1 ? statuses[0] : situation < statuses.Length ? statuses[situation] : "nothing";
    }

    /// <summary>A row as it is written, below the names of its columns, with the cells of what was seen, in the order of <see cref="Caller"/>.</summary>
    public static string Write(string endpoint, IEnumerable<IReadOnlyList<string>> seen) =>
        $"{Line(Head, Enum.GetNames<Caller>())}\n{Line(endpoint, seen.Select(cell => cell.Distinct().Count() == 1 ? cell[0] : string.Join('/', cell)))}";

    private static string Line(string first, IEnumerable<string> cells) => (first.PadRight(60) + string.Concat(cells.Select(cell => cell.PadRight(16) + ' '))).TrimEnd();
}

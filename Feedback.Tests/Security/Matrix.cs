namespace Feedback.Tests.Security;

/// <summary>Who knocks, in the order of the table's columns. A citizen is not signed in.</summary>
internal enum Caller
{
    Citizen,
    Handler,
    UnitHead,
    HallSupervisor,
    BureauLeader,
    Inspector,
    Auditor,
    Admin,
}

/// <summary>What the thing is to the caller that a door is asked for, in the order of a cell's statuses.</summary>
internal enum Situation
{
    /// <summary>Of the caller's own unit or hall, in the ordinary lane; for a person, the caller.</summary>
    Own,

    /// <summary>Of another unit; for callers who see the whole hall, of another hall.</summary>
    Other,

    /// <summary>A complaint about the caller or, where nobody can complain of the caller, about the hall's supervisor.</summary>
    About,

    /// <summary>A sealed case of the caller's unit.</summary>
    Sealed,

    /// <summary>What does not exist. It has no column: it is what every 404 is compared with.</summary>
    Unknown,
}

/// <summary>A row of matrix.txt: a door, and for each caller the status expected in each situation.</summary>
/// <param name="Door">Method and pattern.</param>
/// <param name="Cells">By <see cref="Caller"/>; each as written, one status for all situations or one for each.</param>
internal sealed record MatrixRow(string Door, IReadOnlyList<string> Cells)
{
    private const string Resource = "matrix.txt";

    public static IReadOnlyList<MatrixRow> ReadAll()
    {
        using var reader = new StreamReader(typeof(MatrixRow).Assembly.GetManifestResourceStream(Resource)!);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Trim() is { Length: > 0 } text && text[0] != '#').Select(Parse)];
    }

    /// <summary>What a cell expects in a situation.</summary>
    public string Expected(Caller caller, int situation)
    {
        var statuses = Cells[(int)caller].Split('/');
        return statuses.Length == 1 ? statuses[0] : situation < statuses.Length ? statuses[situation] : "nothing";
    }

    /// <summary>A row as it is written, with the cells of what was seen.</summary>
    public static string Write(string door, IEnumerable<IReadOnlyList<string>> seen) =>
        (door.PadRight(60) + string.Join("", seen.Select(cell => (cell.Distinct().Count() == 1 ? cell[0] : string.Join('/', cell)).PadRight(17)))).TrimEnd();

    private static MatrixRow Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var callers = Enum.GetValues<Caller>().Length;
        return words.Length == callers + 2 ? new MatrixRow($"{words[0]} {words[1]}", words[2..]) : throw new FormatException($"A row has a method, a path and {callers} cells: {line}");
    }
}

using System.Globalization;

namespace Feedback.Domain.Time;

/// <summary>The hours of one working day, breaks left out. Text form: <c>09:00-12:00,13:30-17:30</c>, hall's local time.</summary>
public sealed class OpeningHours
{
    private const string Clock = "HH:mm";

    private OpeningHours(IReadOnlyList<Span> spans) => Spans = spans;

    /// <summary>In order, apart from each other, each longer than nothing.</summary>
    public IReadOnlyList<Span> Spans { get; }

    public TimeOnly Opens => Spans[0].From;

    /// <summary>The end of opening hours: the instant at which a limit's last day ends.</summary>
    public TimeOnly Closes => Spans[^1].To;

    /// <exception cref="FormatException">Not a list of spans in order.</exception>
    public static OpeningHours Parse(string text)
    {
        var spans = text.Split(',').Select(part => part.Split('-') switch
        {
            [var from, var to] when TryClock(from, out var f) && TryClock(to, out var t) && f < t => new Span(f, t),
            _ => throw new FormatException($"\"{part}\" is not a span such as 09:00-12:00."),
        }).ToList();
        return spans.Zip(spans.Skip(1)).All(pair => pair.First.To < pair.Second.From)
            ? new OpeningHours(spans)
            : throw new FormatException($"The spans of \"{text}\" overlap or are out of order.");
    }

    /// <summary>How much of the span of day from midnight to <paramref name="until"/> is open.</summary>
    public TimeSpan OpenUntil(TimeOnly until) =>
        Spans.Aggregate(TimeSpan.Zero, (sum, s) => until <= s.From ? sum : sum + ((until < s.To ? until : s.To) - s.From));

    public TimeSpan WholeDay => OpenUntil(Closes);

    public override string ToString() =>
        string.Join(',', Spans.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.From:HH:mm}-{s.To:HH:mm}")));

    private static bool TryClock(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, Clock, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    /// <summary>Open from (inclusive) to (exclusive).</summary>
    public readonly record struct Span(TimeOnly From, TimeOnly To);
}

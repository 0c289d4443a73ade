using System.Globalization;
using Feedback.Domain;

namespace Feedback.Web.Citizen.Progress;

/// <summary>How long until the promised instant, in the days on a citizen's calendar.</summary>
internal static class Remaining
{
    /// <param name="due">The promised instant, local; from it on the promise is broken.</param>
    /// <param name="now">Now, local.</param>
    public static Bilingual Sentence(DateTimeOffset due, DateTimeOffset now)
    {
        var days = DateOnly.FromDateTime(due.DateTime).DayNumber - DateOnly.FromDateTime(now.DateTime).DayNumber;
        return (now >= due, days) switch
        {
            (true, 0) => new("承诺的时间已经过了,系统已自动上报。", "The promised time has passed; the system has raised it."),
            (true, -1) => new("已超过承诺时间 1 天,系统已自动上报。", "The promised time passed 1 day ago; the system has raised it."),
            (true, _) => new(Text($"已超过承诺时间 {-days} 天,系统已自动上报。"), Text($"The promised time passed {-days} days ago; the system has raised it.")),
            (_, 0) => new("承诺今天答复。", "The answer is due today."),
            (_, 1) => new("离承诺的答复时间还有 1 天。", "The answer is due tomorrow."),
            _ => new(Text($"离承诺的答复时间还有 {days} 天。"), Text($"The answer is due in {days} days.")),
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

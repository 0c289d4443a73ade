using Feedback.Domain;

namespace Feedback.Web.Console;

/// <summary>Lengths of time as the console writes them.</summary>
internal static class Lengths
{
    /// <summary>Working time: 3 小时 20 分, 3 h 20 min.</summary>
    public static Bilingual Working(int minutes)
    {
        var (hours, rest) = Math.DivRem(Math.Abs(minutes), 60);
        return (hours, rest) switch
        {
            (0, _) => new($"{rest} 分", $"{rest} min"),
            (_, 0) => new($"{hours} 小时", $"{hours} h"),
            _ => new($"{hours} 小时 {rest} 分", $"{hours} h {rest} min"),
        };
    }

    /// <summary>Working time until a due instant: 剩 3 小时 20 分, or 已超 when it has passed, be it by none yet because the hall is closed.</summary>
    public static Bilingual Left(int minutes, bool passed)
    {
        var length = Working(minutes);
        return passed ? new($"已超 {length.Zh}", $"{length.En} over") : new($"剩 {length.Zh}", $"{length.En} left");
    }

    /// <summary>Plain time by which a step fired after it was due, in its two largest units; nothing to tell below a second.</summary>
    public static Bilingual Late(TimeSpan late) => late switch
    {
        { TotalSeconds: < 1 } => new("准时", "on time"),
        { TotalMinutes: < 1 } => new($"晚 {late.Seconds} 秒", $"{late.Seconds} s late"),
        { TotalHours: < 1 } => new($"晚 {late.Minutes} 分 {late.Seconds} 秒", $"{late.Minutes} min {late.Seconds} s late"),
        { TotalDays: < 1 } => new($"晚 {late.Hours} 小时 {late.Minutes} 分", $"{late.Hours} h {late.Minutes} min late"),
        _ => new($"晚 {late.Days} 天 {late.Hours} 小时", $"{late.Days} d {late.Hours} h late"),
    };
}

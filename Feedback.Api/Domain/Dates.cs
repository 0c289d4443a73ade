using System.Globalization;

namespace Feedback.Domain;

/// <summary>Dates as the pages write them; the instants are local already.</summary>
public static class Dates
{
    private static readonly CultureInfo Zh = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo En = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>In sentences: 11月22日(周日)17:30, Sun 22 Nov, 17:30.</summary>
    public static Bilingual Sentence(DateTimeOffset local) =>
        new(local.ToString("M月d日(ddd)HH:mm", Zh), local.ToString("ddd d MMM, HH:mm", En));

    /// <summary>A day in a sentence: 11月22日(周日), Sun 22 Nov.</summary>
    public static Bilingual Day(DateOnly day) => new(day.ToString("M月d日(ddd)", Zh), day.ToString("ddd d MMM", En));

    /// <summary>In tables: 2026-11-22 周日 17:30, 2026-11-22 Sun 17:30.</summary>
    public static Bilingual Table(DateTimeOffset local) =>
        new(local.ToString("yyyy-MM-dd ddd HH:mm", Zh), local.ToString("yyyy-MM-dd ddd HH:mm", En));
}

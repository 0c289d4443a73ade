using System.Globalization;

namespace Feedback.Domain;

/// <summary>A text in the product's two languages, side by side so that neither can be forgotten.</summary>
public readonly record struct Bilingual(string Zh, string En)
{
    /// <summary>From two columns that are null together.</summary>
    public static Bilingual? OrNull(string? zh, string? en) => zh is null ? null : new(zh, en!);

    /// <summary>The text in the language of the current request; Chinese unless the culture is another one.</summary>
    public override string ToString() => In(CultureInfo.CurrentUICulture);

    public string In(CultureInfo culture) => culture.TwoLetterISOLanguageName == "en" ? En : Zh;
}

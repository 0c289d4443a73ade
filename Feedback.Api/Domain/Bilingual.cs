using System.Globalization;

namespace Feedback.Domain;

/// <summary>A text in the product's two languages, side by side so that neither can be forgotten.</summary>
public readonly record struct Bilingual(string Zh, string En)
{
    /// <summary>The text in the language of the current request; Chinese unless the culture is another one.</summary>
    public override string ToString() => In(CultureInfo.CurrentUICulture);

    public string In(CultureInfo culture) => culture.TwoLetterISOLanguageName == "en" ? En : Zh;
}

using System.Globalization;
using Feedback.Pipeline;

namespace Feedback.Web;

/// <summary>Reads what people typed into a form; blank is null.</summary>
internal static class Typed
{
    private const int FullWidth = '\uFF01' - '!';

    public static string? Text(this IFormCollection form, string field) => TextRules.OrNull(form[field].FirstOrDefault());

    /// <summary>Numbers and codes: Chinese keyboards write them in full width too.</summary>
    public static string? Code(this IFormCollection form, string field) => HalfWidth(form.Text(field));

    public static string? HalfWidth(string? typed) =>
        typed is null ? null : string.Concat(typed.Select(c => c switch { >= '\uFF01' and <= '\uFF5E' => (char)(c - FullWidth), '\u3000' => ' ', _ => c })).Trim();

    /// <summary>A whole number; what is none becomes 0, which the validators refuse for every number that is asked for.</summary>
    public static int? Number(string? typed) =>
        typed is null ? null : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>An enum by its name; null when nothing was chosen, and no value of the enum when what came is none.</summary>
    public static T? Choice<T>(string? name)
        where T : struct, Enum =>
        name is null ? null : Enum.TryParse<T>(name, out var value) ? value : (T)Enum.ToObject(typeof(T), -1);

    /// <summary>A form's idempotency key, made when the form is: however often it is sent, it is stored once. A UUID of version 7.</summary>
    public static string NewKey() => Guid.CreateVersion7().ToString();
}

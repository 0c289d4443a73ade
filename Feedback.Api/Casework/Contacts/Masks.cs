using FluentValidation;

namespace Feedback.Casework.Contacts;

/// <summary>The first character of a name, three and four digits of a telephone number, the first character of a mailbox.</summary>
internal static class Masks
{
    public static string? Name(string? name) => string.IsNullOrWhiteSpace(name) ? null : new System.Globalization.StringInfo(name.Trim()).SubstringByTextElements(0, 1) + "**";

    public static string? Phone(string? phone)
    {
        if (string.IsNullOrWhiteSpace(phone)) return null;
        var digits = new string([.. phone.Where(char.IsAsciiDigit)]);
        return digits.Length < 11 ? "****" + digits[^2..] : digits[..3] + "****" + digits[^4..];
    }

    public static string? Email(string? email) => string.IsNullOrWhiteSpace(email) ? null : email.Trim()[0] + "***" + email.Trim()[email.Trim().LastIndexOf('@')..];
}

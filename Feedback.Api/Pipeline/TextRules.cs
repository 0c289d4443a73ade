using System.Globalization;
using Feedback.Domain;
using FluentValidation;

namespace Feedback.Pipeline;

/// <summary>Rules that several forms share.</summary>
internal static class TextRules
{
    private const int LongestReason = 500;

    private const int LargestCharacter = 16;

    /// <summary>Characters as people count them; an emoji is one. What is piled up beyond what any of them needs counts as more.</summary>
    public static int Length(string text) => Math.Max(new StringInfo(text).LengthInTextElements, (text.Length + LargestCharacter - 1) / LargestCharacter);

    /// <summary>Text that a database and a page can hold: no half of a surrogate pair, no control characters but line ends and tabs.</summary>
    public static IRuleBuilderOptions<T, string?> IsText<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || (IsWellFormed(text) && !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))))
        .Refuse("text_malformed", "文字中含有无法保存的字符。", "The text has characters that cannot be stored.");

    /// <summary>A reason that must be given: a refusal without one is impossible.</summary>
    public static IRuleBuilderOptions<T, string?> IsReason<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => !string.IsNullOrWhiteSpace(text) && Length(text) <= LongestReason)
        .Refuse("reason_missing", $"请说明理由,最多 {LongestReason} 个字。", $"Please give a reason of up to {LongestReason} characters.");

    public static IRuleBuilderOptions<T, string?> IsTicket<T>(this IRuleBuilder<T, string?> rule) => rule
        .Matches("^[A-Za-z0-9-]{1,32}\\z")
        .Refuse("ticket_malformed", "取号单号码由字母、数字和短横线组成,最多 32 位。", "A ticket number has up to 32 letters, digits and hyphens.");

    /// <summary>The refusal when a text is longer than the policy allows; null when it is not.</summary>
    public static Refusal? TooLong(string field, string? text, int limit) => text is { Length: > 0 } && Length(text) > limit
        ? PipelineRefusals.TextTooLong(field, limit, Length(text))
        : null;

    /// <summary>The text exactly as sent; null when it is blank.</summary>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}

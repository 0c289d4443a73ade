using System.Globalization;
using Feedback.Domain;

namespace Feedback.Pipeline;

/// <summary>What is refused on the way to a use case.</summary>
internal static class PipelineRefusals
{
    public static readonly Refusal IdempotencyKeyInvalid = new(
        RefusalKind.Invalid, "idempotency_key_invalid", "Idempotency-Key 须为 1 到 128 个可见字符。", "Idempotency-Key is 1 to 128 visible ASCII characters.");

    public static readonly Refusal IdempotencyKeyReused = new(
        RefusalKind.Conflict, "idempotency_key_reused", "这个 Idempotency-Key 已用于另一个请求。", "This Idempotency-Key was used for another request.");

    /// <summary>Under the code of the first. The sentences stand with the fields.</summary>
    public static Refusal OfFields(IReadOnlyList<FieldError> errors) =>
        new(RefusalKind.Invalid, errors[0].Code, new Bilingual("请检查标出的内容。", "Please check the fields named below."), errors);

    public static Refusal TextTooLong(string field, int limit, int length) => Refusal.OfField(
        field,
        "text_too_long",
        string.Create(CultureInfo.InvariantCulture, $"最多 {limit} 个字,现在有 {length} 个。"),
        string.Create(CultureInfo.InvariantCulture, $"At most {limit} characters; this has {length}."));
}

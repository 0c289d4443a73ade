using Feedback.Domain;
using FluentValidation;
using FluentValidation.Results;

namespace Feedback.Pipeline;

/// <summary>
/// How a validator says what it refuses. The sentence travels in both languages as the failure's state: the library knows messages as
/// text only, and would choose the language here, where nobody knows the reader.
/// </summary>
internal static class RefusingRules
{
    /// <summary>The code and the sentence of the check before it; where it is said twice, the last holds.</summary>
    public static IRuleBuilderOptions<T, TProperty> Refuse<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, string code, string zh, string en)
    {
        object message = new Bilingual(zh, en);
        return rule.WithErrorCode(code).WithMessage(code).WithState(_ => message);
    }

    /// <summary>Likewise, with a sentence that names the value.</summary>
    public static IRuleBuilderOptions<T, TProperty> Refuse<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, string code, Func<TProperty, Bilingual> message) =>
        rule.WithErrorCode(code).WithMessage(code).WithState((_, value) => (object)message(value));

    /// <summary>Likewise, in the words of a refusal that a handler gives too.</summary>
    public static IRuleBuilderOptions<T, TProperty> Refuse<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, Refusal refusal) =>
        rule.Refuse(refusal.Code, refusal.Message.Zh, refusal.Message.En);

    /// <exception cref="InvalidOperationException">The check was given no sentence of ours.</exception>
    public static Bilingual MessageOf(ValidationFailure failure) =>
        failure.CustomState is Bilingual message ? message : throw new InvalidOperationException($"The check {failure.ErrorCode} has no sentence.");
}

using System.Text.RegularExpressions;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using FluentValidation;

namespace Feedback.Accounts;

/// <summary>The rules of what an account consists of.</summary>
internal static partial class StaffFields
{
    /// <summary>As long as a sign-in takes.</summary>
    public const int LongestPassword = 200;

    public static IRuleBuilderOptions<T, string?> IsLogin<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(l => l is not null && LoginForm().IsMatch(l))
        .Refuse("login_malformed", "账号由 2 到 64 个小写字母、数字、点、横线组成。", "An account has 2 to 64 lower-case letters, digits, dots and hyphens.");

    public static IRuleBuilderOptions<T, string?> IsPersonName<T>(this IRuleBuilder<T, string?> rule) => rule
        .IsText()
        .Must(n => n is { Length: <= 50 } && !string.IsNullOrWhiteSpace(n))
        .Refuse("name_missing", "请填写姓名,最多 50 个字。", "Please give a name of up to 50 characters.");

    /// <summary>Or none.</summary>
    public static IRuleBuilderOptions<T, string?> IsPhone<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(p => p is null || PhoneForm().IsMatch(p))
        .Refuse("phone_malformed", "请填写有效的电话号码。", "Please give a valid phone number.");

    /// <param name="rule">The password's.</param>
    /// <param name="login">Whose it will be.</param>
    public static IRuleBuilderOptions<T, string?> IsNewPassword<T>(this IRuleBuilder<T, string?> rule, Func<T, string?> login) => rule
        .Must(PasswordRule.IsLongEnough)
        .Refuse("password_too_short", $"密码至少 {PasswordRule.Shortest} 个字符。", $"The password has at least {PasswordRule.Shortest} characters.")
        .Must(p => p is not { Length: > LongestPassword })
        .Refuse("password_too_long", $"密码最多 {LongestPassword} 个字符。", $"A password has at most {LongestPassword} characters.")
        .Must((whole, p) => !PasswordRule.IsLongEnough(p) || !PasswordRule.IsGuessable(p!, login(whole)))
        .Refuse("password_guessable", "这个密码太容易猜到,请换一个。", "This password is too easy to guess. Please choose another.");

    [GeneratedRegex(@"^\+?[0-9][0-9 \-]{2,30}\z")]
    private static partial Regex PhoneForm();

    [GeneratedRegex(@"^[a-z0-9._-]{2,64}\z")]
    private static partial Regex LoginForm();
}

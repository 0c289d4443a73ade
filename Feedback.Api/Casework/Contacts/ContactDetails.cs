using Feedback.Pipeline;
using FluentValidation;

namespace Feedback.Casework.Contacts;

/// <summary>How a citizen may be reached; every part is optional, absent altogether when anonymous.</summary>
public sealed record ContactDetails(string? Name, string? Phone, string? Email)
{
    internal bool IsEmpty => string.IsNullOrWhiteSpace(Name) && string.IsNullOrWhiteSpace(Phone) && string.IsNullOrWhiteSpace(Email);

    /// <summary>What lists and pages show: enough to tell two contacts apart, too little to reach or know anybody.</summary>
    internal ContactDetails Masked() => new(Masks.Name(Name), Masks.Phone(Phone), Masks.Email(Email));

    internal sealed class Validator : AbstractValidator<ContactDetails>
    {
        public Validator()
        {
            RuleFor(c => c.Name).MaximumLength(50).Refuse("contact_name_too_long", "称呼最多 50 个字。", "The name has at most 50 characters.");
            RuleFor(c => c.Name).IsText();
            RuleFor(c => c.Phone).Matches(@"^\+?[0-9][0-9 \-]{4,18}\z").When(c => !string.IsNullOrWhiteSpace(c.Phone)).Refuse("contact_phone_malformed", "请填写有效的电话号码,例如 13800000000。", "Please give a valid phone number, such as 13800000000.");
            RuleFor(c => c.Email).MaximumLength(100).Refuse("contact_email_too_long", "邮箱地址最多 100 个字符。", "The e-mail address has at most 100 characters.");
            RuleFor(c => c.Email).EmailAddress().When(c => !string.IsNullOrWhiteSpace(c.Email)).Refuse("contact_email_malformed", "请填写有效的邮箱地址。", "Please give a valid e-mail address.");
            RuleFor(c => c.Email).IsText();
        }
    }
}

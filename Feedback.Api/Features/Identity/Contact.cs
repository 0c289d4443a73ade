using System.Text.Json;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Security;
using FluentValidation;

namespace Feedback.Features.Identity;

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
            RuleFor(c => c.Name).MaximumLength(50).WithErrorCode("contact_name_too_long").WithMessage(_ => new Bilingual("称呼最多 50 个字。", "The name has at most 50 characters.").ToString());
            RuleFor(c => c.Name).IsText();
            RuleFor(c => c.Phone).Matches(@"^\+?[0-9][0-9 \-]{4,18}\z").When(c => !string.IsNullOrWhiteSpace(c.Phone)).WithErrorCode("contact_phone_malformed").WithMessage(_ => new Bilingual("请填写有效的电话号码,例如 13800000000。", "Please give a valid phone number, such as 13800000000.").ToString());
            RuleFor(c => c.Email).MaximumLength(100).WithErrorCode("contact_email_too_long").WithMessage(_ => new Bilingual("邮箱地址最多 100 个字符。", "The e-mail address has at most 100 characters.").ToString());
            RuleFor(c => c.Email).EmailAddress().When(c => !string.IsNullOrWhiteSpace(c.Email)).WithErrorCode("contact_email_malformed").WithMessage(_ => new Bilingual("请填写有效的邮箱地址。", "Please give a valid e-mail address.").ToString());
            RuleFor(c => c.Email).IsText();
        }
    }
}

/// <summary>Keeps contacts apart from what was said, sealed.</summary>
public sealed class ContactBook(Db db, Vault vault, TimeProvider time)
{
    private const string StoreSql = "insert into contact (id, sealed, created_at) values (@id, @sealedText, @now)";

    private const string OfCaseSql =
        """
        select k.id, k.sealed
        from contact k
        join case_file c on c.contact_id = k.id
        where c.case_number = @number and k.anonymised_at is null
        """;

    /// <summary>The key of the stored contact, or null when there is nothing to store.</summary>
    public async Task<Guid?> Keep(ContactDetails? contact, CancellationToken ct)
    {
        if (contact is null || contact.IsEmpty) return null;
        var id = Keys.New(time);
        await db.Execute(StoreSql, new { id, sealedText = vault.Seal(Purpose.Contact, JsonSerializer.Serialize(contact)), now = time.GetUtcNow() }, ct);
        return id;
    }

    /// <summary>Who filed a case, in clear; null when anonymous, or made so. Only for those who may see it, and to mask it.</summary>
    internal async Task<(Guid Id, ContactDetails Details)?> Of(string number, CancellationToken ct) =>
        await db.SingleOrDefault<Row>(OfCaseSql, new { number }, ct) is { } row ? (row.Id, Read(row.Sealed)) : null;

    internal ContactDetails Read(byte[] sealedText) => JsonSerializer.Deserialize<ContactDetails>(vault.Open(Purpose.Contact, sealedText))!;

    private sealed record Row(Guid Id, byte[] Sealed);
}

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

using Feedback.Casework.Contacts;

namespace Feedback.Tests.Features.Contacts;

internal sealed class MaskTests
{
    [TestCase("王小明", "王**")]
    [TestCase("李", "李**")]
    [TestCase("👩‍👩‍👧 家", "👩‍👩‍👧**")]
    [TestCase(" ", null)]
    [TestCase(null, null)]
    public void A_name_keeps_its_first_character(string? name, string? mask) => Assert.That(Masks.Name(name), Is.EqualTo(mask));

    [TestCase("13812345678", "138****5678")]
    [TestCase("+86 138-1234-5678", "861****5678")]
    [TestCase("0571-88", "****88")]
    [TestCase("12345", "****45")]
    [TestCase("", null)]
    public void A_number_keeps_too_little_to_be_called(string? phone, string? mask) => Assert.That(Masks.Phone(phone), Is.EqualTo(mask));

    [TestCase("xiaoming@example.com", "x***@example.com")]
    [TestCase("a@b.cn", "a***@b.cn")]
    [TestCase(null, null)]
    public void A_mailbox_keeps_its_first_character(string? email, string? mask) => Assert.That(Masks.Email(email), Is.EqualTo(mask));
}

using Feedback.Domain.Halls;
using Feedback.Domain.Staff;

namespace Feedback.Tests.Domain.Staff;

internal sealed class SignInCodeTests
{
    /// <summary>RFC 6238, appendix B, SHA-1: the last six of its eight digits.</summary>
    [TestCase(59, "287082")]
    [TestCase(1111111109, "081804")]
    [TestCase(1111111111, "050471")]
    [TestCase(1234567890, "005924")]
    [TestCase(2000000000, "279037")]
    [TestCase(20000000000, "353130")]
    public void The_published_codes_come_out(long seconds, string code) =>
        Assert.That(SignInCode.Of(PresenceCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), "12345678901234567890"u8.ToArray()), Is.EqualTo(code));

    /// <summary>RFC 4648, section 10.</summary>
    [TestCase("f", "MY")]
    [TestCase("fo", "MZXQ")]
    [TestCase("foo", "MZXW6")]
    [TestCase("foob", "MZXW6YQ")]
    [TestCase("fooba", "MZXW6YTB")]
    [TestCase("foobar", "MZXW6YTBOI")]
    public void A_secret_is_written_as_published(string secret, string text) => Assert.That(SignInCode.Text(System.Text.Encoding.ASCII.GetBytes(secret)), Is.EqualTo(text));
}

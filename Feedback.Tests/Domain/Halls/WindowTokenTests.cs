using Feedback.Domain;
using Feedback.Domain.Halls;

namespace Feedback.Tests.Domain.Halls;

internal sealed class WindowTokenTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Test]
    public void A_token_names_its_code_however_it_is_typed()
    {
        var id = WindowToken.NewId();
        var token = WindowToken.Sign(id, Key);

        Assert.That(token, Has.Length.EqualTo(16));
        foreach (var typed in new[] { token, token.ToLowerInvariant(), PublicCode.Grouped(token), " " + PublicCode.Grouped(token).Replace('-', ' ') })
        {
            Assert.That(WindowToken.Verify(typed, Key), Is.EqualTo(id), typed);
        }
    }

    [Test]
    public void Any_changed_character_is_found()
    {
        var token = WindowToken.Sign("7K2M9XQA", Key);
        for (var i = 0; i < token.Length; i++)
        {
            var forged = token[..i] + (token[i] == '7' ? '8' : '7') + token[(i + 1)..];
            Assert.That(WindowToken.Verify(forged, Key), Is.Null, forged);
        }
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("7K2M9XQA")]
    [TestCase("窗口窗口窗口窗口窗口窗口窗口窗口")]
    [TestCase("7K2M9XQA7K2M9XQA7K2M9XQA")]
    public void What_is_no_token_is_none(string? typed)
    {
        Assert.That(WindowToken.Verify(typed, Key), Is.Null);
    }

    [Test]
    public void Another_key_signs_otherwise()
    {
        Assert.That(WindowToken.Verify(WindowToken.Sign("7K2M9XQA", new byte[32]), Key), Is.Null);
    }

    [TestCase("oiL-0 1", "01101")]
    [TestCase("svpz-wfvj-w5mc", "SVPZWFVJW5MC")]
    public void What_people_type_is_read_as_it_was_meant(string typed, string code)
    {
        Assert.That(PublicCode.Normalise(typed), Is.EqualTo(code));
    }
}

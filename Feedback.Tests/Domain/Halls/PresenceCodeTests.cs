using Feedback.Domain.Halls;

namespace Feedback.Tests.Domain.Halls;

internal sealed class PresenceCodeTests
{
    private static readonly byte[] Secret = "12345678901234567890123456789012"u8.ToArray();

    /// <summary>RFC 6238, appendix B, SHA-256.</summary>
    [TestCase(59, "46119246")]
    [TestCase(1111111109, "68084774")]
    [TestCase(1111111111, "67062674")]
    [TestCase(1234567890, "91819424")]
    [TestCase(2000000000, "90698825")]
    [TestCase(20000000000, "77737706")]
    public void The_published_codes_come_out(long seconds, string code)
    {
        var step = PresenceCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds));
        Assert.That(PresenceCode.Of(step, Secret, 8), Is.EqualTo(code));
        Assert.That(PresenceCode.Of(step, Secret), Is.EqualTo(code[2..]));
    }

    /// <summary>RFC 4226, 5.4 and appendix D: digests and what they are cut to.</summary>
    [TestCase("1f8698690e02ca16618550ef7f19da8e945b555a", "872921")]
    [TestCase("cc93cf18508d94934c64b65d8ba7667fb7cde4b0", "755224")]
    [TestCase("75a48a19d4cbe100644e8ac1397eea747a2d33ab", "287082")]
    [TestCase("0bacb7fa082fef30782211938bc1c5e70416ff44", "359152")]
    [TestCase("66c28227d03a2d5529262ff016a1e6ef76557ece", "969429")]
    [TestCase("a904c900a64b35909874b33e61c5938a8e15ed1c", "338314")]
    [TestCase("a37e783d7b7233c083d4f62926c7a25f238d0316", "254676")]
    [TestCase("bc9cd28561042c83f219324d3c607256c03272ae", "287922")]
    [TestCase("a4fb960c0bc06e1eabb804e5b397cdc4b45596fa", "162583")]
    [TestCase("1b3c89f65e6c9e883012052823443f048b4332db", "399871")]
    [TestCase("1637409809a679dc698207310c8c7fc07290d9e5", "520489")]
    public void The_published_digests_are_cut_to_the_published_codes(string digest, string code) =>
        Assert.That(PresenceCode.Truncate(Convert.FromHexString(digest), 6), Is.EqualTo(code));

    [Test]
    public void A_code_that_is_a_small_number_keeps_its_zeros()
    {
        var digest = new byte[20];
        digest[3] = 42;
        Assert.That(PresenceCode.Truncate(digest, 6), Is.EqualTo("000042"));
    }

    [TestCase("10:00:00", "10:00:29.999", true)]
    [TestCase("10:00:29.999", "10:00:30", false)]
    public void A_step_is_thirty_seconds_and_ends_when_the_next_begins(string first, string second, bool same)
    {
        var (a, b) = (At(first), At(second));
        Assert.That(PresenceCode.StepAt(a) == PresenceCode.StepAt(b), Is.EqualTo(same));
        Assert.That(PresenceCode.EndOf(PresenceCode.StepAt(a)), Is.EqualTo(At("10:00:30")));
    }

    [TestCase("09:59:29.999", false)]
    [TestCase("09:59:30", true)]
    [TestCase("10:00:00", true)]
    [TestCase("10:00:59.999", true)]
    [TestCase("10:01:00", false)]
    public void A_code_holds_in_its_step_the_one_before_and_the_one_after(string now, bool holds)
    {
        var step = PresenceCode.StepAt(At("10:00:00"));
        Assert.That(PresenceCode.Verify(PresenceCode.Of(step, Secret), At(now), Secret), Is.EqualTo(holds ? step : (int?)null));
    }

    [Test]
    public void Only_the_windows_own_six_digits_are_its_code()
    {
        var now = At("10:00:00");
        var code = PresenceCode.Of(PresenceCode.StepAt(now), Secret);
        foreach (var wrong in new[] { null, "", code[..5], code + "0", " " + code, code[..5] + "x", "١٢٣٤٥٦", PresenceCode.Of(PresenceCode.StepAt(now), new byte[32]) })
        {
            Assert.That(PresenceCode.Verify(wrong, now, Secret), Is.Null, wrong);
        }
    }

    [TestCase("10:30:29.999", true)]
    [TestCase("10:30:30", false)]
    public void A_proof_lasts_half_an_hour(string now, bool holds)
    {
        var step = PresenceCode.StepAt(At("10:00:00"));
        var proof = PresenceProof.Sign(step, "7K2M9XQA", "form-1", Secret);
        Assert.That(PresenceProof.Verify(proof, At(now), "7K2M9XQA", "form-1", Secret), Is.EqualTo(holds ? step : (int?)null));
    }

    [Test]
    public void A_proof_is_for_one_form_at_one_window()
    {
        var now = At("10:00:00");
        var step = PresenceCode.StepAt(now);
        var proof = PresenceProof.Sign(step, "7K2M9XQA", "form-1", Secret);

        Assert.That(PresenceProof.Verify(proof, now, "7K2M9XQA", "form-2", Secret), Is.Null);
        Assert.That(PresenceProof.Verify(proof, now, "7K2M9XQB", "form-1", Secret), Is.Null);
        Assert.That(PresenceProof.Verify(proof, now, "7K2M9XQA", "form-1", new byte[32]), Is.Null);
        foreach (var forged in new[] { null, "", ".", "x.y", proof[..^1], proof + ".", $"{step + 1}{proof[proof.IndexOf('.')..]}", $"+{proof}", $"0{proof}" })
        {
            Assert.That(PresenceProof.Verify(forged, now, "7K2M9XQA", "form-1", Secret), Is.Null, forged);
        }
    }

    [Test]
    public void A_screens_address_is_longer_than_a_windows_token_and_no_token_opens_it()
    {
        var key = ScreenKey.Sign("7K2M9XQA", Secret);
        Assert.That(key, Has.Length.EqualTo(24));
        Assert.That(ScreenKey.Verify(key.ToLowerInvariant(), Secret), Is.EqualTo("7K2M9XQA"));
        foreach (var wrong in new[] { null, "", WindowToken.Sign("7K2M9XQA", Secret), key[..^1] + (key[^1] == '0' ? '1' : '0'), ScreenKey.Sign("7K2M9XQA", new byte[32]) })
        {
            Assert.That(ScreenKey.Verify(wrong, Secret), Is.Null, wrong);
        }
    }

    private static DateTimeOffset At(string time) => new(DateOnly.Parse("2026-11-16", System.Globalization.CultureInfo.InvariantCulture), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}

using System.Security.Cryptography;
using Feedback.Security;

namespace Feedback.Tests.Security;

internal sealed class VaultTests
{
    private static readonly byte[] First = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Second = RandomNumberGenerator.GetBytes(32);

    [Test]
    public void What_is_sealed_is_opened_for_the_same_purpose_only()
    {
        var vault = new Vault([First]);
        var sealedText = vault.Seal("contact", "王小明");
        Assert.That(vault.Open("contact", sealedText), Is.EqualTo("王小明"));
        Assert.Throws<AuthenticationTagMismatchException>(() => vault.Open("complaint", sealedText));
        Assert.Throws<CryptographicException>(() => new Vault([Second]).Open("contact", sealedText));
        Assert.That(vault.Seal("contact", "王小明"), Is.Not.EqualTo(sealedText), "never twice the same");
    }

    [Test]
    public void What_is_sealed_together_is_opened_one_by_one_and_never_looks_alike()
    {
        var vault = new Vault([First]);
        var texts = new byte[][] { [1, 2, 3], [1, 2, 3], [] };
        var sealedTexts = vault.SealEach("contact", texts);
        Assert.That(sealedTexts.Select(s => vault.OpenBytes("contact", s)), Is.EqualTo(texts));
        Assert.That(sealedTexts.Select(s => Convert.ToHexString(s, Vault.HeaderLength, 12)).Distinct().Count(), Is.EqualTo(3), "no nonce is used twice");
        Assert.That(vault.SealEach("contact", []), Is.Empty);
    }

    [Test]
    public void Every_changed_byte_is_noticed([Range(0, 39)] int position)
    {
        var vault = new Vault([First]);
        var sealedText = vault.Seal("contact", "王小明");
        sealedText[position % sealedText.Length] ^= 1;
        Assert.Catch<CryptographicException>(() => vault.Open("contact", sealedText));
    }

    [Test]
    public void The_newest_key_seals_and_the_older_ones_still_open()
    {
        var before = new Vault([First]);
        var old = before.Seal("contact", "旧");
        var after = new Vault([First, Second]);
        var fresh = after.Seal("contact", "新");

        Assert.That((after.Open("contact", old), after.Open("contact", fresh)), Is.EqualTo(("旧", "新")));
        Assert.That(old.AsSpan(0, Vault.HeaderLength).SequenceEqual(before.Header), Is.True);
        Assert.That(fresh.AsSpan(0, Vault.HeaderLength).SequenceEqual(after.Header), Is.True);
        Assert.That(before.Header, Is.Not.EqualTo(after.Header));
        Assert.Throws<CryptographicException>(() => before.Open("contact", fresh));
        Assert.That(after.Hash("query-code", "x"), Is.EqualTo(before.Hash("query-code", "x")), "codes and printed tokens stay what they are");
    }

    [Test]
    public void A_process_that_runs_learns_of_a_new_key_when_it_meets_it()
    {
        IReadOnlyList<byte[]> file = [First];
        var running = new Vault(file, () => file);
        file = [First, Second];
        Assert.That(running.Open("contact", new Vault(file).Seal("contact", "新")), Is.EqualTo("新"));
        Assert.That(running.Header, Is.EqualTo(new Vault(file).Header), "and seals with it from then on");
    }

    [Test]
    public void What_was_sealed_before_keys_had_names_is_opened()
    {
        // Version 1: the version, nonce, tag, text; the version is what was authenticated beside it.
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, First, 32, info: "seal:contact"u8.ToArray());
        var sealedText = new byte[1 + 12 + 16 + 3];
        sealedText[0] = 1;
        RandomNumberGenerator.Fill(sealedText.AsSpan(1, 12));
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(sealedText.AsSpan(1, 12), "old"u8, sealedText.AsSpan(29), sealedText.AsSpan(13, 16), [1]);

        Assert.That(new Vault([First, Second]).Open("contact", sealedText), Is.EqualTo("old"));
    }

    [Test]
    public void Keys_have_32_bytes_and_there_is_one_at_least()
    {
        Assert.Throws<ArgumentException>(() => _ = new Vault([]));
        Assert.Throws<ArgumentException>(() => _ = new Vault([First, [1, 2, 3]]));
        Assert.Throws<CryptographicException>(() => new Vault([First]).Open("contact", [2, 0]));
        Assert.Throws<CryptographicException>(() => new Vault([First]).Open("contact", []));
    }
}

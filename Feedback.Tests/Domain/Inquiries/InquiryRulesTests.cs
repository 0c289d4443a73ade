using System.Text;
using Feedback.Domain.Inquiries;

namespace Feedback.Tests.Domain.Inquiries;

internal sealed class InquiryRulesTests
{
    private static readonly byte[] Dot = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Test]
    public void A_whole_PNG_is_one() => Assert.That(SignaturePicture.IsPng(Dot), Is.True);

    [Test]
    public void What_only_begins_like_a_PNG_is_none()
    {
        Assert.That(SignaturePicture.IsPng(Dot.AsSpan(0, 40)), Is.False, "cut off");
        Assert.That(SignaturePicture.IsPng([.. Dot, .. "<script>"u8]), Is.False, "something behind its end");
        Assert.That(SignaturePicture.IsPng([.. Dot.AsSpan(0, 8), .. Dot.AsSpan(33)]), Is.False, "no header");
        Assert.That(SignaturePicture.IsPng(Encoding.UTF8.GetBytes("GIF89a and no picture at all")), Is.False);
        Assert.That(SignaturePicture.IsPng([]), Is.False);
        var lying = (byte[])Dot.Clone();
        lying[8] = 0xFF;
        Assert.That(SignaturePicture.IsPng(lying), Is.False, "a chunk longer than the file");
    }

    [Test]
    public void Numbers_name_hall_day_and_place() =>
        Assert.That(
            (OneTimeNotice.Number("H1", new DateOnly(2026, 11, 22), 7), OneTimeNotice.Later("GZ-H1-20261122-0007", 2)),
            Is.EqualTo(("GZ-H1-20261122-0007", "GZ-H1-20261122-0007-2")));

    [Test]
    public void The_hash_is_plain_SHA_256() =>
        Assert.That(Convert.ToHexStringLower(OneTimeNotice.Hash("abc")), Is.EqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));

    [Test]
    public void A_guide_without_its_promise_is_refused()
    {
        Assert.That(() => ServiceGuide.Parse("""{"legalBasis":"x","fee":"y","materials":[],"procedure":[]}"""), Throws.InstanceOf<System.Text.Json.JsonException>());
        Assert.That(ServiceGuide.Parse("""{"promise":"3wd","legalBasis":"x","fee":"y","materials":[],"procedure":[]}""").Promise.ToString(), Is.EqualTo("3wd"));
    }
}

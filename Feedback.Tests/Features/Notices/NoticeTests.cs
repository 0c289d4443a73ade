using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Notices;

internal sealed class NoticeTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task The_bell_rings_for_whom_a_case_concerns_until_they_looked()
    {
        var number = await App.FileComplaint("A01");
        var head = await App.SignedIn("head-si");
        var bell = await head.GetJson("/api/v1/notices");
        Assert.That(((int)bell["unread"]!, (string?)bell["items"]![0]!["caseNumber"]), Is.EqualTo((1, number)));

        Assert.That((await head.PostJson("/api/v1/notices/read", null)).Status, Is.EqualTo(204));
        Assert.That((int)(await head.GetJson("/api/v1/notices"))["unread"]!, Is.Zero);
        Assert.That((int)(await (await App.SignedIn("head-em")).GetJson("/api/v1/notices"))["unread"]!, Is.Zero);
        Assert.That((await App.Client.GetJson("/api/v1/notices")).Status, Is.EqualTo(401));
    }
}

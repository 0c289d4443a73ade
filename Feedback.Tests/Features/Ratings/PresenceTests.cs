using System.Data.Common;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Ratings;

/// <summary>What the window's screen proves, and that nothing is lost without it.</summary>
internal sealed class PresenceTests(Engine engine) : SliceTest(engine)
{
    [TestCase("2026-11-16T10:00:59", 1)]
    [TestCase("2026-11-16T10:01:00", 0)]
    public async Task The_code_of_the_screen_proves_a_rating_until_the_step_after_it_ends(string then, int proved)
    {
        var presence = await App.PresenceCode("A01");
        App.Clock.Now = TestApp.Local(then);

        Assert.That((await Rate("A01", presence)).Status, Is.EqualTo(201));
        Assert.That(await Counts(), Is.EqualTo((1, proved)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("12345")]
    [TestCase("abcdef")]
    [TestCase("58712345.AAAABBBBCCCCDDDDEEEEFFFFGG")]
    public async Task A_wrong_code_refuses_no_rating(string? presence)
    {
        Assert.That((await Rate("A01", presence)).Status, Is.EqualTo(201));
        Assert.That(await Counts(), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_code_proves_nothing_at_another_window()
    {
        Assert.That((await Rate("A02", await App.PresenceCode("A01"))).Status, Is.EqualTo(201));
        Assert.That(await Counts(), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_code_ends_when_the_windows_code_is_issued_anew()
    {
        var presence = await App.PresenceCode("A01");
        using var supervisor = await App.SignedIn("supervisor");
        await supervisor.PostJson("/api/v1/windows/A01/token", null);

        await Rate("A01", presence);
        Assert.That(await Counts(), Is.EqualTo((1, 0)));
        await Rate("A01", await App.PresenceCode("A01"));
        Assert.That(await Counts(), Is.EqualTo((2, 1)));
    }

    [Test]
    public async Task One_code_proves_everybody_at_the_window_but_each_device_once()
    {
        var presence = await App.PresenceCode("A01");
        foreach (var (device, ticket, proved) in new[] { ("phone-1", "A001", 1), ("phone-2", "A002", 2), ("phone-1", "A003", 2) })
        {
            Assert.That((await Rate("A01", presence, device, ticket)).Status, Is.EqualTo(201));
            Assert.That((await Counts()).Proved, Is.EqualTo(proved), ticket);
        }

        App.Clock.Now = TestApp.Local("2026-11-16T10:00:30");
        await Rate("A01", await App.PresenceCode("A01"), "phone-1", "A004");
        Assert.That(await Counts(), Is.EqualTo((4, 3)), "the next code counts for the same phone");
    }

    [Test]
    public async Task What_a_rating_was_proved_by_is_final()
    {
        await Rate("A01", await App.PresenceCode("A01"));
        Assert.That(() => App.Sql<int>("update rating set presence = null"), Throws.InstanceOf<DbException>().With.Message.Contain("never edited"));
        Assert.That(await Counts(), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_repeated_request_is_one_proved_rating()
    {
        var body = new { window = await App.Token("A01"), grade = 5, presence = await App.PresenceCode("A01") };
        var first = await App.Client.PostJson("/api/v1/ratings", body, "key-1");
        App.Clock.Now = TestApp.Local("2026-11-16T11:00");
        var second = await App.Client.PostJson("/api/v1/ratings", body, "key-1");

        Assert.That((string?)second["id"], Is.EqualTo((string?)first["id"]));
        Assert.That(await Counts(), Is.EqualTo((1, 1)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Staff_see_whether_a_bad_rating_was_given_at_the_window(bool there)
    {
        await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 1, presence = there ? await App.PresenceCode("A01") : "000000" });
        var number = await App.Sql<string>("select case_number from bad_rating");
        using var head = await App.SignedIn("head-si");
        Assert.That((bool?)(await head.GetJson($"/api/v1/cases/{number}/rating"))["atWindow"], Is.EqualTo(there));
    }

    private async Task<(int All, int Proved)> Counts() =>
        (await App.Sql<int>("select count(*) from rating"), await App.Sql<int>("select count(*) from rating where presence is not null"));

    private async Task<Answer> Rate(string window, string? presence, string? device = null, string? ticket = null)
    {
        using var client = new HttpClient { BaseAddress = App.Address };
        if (device is not null) client.DefaultRequestHeaders.Add("X-Device", device);
        return await client.PostJson("/api/v1/ratings", new { window = await App.Token(window), grade = 5, ticket, presence });
    }
}

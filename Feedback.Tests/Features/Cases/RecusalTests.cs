using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Cases;

/// <summary>Whoever is complained about, and everyone below them, does not know of the case (回避).</summary>
internal sealed class RecusalTests(Engine engine) : SliceTest(engine)
{
    [TestCase("Window", "head-si", "handler", "Hall")]
    [TestCase("UnitHead", "supervisor", "handler head-si", "Supervisor")]
    [TestCase("HallSupervisor", "leader", "handler head-si head-em supervisor", "Director")]
    public async Task The_case_goes_one_level_above_whoever_it_is_about(string against, string responsible, string hidden, string lane)
    {
        var number = await File(new { window = await App.Token("A01"), about = "Rudeness", text = "态度恶劣", against });

        var seen = await (await App.SignedIn(responsible)).GetJson($"/api/v1/cases/{number}");
        Assert.That((seen.Status, (string?)seen["lane"], (string?)seen["against"]), Is.EqualTo((200, lane, against)));
        Assert.That(await App.Sql<string>("select responsible from case_file where case_number = @number", new { number }), Is.EqualTo(responsible));
        Assert.That((await App.Query("select login from notice")).Select(r => (string?)r["login"]), Is.EqualTo(new[] { responsible }));
        Assert.That((await (await App.SignedIn("inspector")).GetJson($"/api/v1/cases/{number}")).Status, Is.EqualTo(200));

        await App.MoveTo("2026-12-31T17:30");
        foreach (var login in hidden.Split(' '))
        {
            var client = await App.SignedIn(login);
            var there = await client.GetJson($"/api/v1/cases/{number}");
            var unknown = await client.GetJson("/api/v1/cases/20260101-000000");
            Assert.That((there.Status, there.Json!.ToJsonString().WithoutTrace()), Is.EqualTo((404, unknown.Json!.ToJsonString().WithoutTrace())), login);
            Assert.That((await client.GetJson("/api/v1/cases"))["items"]!.AsArray(), Is.Empty, login);
            Assert.That((await client.GetJson("/api/v1/notices"))["items"]!.AsArray(), Is.Empty, login);
        }
    }

    [Test]
    public async Task The_gravest_lane_wins()
    {
        var number = await File(new { window = await App.Token("A01"), about = "Gifts", text = "收礼", against = "UnitHead" });
        Assert.That((await (await App.SignedIn("supervisor")).GetJson($"/api/v1/cases/{number}")).Status, Is.EqualTo(404));
        Assert.That((string?)(await (await App.SignedIn("inspector")).GetJson($"/api/v1/cases/{number}"))["lane"], Is.EqualTo("Sealed"));
    }

    [TestCase("head-si", "supervisor")]
    [TestCase("supervisor", "leader")]
    public async Task A_head_who_sits_at_the_window_is_complained_about_even_where_the_citizen_does_not_say_so(string sits, string responsible)
    {
        await App.Sql<int>("update staff set window_code = 'A01' where login = @sits", new { sits });
        var number = await File(new { window = await App.Token("A01"), about = "Rudeness", text = "态度恶劣" });

        Assert.That((await (await App.SignedIn(sits)).GetJson($"/api/v1/cases/{number}")).Status, Is.EqualTo(404));
        Assert.That(await App.Sql<string>("select responsible from case_file where case_number = @number", new { number }), Is.EqualTo(responsible));

        var other = await File(new { window = await App.Token("A02"), about = "Rudeness", text = "态度恶劣" });
        Assert.That((await (await App.SignedIn(sits)).GetJson($"/api/v1/cases/{other}")).Status, Is.EqualTo(200), "of the window beside it they know");
    }

    [Test]
    public async Task Whoever_comes_to_sit_at_a_window_no_longer_sees_the_complaints_about_it()
    {
        var number = await File(new { window = await App.Token("A01"), about = "Rudeness", text = "态度恶劣" });
        var head = await App.SignedIn("head-si");
        Assert.That((await head.GetJson($"/api/v1/cases/{number}")).Status, Is.EqualTo(200));

        await App.Sql<int>("update staff set window_code = 'A01' where login = 'head-si'");
        Assert.That((await head.GetJson($"/api/v1/cases/{number}")).Status, Is.EqualTo(404));
        Assert.That((await head.GetJson("/api/v1/cases"))["items"]!.AsArray(), Is.Empty);
        Assert.That((await head.PostJson($"/api/v1/cases/{number}/acceptance", null)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_bad_rating_of_the_window_where_the_head_sits_goes_past_the_head()
    {
        await App.Sql<int>("update staff set window_code = 'A01' where login = 'head-si'");
        Assert.That((await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 1, tags = new[] { "115" }, ticket = "A7" })).Status, Is.EqualTo(201));

        Assert.That((await (await App.SignedIn("head-si")).GetJson("/api/v1/cases"))["items"]!.AsArray(), Is.Empty);
        Assert.That((await (await App.SignedIn("supervisor")).GetJson("/api/v1/cases"))["items"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [TestCase("Nobody", 400)]
    [TestCase("2", 400)]
    [TestCase("UnitHead", 201)]
    public async Task Only_the_three_can_be_complained_about(string against, int status) =>
        Assert.That((await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "x", against })).Status, Is.EqualTo(status));

    [Test]
    public async Task Reading_a_sealed_case_is_an_event_once_in_a_quarter_of_an_hour()
    {
        var number = await App.FileComplaint("A01", "Gifts");
        var ordinary = await App.FileComplaint("A01");
        var inspector = await App.SignedIn("inspector");
        for (var i = 0; i < 3; i++)
        {
            await inspector.GetJson($"/api/v1/cases/{number}");
            await inspector.GetJson($"/api/v1/cases/{ordinary}");
        }

        Assert.That((await App.Query("select case_number, actor from case_event where kind = 'Read'")).Select(r => ((string?)r["case_number"], (string?)r["actor"])), Is.EqualTo(new[] { ((string?)number, (string?)"inspector") }));
        App.Clock.Now += TimeSpan.FromMinutes(16);
        var seen = await inspector.GetJson($"/api/v1/cases/{number}");
        Assert.That(await App.Sql<int>("select count(*) from case_event where kind = 'Read'"), Is.EqualTo(2));
        Assert.That(seen["history"]!.AsArray().Count(h => (string?)h!["kind"] == "Read"), Is.EqualTo(1), "the one before this reading");
        Assert.That((await inspector.GetJson("/api/v1/audit/verification")).Json!.ToJsonString(), Does.Contain("\"breaks\":[]"));

        await (await App.SignedIn("supervisor")).GetJson($"/api/v1/cases/{number}");
        Assert.That(await App.Sql<int>("select count(*) from case_event where kind = 'Read'"), Is.EqualTo(2), "who may not see it has not read it");
    }

    private async Task<string> File(object complaint)
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", complaint);
        Assert.That(filed.Status, Is.EqualTo(201), filed.Json?.ToJsonString());
        return (string)filed["caseNumber"]!;
    }
}

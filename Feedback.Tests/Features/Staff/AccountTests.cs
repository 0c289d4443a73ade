using System.Net.Http.Headers;
using Feedback.Domain.Staff;
using Feedback.Features.Staff;
using Feedback.Tests.Harness;
using Feedback.Tests.Web.Console;

namespace Feedback.Tests.Features.Staff;

/// <summary>Sessions, tokens and accounts: what each sees of their own, and what the administrator may do to others.</summary>
internal sealed class AccountTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task Everybody_sees_and_ends_their_own_sessions()
    {
        using var here = await ConsoleClient.SignedIn(App, "supervisor");
        using var there = await ConsoleClient.SignedIn(App, "supervisor");
        using var other = await ConsoleClient.SignedIn(App, "leader");
        Assert.That((await here.GetJson("/api/v1/account/sessions")).Json!.AsArray(), Has.Count.EqualTo(2));

        Assert.That(await here.Delete("/api/v1/account/sessions"), Is.EqualTo(204));
        Assert.That((await here.GetJson("/api/v1/cases")).Status, Is.EqualTo(200));
        Assert.That((await there.GetJson("/api/v1/cases")).Status, Is.EqualTo(401));
        Assert.That((await other.GetJson("/api/v1/cases")).Status, Is.EqualTo(200));

        var theirs = (string)(await other.GetJson("/api/v1/account/sessions")).Json![0]!["id"]!;
        Assert.That(await here.Delete("/api/v1/account/sessions/" + theirs), Is.EqualTo(404), "another's session is none of mine");
        Assert.That((await other.GetJson("/api/v1/cases")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_token_opens_what_its_scopes_and_its_owners_role_allow()
    {
        using var inspector = await ConsoleClient.SignedIn(App, "inspector");
        using var figures = Bearer(await inspector.PostJson("/api/v1/tokens", new { label = "月报", days = 30, scopes = new[] { "Statistics" } }));
        Assert.That((await figures.GetJson("/api/v1/statistics/monthly?month=2026-11")).Status, Is.EqualTo(200));
        Assert.That((await figures.GetJson("/api/v1/cases")).Status, Is.EqualTo(403));
        Assert.That((await figures.GetJson("/api/v1/audit/verification")).Status, Is.EqualTo(403));

        using var wide = Bearer(await inspector.PostJson("/api/v1/tokens", new { label = "全部", days = 30 }));
        Assert.That((await wide.GetJson("/api/v1/cases")).Status, Is.EqualTo(200));
        Assert.That((await wide.PostJson("/api/v1/tokens", new { label = "再来", days = 30 })).Status, Is.EqualTo(403), "no token makes tokens");
        Assert.That((await wide.GetJson("/api/v1/account/sessions")).Status, Is.EqualTo(403));

        using var head = await ConsoleClient.SignedIn(App, "head-si");
        using var beyond = Bearer(await head.PostJson("/api/v1/tokens", new { label = "越权", days = 30, scopes = new[] { "Audit" } }));
        Assert.That((await beyond.GetJson("/api/v1/audit/verification")).Status, Is.EqualTo(403), "a scope gives no right that the role has not");
        Assert.That((await head.PostJson("/api/v1/tokens", new { label = "无此", days = 30, scopes = new[] { "Everything" } })).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_token_is_listed_with_its_last_use_and_is_dead_when_revoked()
    {
        using var inspector = await ConsoleClient.SignedIn(App, "inspector");
        using var program = Bearer(await inspector.PostJson("/api/v1/tokens", new { label = "月报", days = 30, scopes = new[] { "Statistics" } }));
        Assert.That((await inspector.GetJson("/api/v1/account/tokens")).Json![0]!["usedOn"], Is.Null);
        await program.GetJson("/api/v1/statistics/monthly?month=2026-11");
        var listed = (await inspector.GetJson("/api/v1/account/tokens")).Json![0]!;
        Assert.That(((string?)listed["label"], (string?)listed["usedOn"]), Is.EqualTo(("月报", "2026-11-16")));

        using var leader = await ConsoleClient.SignedIn(App, "leader");
        Assert.That(await leader.Delete($"/api/v1/account/tokens/{(string)listed["id"]!}"), Is.EqualTo(404));
        Assert.That(await inspector.Delete($"/api/v1/account/tokens/{(string)listed["id"]!}"), Is.EqualTo(204));
        Assert.That((await program.GetJson("/api/v1/statistics/monthly?month=2026-11")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task The_administrator_closes_an_account_and_opens_it_again_but_not_their_own()
    {
        using var admin = await ConsoleClient.SignedIn(App, "admin");
        using var leader = await ConsoleClient.SignedIn(App, "leader");
        using var program = Bearer(await leader.PostJson("/api/v1/tokens", new { label = "月报", days = 30 }));
        Assert.That((await admin.PostJson("/api/v1/staff/leader/deactivation", null)).Status, Is.EqualTo(204));
        Assert.That((await leader.GetJson("/api/v1/cases")).Status, Is.EqualTo(401));
        Assert.That((await program.GetJson("/api/v1/cases")).Status, Is.EqualTo(401));

        Assert.That((await admin.PostJson("/api/v1/staff/leader/reactivation", null)).Status, Is.EqualTo(204));
        Assert.That((await leader.GetJson("/api/v1/cases")).Status, Is.EqualTo(401), "the session was ended");
        Assert.That((await program.GetJson("/api/v1/cases")).Status, Is.EqualTo(401), "the token was withdrawn");
        using var again = await ConsoleClient.SignedIn(App, "leader");
        Assert.That((await again.GetJson("/api/v1/cases")).Status, Is.EqualTo(200));

        Assert.That((await admin.PostJson("/api/v1/staff/admin/deactivation", null)).Status, Is.GreaterThanOrEqualTo(400));
        Assert.That((await admin.PostJson("/api/v1/staff/nobody/deactivation", null)).Status, Is.EqualTo(404));
        Assert.That((await leader.PostJson("/api/v1/staff/handler/deactivation", null)).Status, Is.EqualTo(401));
        Assert.That((await again.PostJson("/api/v1/staff/handler/deactivation", null)).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task The_administrator_takes_a_lost_second_factor_away_and_its_sessions_end()
    {
        using var admin = await ConsoleClient.SignedIn(App, "admin");
        using var inspector = await ConsoleClient.SignedIn(App, "inspector");
        Assert.That(await admin.Delete("/api/v1/staff/inspector/second-factor"), Is.EqualTo(204));
        Assert.That((await inspector.GetJson("/api/v1/cases")).Status, Is.EqualTo(401));
        using var next = new ConsoleClient(App);
        await next.Get("/console/sign-in");
        Assert.That((await next.Post("/console/sign-in", ("login", "inspector"), ("password", "feedback-demo"))).Location, Does.StartWith("/console/sign-in/second-factor"));
        Assert.That(await admin.Delete("/api/v1/staff/admin/second-factor"), Is.GreaterThanOrEqualTo(400), "not one's own");
    }

    [Test]
    public async Task The_list_of_accounts_says_nothing_that_opens_one()
    {
        using var admin = await ConsoleClient.SignedIn(App, "admin");
        var list = await admin.GetJson("/api/v1/staff");
        Assert.That(list["items"]!.AsArray().Select(s => (string?)s!["login"]), Does.Contain("inspector").And.Contain("handler"));
        Assert.That(list.Json!.ToJsonString(), Does.Not.Contain("hash").And.Not.Contain("secret").IgnoreCase);
        using var leader = await ConsoleClient.SignedIn(App, "leader");
        Assert.That((await leader.GetJson("/api/v1/staff")).Status, Is.EqualTo(403));
    }

    [TestCase("short", "password_too_short")]
    [TestCase("password12", null)]
    [TestCase("1234567890", null)]
    [TestCase("newcomer-01", null)]
    public async Task A_password_that_anybody_would_guess_is_refused(string password, string? code)
    {
        var refused = await App.Send(new CreateStaff("newcomer-01", "新人", Role.Admin, null, null, null, password));
        Assert.That(refused.Refusal, Is.Not.Null);
        if (code is not null) Assert.That(refused.Refusal!.Errors.Select(e => e.Code), Does.Contain(code));
        Assert.That((await App.Send(new CreateStaff("newcomer-01", "新人", Role.Admin, null, null, null, "蓝天白云-7-河流清澈"))).Refusal, Is.Null);
    }

    private HttpClient Bearer(Answer issued)
    {
        Assert.That(issued.Status, Is.EqualTo(201), issued.Json?.ToJsonString());
        var client = new HttpClient { BaseAddress = App.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)issued["token"]!);
        return client;
    }
}

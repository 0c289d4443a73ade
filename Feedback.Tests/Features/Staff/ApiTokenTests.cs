using System.Net.Http.Headers;
using Feedback.Tests.Harness;
using Feedback.Tests.Web.Console;

namespace Feedback.Tests.Features.Staff;

internal sealed class ApiTokenTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task A_token_is_good_until_it_expires()
    {
        var issued = await (await ConsoleClient.SignedIn(App, "inspector")).PostJson("/api/v1/tokens", new { label = "报表", days = 30 });
        Assert.That(issued.Status, Is.EqualTo(201));
        using var program = new HttpClient { BaseAddress = App.Address };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)issued["token"]!);

        Assert.That((await program.GetJson("/api/v1/cases")).Status, Is.EqualTo(200));
        App.Clock.Now = App.Clock.Now.AddDays(30).AddMilliseconds(-1);
        Assert.That((await program.GetJson("/api/v1/cases")).Status, Is.EqualTo(200));
        App.Clock.Now = App.Clock.Now.AddMilliseconds(1);
        var expired = await program.GetJson("/api/v1/cases");
        Assert.That((expired.Status, expired.Code), Is.EqualTo((401, "sign_in_required")));
    }

    [Test]
    public async Task A_token_ends_with_its_owners_account()
    {
        var program = await App.SignedIn("inspector");
        await App.Sql<int>("update staff set active = 0 where login = 'inspector'");

        Assert.That((await program.GetJson("/api/v1/cases")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task A_token_is_stored_as_a_hash_only()
    {
        var issued = await (await ConsoleClient.SignedIn(App, "inspector")).PostJson("/api/v1/tokens", new { label = "报表", days = 30 });

        var stored = await App.Query("select hash from api_token");
        Assert.That(stored.Select(r => Convert.ToHexStringLower((byte[])r["hash"]!)), Has.None.Contains(((string)issued["token"]!)[3..]));
    }

    [TestCase("{\"label\":\"\",\"days\":1}", "label")]
    [TestCase("{\"label\":\"x\",\"days\":0}", "days")]
    [TestCase("{\"label\":\"x\",\"days\":366}", "days")]
    public async Task A_bad_request_for_a_token_is_refused_by_name(string body, string field)
    {
        var refused = await (await ConsoleClient.SignedIn(App, "inspector")).PostRaw("/api/v1/tokens", body);
        Assert.That((refused.Status, refused["errors"]?[field] is not null), Is.EqualTo((400, true)));
    }

    [TestCase("Bearer nonsense")]
    [TestCase("Bearer ")]
    public async Task A_wrong_token_is_refused(string header)
    {
        Assert.That((await App.Client.GetJson("/api/v1/cases", ("Authorization", header))).Status, Is.EqualTo(401));
    }
}

using Feedback.Tests.Harness;
using Feedback.Tests.Web;
using Feedback.Tests.Web.Console;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Feedback.Tests.Http;

/// <summary>Limits so low that a handful of requests meets them; they fill up again by the machine's own clock, one request in seconds.</summary>
internal sealed class RateLimitTests(Engine engine) : SliceTest(engine)
{
    private const int Few = 3;

    protected override void Configure(WebApplicationBuilder builder) => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Limits:WritesOfDevice"] = "3",
        ["Limits:WritesOfNetwork"] = "6",
        ["Limits:ReadsOfDevice"] = "3",
        ["Limits:SignInsOfNetwork"] = "3",
        ["Limits:CallsOfToken"] = "3",
    });

    [Test]
    public async Task A_device_that_rates_too_often_is_told_when_to_come_back_and_another_goes_on()
    {
        for (var n = 0; n < Few; n++) Assert.That((await Rate("one", n)).Status, Is.EqualTo(201));
        var refused = await Rate("one", Few);

        Assert.That((refused.Status, refused.Code), Is.EqualTo((429, "too_many_requests")));
        Assert.That(refused.Response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(refused.Response.Headers.RetryAfter?.Delta, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)).And.LessThanOrEqualTo(TimeSpan.FromMinutes(1)));
        Assert.That((await Rate("two", Few + 1)).Status, Is.EqualTo(201));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(Few + 1), "what was refused was not stored");
    }

    [Test]
    public async Task A_network_is_limited_whatever_its_devices_call_themselves()
    {
        for (var n = 0; n < 6; n++) Assert.That((await Rate($"device {n}", n)).Status, Is.EqualTo(201));
        Assert.That((await Rate("another", 6)).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task On_a_page_the_refusal_is_a_sentence_in_the_reader_s_language()
    {
        for (var n = 0; n < Few; n++) Assert.That((await App.Client.GetPage("/track", "feedback-device=one")).Status, Is.EqualTo(200));
        var (refused, english) = (await App.Client.GetPage("/track", "feedback-device=one"), await App.Client.GetPage("/track?lang=en-GB", "feedback-device=one"));

        Assert.That((refused.Status, english.Status), Is.EqualTo((429, 429)));
        Assert.That(refused.Text, Does.Contain("操作太频繁").And.Contain("秒后再试"));
        Assert.That(english.Text, Does.Contain("Too many requests.").And.Contain("Please try again in"));
        Assert.That((await App.Client.GetPage("/track", "feedback-device=two")).Status, Is.EqualTo(200));
        Assert.That((await App.Client.GetPage("/citizen.css", "feedback-device=one")).Status, Is.EqualTo(200), "the page has its looks");
    }

    [Test]
    public async Task Passwords_cannot_be_tried_without_end()
    {
        using var visitor = new ConsoleClient(App);
        await visitor.Get("/console/sign-in");
        for (var n = 0; n < Few; n++) Assert.That((await visitor.Post("/console/sign-in", ("login", "supervisor"), ("password", $"wrong {n}"))).Status, Is.EqualTo(403));
        Assert.That((await visitor.Post("/console/sign-in", ("login", "supervisor"), ("password", "feedback-demo"))).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task A_token_has_a_limit_of_its_own()
    {
        using var one = await App.SignedIn("supervisor");
        using var two = await App.SignedIn("supervisor");
        for (var n = 0; n < Few; n++) Assert.That((await one.GetJson("/api/v1/cases")).Status, Is.EqualTo(200));

        Assert.That((await one.GetJson("/api/v1/cases")).Status, Is.EqualTo(429));
        Assert.That((await two.GetJson("/api/v1/cases")).Status, Is.EqualTo(200));
        Assert.That((await App.Client.GetJson("/health/live")).Status, Is.EqualTo(200));
    }

    private async Task<Answer> Rate(string device, int ticket)
    {
        using var client = new HttpClient { BaseAddress = App.Address };
        client.DefaultRequestHeaders.Add("X-Device", device);
        return await client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 5, ticket = $"T-{ticket}" });
    }
}

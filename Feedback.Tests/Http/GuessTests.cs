using System.Diagnostics;
using Feedback.Tests.Harness;
using Feedback.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Feedback.Tests.Http;

/// <summary>Query codes and receipts cannot be guessed: wrong ones tell nothing and cost ever more time.</summary>
internal sealed class GuessTests(Engine engine) : SliceTest(engine)
{
    private const string Wrong = "0000-0000-0000";
    private const string Unknown = "20261116-000000";

    protected override void Configure(WebApplicationBuilder builder)
    {
        if (TestContext.CurrentContext.Test.MethodName!.Contains("told_apart", StringComparison.Ordinal)) return;
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Limits:GuessesOfDevice"] = "10", ["Limits:GuessesOfNetwork"] = "100" });
    }

    [Test]
    public async Task A_wrong_code_an_unknown_number_and_a_sealed_case_cannot_be_told_apart()
    {
        var numbers = new[] { Unknown, await App.FileComplaint("A01"), await App.FileComplaint("A01", "Gifts"), await App.FileComplaint("A01", receiver: "Discipline") };
        using var client = App.Citizen(Wrong);
        var (read, asked, pages) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var number in numbers)
        {
            read.Add(await Whole(await client.GetAsync($"/api/v1/complaints/{number}"), number));
            asked.Add(await Whole((await client.PostJson($"/api/v1/complaints/{number}/reminder", null)).Response, number));
            pages.Add(await Whole((await App.Client.PostForm("/track", ("number", number), ("code", Wrong), ("key", "k"))).Response, number));
        }

        foreach (var answers in new[] { read, asked, pages })
        {
            Assert.That(answers[0], Does.StartWith("404"));
            Assert.That(answers.Distinct().Count(), Is.EqualTo(1), string.Join("\n\n", answers));
        }
    }

    [Test]
    public async Task Nor_can_they_be_told_apart_by_their_time()
    {
        var numbers = new[] { Unknown, await App.FileComplaint("A01"), await App.FileComplaint("A01", "Gifts") };
        using var client = App.Citizen(Wrong);
        var times = numbers.Select(_ => new List<double>()).ToList();
        for (var round = -30; round < 200; round++)
        {
            for (var i = 0; i < numbers.Length; i++)
            {
                var began = Stopwatch.GetTimestamp();
                using var answer = await client.GetAsync($"/api/v1/complaints/{numbers[(i + round + 30) % numbers.Length]}");
                if (round >= 0) times[(i + round + 30) % numbers.Length].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        var sorted = times.Select(t => t.Order().ToList()).ToList();
        var medians = sorted.Select(t => t[t.Count / 2]).ToList();
        var spread = sorted.Min(t => t[t.Count * 9 / 10] - t[t.Count / 10]);
        Assert.That(medians.Max() - medians.Min(), Is.LessThan(spread / 2), $"medians {string.Join(", ", medians)} ms, from the 10th to the 90th percentile {spread} ms");
    }

    [Test]
    public async Task The_eleventh_try_waits_right_or_wrong_longer_each_time_and_another_device_gets_in()
    {
        var found = await TestCase.File(App);
        for (var n = 0; n < 10; n++) Assert.That((await Track("one", found.Number, Wrong)).Status, Is.EqualTo(404));

        foreach (var seconds in new[] { 5, 10, 20, 40, 80, 160, 320, 640, 900, 900 })
        {
            foreach (var code in new[] { Wrong, found.Code })
            {
                var slowed = await Track("one", found.Number, code);
                Assert.That((slowed.Status, slowed.Code), Is.EqualTo((429, "too_many_wrong_codes")));
                Assert.That(slowed.Response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
            }

            Assert.That((await Track("two", found.Number, found.Code)).Status, Is.EqualTo(200));
            Assert.That((await App.Client.GetJson($"/api/v1/complaints/{found.Number}", ("X-Query-Code", found.Code))).Status, Is.EqualTo(200), "who has no name is of the network");
            App.Clock.Now += TimeSpan.FromSeconds(seconds);
            Assert.That((await Track("one", found.Number, Wrong)).Status, Is.EqualTo(404));
        }

        App.Clock.Now += TimeSpan.FromMinutes(15);
        Assert.That((await Track("one", found.Number, found.Code)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Wrong_codes_are_forgotten_after_ten_minutes_and_right_ones_never_count()
    {
        var found = await TestCase.File(App);
        for (var n = 0; n < 9; n++) Assert.That((await Track("one", found.Number, Wrong)).Status, Is.EqualTo(404));
        for (var n = 0; n < 20; n++) Assert.That((await Track("one", found.Number, found.Code)).Status, Is.EqualTo(200));
        App.Clock.Now += TimeSpan.FromMinutes(11);
        for (var n = 0; n < 9; n++) Assert.That((await Track("one", found.Number, Wrong)).Status, Is.EqualTo(404));
        Assert.That((await Track("one", found.Number, found.Code)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_network_is_slowed_down_too_whatever_its_devices_call_themselves()
    {
        var found = await TestCase.File(App);
        for (var n = 0; n < 100; n++) Assert.That((await Track($"device {n}", found.Number, Wrong)).Status, Is.EqualTo(404));
        Assert.That((await Track("another", found.Number, found.Code)).Status, Is.EqualTo(429));

        App.Clock.Now += TimeSpan.FromSeconds(5);
        Assert.That((await Track("another", found.Number, found.Code)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Many_tries_at_once_are_no_way_around_the_count()
    {
        var found = await TestCase.File(App);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Track("one", found.Number, Wrong)));
        Assert.That(answers.Count(a => a.Status == 404), Is.EqualTo(10));
        Assert.That(answers.Count(a => a.Status == 429), Is.EqualTo(50));
    }

    [TestCase("/track")]
    [TestCase("/track/acknowledgement")]
    [TestCase("/r")]
    [TestCase("/api/v1/complaints/20261116-000000/materials", "{\"text\":\"x\"}")]
    [TestCase("/api/v1/complaints/20261116-000000/appeal", "{\"text\":\"x\"}")]
    [TestCase("/api/v1/complaints/20261116-000000/verdict", "{\"solved\":true}")]
    [TestCase("/api/v1/complaints/20261116-000000/withdrawal", "{}")]
    [TestCase("/api/v1/complaints/20261116-000000/reminder", "{}")]
    [TestCase("/api/v1/ratings/AAAA-BBBB/supplement", "{\"comment\":\"x\"}")]
    [TestCase("/api/v1/first-contacts/20261116-000000/acknowledgement", "{}")]
    [TestCase("/api/v1/one-time-notices/GZ-H1-20261116-0009/acknowledgement", "{}")]
    public async Task Every_endpoint_that_a_code_opens_counts_and_waits(string path, string? body = null)
    {
        using var client = App.Citizen(Wrong);
        client.DefaultRequestHeaders.Add("X-Device", "one");
        for (var n = 0; n < 10; n++) Assert.That(await Try(), Is.EqualTo(404));
        Assert.That(await Try(), Is.EqualTo(429));
        Assert.That((await Track("one", Unknown, Wrong)).Status, Is.EqualTo(429), "one count for all endpoints");

        async Task<int> Try() => body is null
            ? (await client.PostForm(path, ("number", Unknown), ("code", Wrong), ("receipt", Wrong))).Status
            : (await client.PostRaw(path, body)).Status;
    }

    [Test]
    public async Task A_page_says_how_long_to_wait_and_sends_the_same_again()
    {
        using var client = new HttpClient { BaseAddress = App.Address };
        client.DefaultRequestHeaders.Add("X-Device", "one");
        for (var n = 0; n < 10; n++) await client.PostForm("/track", ("number", Unknown), ("code", Wrong));
        var slowed = await client.PostForm("/track", ("number", Unknown), ("code", Wrong), ("command", "AddMaterial"), ("material", "写了很久的话"));

        Assert.That(slowed.Status, Is.EqualTo(429));
        Assert.That(slowed.Text, Does.Contain("输错的次数太多").And.Contain("请 5 秒后再试").And.Contain("value=\"写了很久的话\""));
    }

    private async Task<Answer> Track(string device, string number, string code)
    {
        using var client = App.Citizen(code);
        client.DefaultRequestHeaders.Add("X-Device", device);
        return await client.GetJson($"/api/v1/complaints/{number}");
    }

    /// <summary>All that came back, but the date; the number that was asked for is the same for all.</summary>
    private static async Task<string> Whole(HttpResponseMessage answer, string number)
    {
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key != "Date").Select(h => $"{h.Key}: {string.Join(", ", h.Value)}");
        return ($"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n{await answer.Content.ReadAsStringAsync()}").WithoutTrace().Replace(number, "NUMBER", StringComparison.Ordinal);
    }
}

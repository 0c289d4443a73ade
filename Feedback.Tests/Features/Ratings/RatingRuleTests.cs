using System.Data.Common;
using Feedback.Features.Maintenance;
using Feedback.Features.Ratings;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Ratings;

/// <summary>Supplements, what one device may do, and the order of service and rating.</summary>
internal sealed class RatingRuleTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task A_rating_is_supplemented_once_and_both_are_kept()
    {
        var receipt = await Receipt(new { window = await App.Token("A01"), grade = 2, comment = "等了很久" });
        var added = await Supplement(receipt, new { grade = 5, comment = "后来解决了" });
        var again = await Supplement(receipt, new { grade = 1 });

        Assert.That((added.Status, (string?)added["addedAt"]), Is.EqualTo((201, "2026-11-16T10:00:00+08:00")));
        Assert.That((again.Status, again.Code), Is.EqualTo((409, "rating_already_supplemented")));
        Assert.That(await App.Sql<int>("select count(*) from rating r join rating_supplement s on s.rating_id = r.id where r.grade = 2 and r.comment = '等了很久' and s.grade = 5 and s.comment = '后来解决了'"), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'Rating'"), Is.EqualTo(1), "the indicators count the rating alone");
    }

    [TestCase("ticket_malformed", "A1", "13800000000", null, true)]
    [TestCase("ticket_malformed", "A1\n", "13800000000", null, false)]
    [TestCase("contact_phone_malformed", "A1", "13800000000\n", null, false)]
    [TestCase("text_malformed", "A1", null, "王\u0000", false)]
    public async Task Codes_end_without_a_line_end_and_names_are_text(string code, string ticket, string? phone, string? name, bool accepted)
    {
        var answer = await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 5, ticket, contact = new { name, phone } });
        Assert.That((answer.Status, answer.Code), Is.EqualTo(accepted ? (201, null) : (400, code)));
    }

    [TestCase(100, 201)]
    [TestCase(101, 400)]
    [TestCase(10_000, 400)]
    public async Task Too_many_tags_are_one_error(int count, int status)
    {
        var answer = await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 5, tags = Enumerable.Repeat(status == 201 ? "517" : "", count) });
        Assert.That((answer.Status, answer.Code), Is.EqualTo((status, status == 201 ? null : "tags_too_many")));
        Assert.That(answer["errors"]?.AsObject().Count ?? 0, Is.EqualTo(status == 201 ? 0 : 1));
    }

    [TestCase("👨‍👩‍👧‍👦", 150, true)]
    [TestCase("👨‍👩‍👧‍👦", 151, false)]
    [TestCase("e\u0301\u0323", 150, true)]
    [TestCase("\u0301", 2400, true)]
    [TestCase("\u0301", 2401, false)]
    public async Task A_character_is_one_however_it_is_composed_unless_it_is_piled_up(string character, int times, bool accepted)
    {
        var comment = string.Concat(Enumerable.Repeat(character, times));
        var answer = await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 5, comment });
        Assert.That((answer.Status, answer.Code), Is.EqualTo(accepted ? (201, null) : (400, "text_too_long")));
        Assert.That(await App.Sql<string>("select comment from rating"), Is.EqualTo(accepted ? comment : null));
    }

    [TestCase("2026-12-16T23:59:59", 201, null)]
    [TestCase("2026-12-17T00:00:00", 409, "supplement_too_late")]
    public async Task A_supplement_has_thirty_days(string then, int status, string? code)
    {
        var receipt = await Receipt(new { window = await App.Token("A01"), grade = 4 });
        App.Clock.Now = TestApp.Local(then);
        var added = await Supplement(receipt, new { comment = "补充" });
        Assert.That((added.Status, added.Code), Is.EqualTo((status, code)));
    }

    [Test]
    public async Task A_supplement_says_something_short_about_a_rating_that_is_there()
    {
        var receipt = await Receipt(new { window = await App.Token("A01"), grade = 4 });
        var refused = new[]
        {
            await Supplement("0000-0000", new { grade = 5 }), await Supplement(receipt, new { comment = " " }), await Supplement(receipt, new { grade = 6 }),
            await Supplement(receipt, new { comment = new string('好', 151) }),
        };

        Assert.That(refused.Select(r => (r.Status, r.Code)), Is.EqualTo(new[] { (404, "rating_unknown"), (400, "supplement_empty"), (400, "grade_out_of_range"), (400, "text_too_long") }));
        Assert.That(await App.Sql<int>("select count(*) from rating_supplement"), Is.Zero);
    }

    [Test]
    public async Task A_supplement_is_final()
    {
        await Supplement(await Receipt(new { window = await App.Token("A01"), grade = 4 }), new { grade = 5 });
        Assert.That(() => App.Sql<int>("update rating_supplement set grade = 1"), Throws.InstanceOf<DbException>().With.Message.Contain("never edited"));
        Assert.That(() => App.Sql<int>("delete from rating_supplement"), Throws.InstanceOf<DbException>().With.Message.Contain("never deleted"));
        Assert.That(await App.Sql<int>("select grade from rating_supplement"), Is.EqualTo(5));
    }

    [Test]
    public async Task Of_many_that_come_at_once_each_ticket_and_each_device_counts_once_and_each_is_told_in_its_language()
    {
        var window = await App.Token("A01");
        using var chinese = Phone("zh");
        using var english = Phone("en");
        var sent = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => (n % 2 == 0 ? chinese : english).PostJson(
            "/api/v1/ratings",
            n % 3 == 0 ? new { window, grade = 5, ticket = "A001" } : n % 3 == 1 ? new { window, grade = 5 } : (object)new { window, grade = 5, comment = new string('好', 151) },
            $"key-{n}")));

        Assert.That(sent.Select(s => (s.Status, s.Code)).CountBy(s => s), Is.EquivalentTo(new Dictionary<(int, string?), int>
        {
            [(201, null)] = 2,
            [(409, "ticket_already_rated")] = 19,
            [(429, "device_rated_this_window")] = 19,
            [(400, "text_too_long")] = 20,
        }));
        Assert.That(sent.Select((s, n) => (s, n)).Where(s => s.s.Status == 400).Select(s => ((string)s.s["errors"]!["comment"]![0]!).Any(c => c > 0x3000) == (s.n % 2 == 0)), Is.All.True);
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(2));

        HttpClient Phone(string language) => new() { BaseAddress = App.Address, DefaultRequestHeaders = { { "X-Device", "phone-1" }, { "Accept-Language", language } } };
    }

    [TestCase("2026-11-16T10:29:59", 429, "device_rated_this_window")]
    [TestCase("2026-11-16T10:30:00", 201, null)]
    public async Task A_device_rates_a_window_again_after_half_an_hour(string then, int status, string? code)
    {
        Assert.That((await Rate("A01", "phone-1")).Status, Is.EqualTo(201));
        App.Clock.Now = TestApp.Local(then);
        var again = await Rate("A01", "phone-1");
        Assert.That((again.Status, again.Code), Is.EqualTo((status, code)));
    }

    [Test]
    public async Task Another_device_another_window_and_a_ticket_are_other_services()
    {
        var answers = new[] { await Rate("A01", "phone-1"), await Rate("A01", "phone-2"), await Rate("B01", "phone-1"), await Rate("A01", "phone-1", "A012"), await Rate("A01", null), await Rate("A01", null) };
        Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(201));
    }

    [Test]
    public async Task A_device_rates_three_times_a_day()
    {
        foreach (var hour in new[] { 10, 11, 12 })
        {
            App.Clock.Now = TestApp.Local($"2026-11-16T{hour}:00");
            Assert.That((await Rate("A01", "phone-1")).Status, Is.EqualTo(201));
        }

        App.Clock.Now = TestApp.Local("2026-11-16T23:59:59");
        var fourth = await Rate("B01", "phone-1");
        Assert.That((fourth.Status, fourth.Code), Is.EqualTo((429, "device_rated_enough_today")));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(3));

        App.Clock.Now = TestApp.Local("2026-11-17T00:00:00");
        Assert.That((await Rate("B01", "phone-1")).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task The_page_names_a_device_and_holds_it_to_the_limit()
    {
        var page = "/w/" + await App.Token("A01");
        using var phone = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = App.Address };
        var cookies = (await phone.GetAsync(page)).Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("feedback-device=", StringComparison.Ordinal));
        Assert.That(cookies, Does.Contain("httponly").And.Contain("samesite=lax"));

        Assert.That((int)(await phone.PostAsync(page, Grade("5"))).StatusCode, Is.EqualTo(303));
        var again = await phone.PostAsync(page, Grade("4"));
        Assert.That((int)again.StatusCode, Is.EqualTo(429));
        Assert.That(await again.Content.ReadAsStringAsync(), Does.Contain("您刚刚评价过这个窗口"));

        using var other = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = App.Address };
        await other.GetAsync(page);
        Assert.That((int)(await other.PostAsync(page, Grade("3"))).StatusCode, Is.EqualTo(303));

        static FormUrlEncodedContent Grade(string grade) => new(new Dictionary<string, string> { ["grade"] = grade });
    }

    [Test]
    public async Task Device_and_network_are_hashes_with_a_short_life()
    {
        await Rate("A01", "phone-1");
        Assert.That(await App.Sql<byte[]>("select device_hash from rating_trace"), Has.Length.EqualTo(32));
        Assert.That(await App.Sql<byte[]>("select network_hash from rating_trace"), Has.Length.EqualTo(32));

        await App.Send(new JudgeRatings());
        App.Clock.Now = TestApp.Local("2026-11-23T10:00:00");
        Assert.That((await App.Send(new PurgeRatingTraces())).Value, Is.Zero);
        App.Clock.Now = TestApp.Local("2026-11-23T10:00:01");
        Assert.That((await App.Send(new PurgeRatingTraces())).Value, Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(1), "the rating stays");
    }

    [TestCase("2026-11-16T10:00:00+08:00", 201, null)]
    [TestCase("2026-11-16T10:00:01+08:00", 400, "rated_before_service")]
    public async Task A_rating_does_not_precede_its_service(string servedAt, int status, string? code)
    {
        var answer = await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 5, servedAt });
        Assert.That((answer.Status, answer.Code), Is.EqualTo((status, code)));
        Assert.That(await App.Sql<int>("select count(*) from rating where served_at is not null"), Is.EqualTo(status == 201 ? 1 : 0));
    }

    private async Task<Answer> Rate(string window, string? device, string? ticket = null)
    {
        using var client = new HttpClient { BaseAddress = App.Address };
        if (device is not null) client.DefaultRequestHeaders.Add("X-Device", device);
        return await client.PostJson("/api/v1/ratings", new { window = await App.Token(window), grade = 5, ticket });
    }

    private async Task<string> Receipt(object rating) => (string)(await App.Client.PostJson("/api/v1/ratings", rating))["receipt"]!;

    private Task<Answer> Supplement(string receipt, object body) => App.Client.PostJson($"/api/v1/ratings/{receipt}/supplement", body);
}

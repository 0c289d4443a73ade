using System.Data.Common;
using System.Text.Json.Nodes;
using Feedback.Features.Maintenance;
using Feedback.Features.Ratings;
using Feedback.Features.Statistics;
using Feedback.Schedule;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Ratings;

/// <summary>Suspected praise: flagged after arrival, decided once by an inspector, and both ways in the figures.</summary>
internal sealed class RatingFlagTests(Engine engine) : SliceTest(engine)
{
    private const string Long = "窗口同志耐心细致,一次性告知到位,办事又快又好。";

    [Test]
    public async Task Praise_of_one_device_is_flagged_also_what_came_first_and_once()
    {
        for (var n = 1; n <= 4; n++) await Rate(ticket: $"T{n}", device: "staff-1");
        await Judge();
        Assert.That(await Flags(), Is.Empty, "four are a family");

        await Rate(ticket: "T5", device: "staff-1");
        await Rate(ticket: "T6", device: "phone-2");
        await Judge();
        await Judge();

        var flags = await Flags();
        Assert.That(flags, Has.Count.EqualTo(5));
        Assert.That(flags.Select(f => (string?)f!["reasons"]![0]!["words"]!["zh"]), Is.All.EqualTo("同一台设备 24 小时内给这个窗口 5 条好评。"));
        Assert.That(flags.Select(f => f!["reasons"]!.AsArray().Count), Is.All.EqualTo(1));

        await Rate(ticket: "T7", device: "staff-1");
        await Judge();
        Assert.That((await Flags()).Select(f => (string?)f!["reasons"]![0]!["words"]!["en"]).Distinct(), Is.EquivalentTo(new[] { "One device gave this window 5 good ratings within 24 hours.", "One device gave this window 6 good ratings within 24 hours." }), "a reason stays as it was found");
    }

    [TestCase(5, 5)]
    [TestCase(4, 5)]
    [TestCase(3, 0)]
    [TestCase(1, 0)]
    public async Task Only_praise_is_ever_flagged(int grade, int flagged)
    {
        for (var n = 1; n <= 5; n++) await Rate(grade, ticket: $"T{n}", device: "staff-1");
        await Judge();
        Assert.That(await Flags(), Has.Count.EqualTo(flagged));
    }

    [Test]
    public async Task The_same_long_text_three_times_is_flagged_and_a_short_one_is_not()
    {
        foreach (var comment in new[] { Long, "很好", "很好", Long.Replace(",", "\uFF0C", StringComparison.Ordinal), "很好!", $"{Long}!" })
        {
            App.Clock.Now = App.Clock.Now.AddSeconds(1);
            await Rate(comment: comment, device: Guid.NewGuid().ToString());
        }

        await Judge();
        Assert.That((await Flags()).Select(f => ((string?)f!["comment"], (string?)f["reasons"]![0]!["signal"])), Is.EqualTo(new[] { ($"{Long}!", "SameText"), (Long.Replace(",", "\uFF0C", StringComparison.Ordinal), "SameText"), (Long, "SameText") }), "newest first");
    }

    [Test]
    public async Task A_rating_in_the_night_is_flagged_and_one_in_the_day_is_not()
    {
        await Rate();
        App.Clock.Now = TestApp.Local("2026-11-16T23:15");
        await Rate();
        await Judge();
        Assert.That((string?)(await Flags()).Single()!["reasons"]![0]!["words"]!["zh"], Is.EqualTo("11月16日(周一)23:15给出,不在开放时间(09:00-12:00,13:30-17:30,开门前放宽 15 分钟,关门后放宽 30 分钟)。"));
    }

    [Test]
    public async Task Ten_in_three_minutes_are_a_burst_and_nine_are_not()
    {
        for (var n = 0; n < 9; n++) await Step();
        await Judge();
        Assert.That(await Flags(), Is.Empty);

        await Step();
        await Judge();
        Assert.That((await Flags()).Select(f => (string?)f!["reasons"]![0]!["words"]!["zh"]), Is.EqualTo(Enumerable.Repeat("这个窗口 3 分钟内收到 10 条好评。", 10)));

        async Task Step()
        {
            App.Clock.Now = App.Clock.Now.AddSeconds(20);
            await Rate();
        }
    }

    [Test]
    public async Task Without_tickets_where_tickets_are_used()
    {
        for (var n = 0; n < 32; n++) await RateAt(n, $"T{n}", $"phone-{n}");
        foreach (var later in new[] { 60, 91, 122 }) await RateAt(later, null, "staff-1");
        await RateAt(150, null, "phone-90");
        await Judge();
        Assert.That((await Flags()).Select(f => (string?)f!["reasons"]![0]!["words"]!["zh"]), Is.EqualTo(Enumerable.Repeat("这个窗口此前 32 条好评中 32 条有取号单,同一台设备 168 小时内却有 3 条没有。", 3)));

        async Task RateAt(int minutes, string? ticket, string device)
        {
            App.Clock.Now = TestApp.Local("2026-11-16T09:00").AddMinutes(minutes);
            await Rate(ticket: ticket, device: device);
        }
    }

    [Test]
    public async Task The_list_shows_words_and_no_device_network_or_contact()
    {
        using var phone = Phone("staff-1");
        for (var n = 1; n <= 5; n++) await phone.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 5, ticket = $"TICKET{n}", contact = new { name = "张三", phone = "13800000000" } });
        await Judge();
        using var inspector = await App.SignedIn("inspector");
        var list = await inspector.GetJson("/api/v1/ratings/flags?size=3");

        Assert.That((list["items"]!.AsArray().Count, (int?)list["open"], (int?)list["confirmed"], (int?)list["dismissed"]), Is.EqualTo((3, 5, 0, 0)));
        Assert.That(await list.Response.Content.ReadAsStringAsync(), Does.Not.Contain("张三").And.Not.Contain("13800000000").And.Not.Contain("staff-1").And.Not.Contain("127.0.0.1").And.Not.Contain("hash").And.Not.Contain("TICKET"));
        var rest = await inspector.GetJson($"/api/v1/ratings/flags?state=open&size=3&cursor={(string?)list["next"]}");
        Assert.That((rest["items"]!.AsArray().Count, rest["next"]), Is.EqualTo((2, (JsonNode?)null)));
        Assert.That(rest["items"]!.AsArray().Concat(list["items"]!.AsArray()).Select(i => (string?)i!["id"]), Is.Unique);
    }

    [TestCase("supervisor")]
    [TestCase("head-si")]
    [TestCase("leader")]
    [TestCase("auditor")]
    [TestCase("admin")]
    public async Task Nobody_else_sees_or_decides(string login)
    {
        var id = await Suspected();
        using var other = await App.SignedIn(login);
        Assert.That((await other.GetJson("/api/v1/ratings/flags")).Status, Is.EqualTo(403));
        Assert.That((await other.PostJson($"/api/v1/ratings/{id}/flag-decision", new { confirmed = false, reason = "不是" })).Status, Is.EqualTo(403));
        Assert.That((await App.Client.GetJson("/api/v1/ratings/flags")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task A_dismissed_rating_counts_again_and_a_confirmed_one_does_not()
    {
        for (var n = 1; n <= 5; n++) await Rate(ticket: $"T{n}", device: "staff-1");
        await Rate(1);
        await Judge();
        Assert.That(await Figures(), Is.EqualTo(("6", 5L, 1L, "5/6", "0/1")), "headline with and without");

        using var inspector = await App.SignedIn("inspector");
        var ids = (await Flags()).Select(f => (string?)f!["id"]).ToList();
        Assert.That((await Decide(inspector, ids[0]!, false, "已向本人核实,确在窗口办事")).Status, Is.EqualTo(204));
        Assert.That((await Decide(inspector, ids[1]!, true, "系窗口人员本人手机")).Status, Is.EqualTo(204));

        Assert.That(await Figures(), Is.EqualTo(("6", 4L, 2L, "5/6", "1/2")));
        Assert.That(await Flags("open"), Has.Count.EqualTo(3));
        var dismissed = (await Flags("dismissed")).Single()!["decision"]!;
        Assert.That(((bool?)dismissed["confirmed"], (string?)dismissed["reason"], (string?)dismissed["by"], (string?)dismissed["at"]), Is.EqualTo((false, "已向本人核实,确在窗口办事", "纪检监察员", "2026-11-16T10:00:00+08:00")));
        Assert.That((await Flags("confirmed")).Select(f => (string?)f!["id"]), Is.EqualTo(new[] { ids[1] }));
        Assert.That(await Differences(), Is.Empty);

        await Rate(ticket: "T6", device: "staff-1");
        await Judge();
        Assert.That(await Flags("dismissed"), Has.Count.EqualTo(1), "what was decided stays decided");
        Assert.That(await Differences(), Is.Empty);
    }

    [Test]
    public async Task A_decision_is_made_once()
    {
        var id = await Suspected();
        using var inspector = await App.SignedIn("inspector");
        Assert.That((await Decide(inspector, id, false, "确有其人")).Status, Is.EqualTo(204));
        Assert.That((await Decide(inspector, id, false, "确有其人")).Status, Is.EqualTo(204), "the same again is no other decision");
        foreach (var (confirmed, reason) in new[] { (true, "确有其人"), (false, "改个说法") })
        {
            var other = await Decide(inspector, id, confirmed, reason);
            Assert.That((other.Status, other.Code), Is.EqualTo((409, "flag_decided")));
        }

        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'SuspectedPraise'"), Is.Zero);
        Assert.That(await Differences(), Is.Empty);
    }

    [Test]
    public async Task A_decision_needs_a_reason_and_a_suspicion()
    {
        var id = await Suspected();
        using var inspector = await App.SignedIn("inspector");
        await Rate(device: "phone-2");
        var honest = await App.Sql<byte[]>("select id from rating where id not in (select rating_id from rating_flag)");
        var refused = new[]
        {
            await Decide(inspector, id, true, " "), await Decide(inspector, id, null, "不是"), await Decide(inspector, Guid.NewGuid().ToString(), true, "不是"),
            await Decide(inspector, new Guid(honest!, bigEndian: true).ToString(), true, "不是"), await inspector.GetJson("/api/v1/ratings/flags?cursor=x"), await inspector.GetJson("/api/v1/ratings/flags?state=7"),
        };
        Assert.That(refused.Select(r => (r.Status, r.Code)), Is.EqualTo(new[] { (400, "reason_missing"), (400, "decision_missing"), (404, "flag_unknown"), (404, "flag_unknown"), (400, "cursor_malformed"), (400, "state_unknown") }));
        Assert.That(await App.Sql<int>("select count(*) from rating_flag_decision"), Is.Zero);
    }

    [Test]
    public async Task A_correction_stands_in_the_month_in_which_it_was_made()
    {
        App.Clock.Now = TestApp.Local("2026-11-30T23:50");
        await Rate();
        await Judge();
        App.Clock.Now = TestApp.Local("2026-12-01T09:30");
        using var inspector = await App.SignedIn("inspector");
        await Decide(inspector, (string)(await Flags()).Single()!["id"]!, false, "夜班工人,下班后评价");

        Assert.That(await App.Sql<int>("select n from daily_count where measure = 'SuspectedPraise' and local_day = '2026-11-30'"), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select n from daily_count where measure = 'SuspectedPraise' and local_day = '2026-12-01'"), Is.EqualTo(-1));
        foreach (var month in new[] { "2026-11", "2026-12" }) Assert.That((await App.Send(new Recount(month))).Value.Differences, Is.Empty);
    }

    [TestCase("update rating_flag set reason = ''")]
    [TestCase("delete from rating_flag")]
    [TestCase("update rating_flag_decision set confirmed = 1")]
    [TestCase("delete from rating_flag_decision")]
    public async Task Flags_and_decisions_are_final(string sql)
    {
        using var inspector = await App.SignedIn("inspector");
        await Decide(inspector, await Suspected(), false, "确有其人");
        Assert.That(() => App.Sql<int>(sql), Throws.InstanceOf<DbException>().With.Message.Contain(sql.StartsWith("update", StringComparison.Ordinal) ? "never edited" : "never deleted"));
        Assert.That(await App.Sql<int>("select count(*) from rating_flag_decision d join rating_flag f on f.rating_id = d.rating_id where d.confirmed = 0 and f.reason <> ''"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_nobody_judged_is_not_forgotten_and_what_was_judged_is_in_time()
    {
        await Rate(comment: Long);
        App.Clock.Now = TestApp.Local("2026-11-24T10:00");
        Assert.That((await App.Send(new PurgeRatingTraces())).Value, Is.Zero);
        await Judge();
        Assert.That((await App.Send(new PurgeRatingTraces())).Value, Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select count(*) from praise_trace"), Is.Zero, "text and network are forgotten with it");
    }

    [Test]
    public async Task Several_judges_at_once_flag_everything_once()
    {
        for (var n = 1; n <= 40; n++) await Rate(ticket: $"T{n}", device: $"staff-{n % 4}");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RecurringJobs.Get(nameof(JudgeRatings)).Run(App.Services, CancellationToken.None)));
        Assert.That(await App.Sql<int>("select count(*) from rating_trace where judged = 0"), Is.Zero);
        Assert.That(await App.Sql<int>("select count(*) from rating_flag where signal = 'SameDevice'"), Is.EqualTo(40));
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'SuspectedPraise'"), Is.EqualTo(40));
    }

    private async Task<string> Suspected()
    {
        App.Clock.Now = TestApp.Local("2026-11-16T22:00");
        await Rate(comment: "夜里评的");
        await Judge();
        return new Guid((await App.Sql<byte[]>("select rating_id from rating_flag"))!, bigEndian: true).ToString();
    }

    private async Task Rate(int grade = 5, string? ticket = null, string? comment = null, string? device = null)
    {
        using var phone = Phone(device);
        var rated = await phone.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade, ticket, comment });
        Assert.That(rated.Status, Is.EqualTo(201), rated.Json?.ToJsonString());
    }

    private HttpClient Phone(string? device)
    {
        var phone = new HttpClient { BaseAddress = App.Address };
        if (device is not null) phone.DefaultRequestHeaders.Add("X-Device", device);
        return phone;
    }

    private async Task Judge()
    {
        while ((await App.Send(new JudgeRatings())).Value.NextAt is not null)
        {
        }
    }

    private async Task<JsonArray> Flags(string state = "open")
    {
        using var inspector = await App.SignedIn("inspector");
        return (await inspector.GetJson($"/api/v1/ratings/flags?state={state}"))["items"]!.AsArray();
    }

    private static Task<Answer> Decide(HttpClient client, string id, bool? confirmed, string reason) => client.PostJson($"/api/v1/ratings/{id}/flag-decision", new { confirmed, reason });

    private async Task<(string Ratings, long Suspected, long Without, string Content, string ContentWithout)> Figures()
    {
        using var inspector = await App.SignedIn("inspector");
        var figures = (await inspector.GetJson("/api/v1/statistics/monthly?month=2026-11"))["headline"]!.AsArray().ToDictionary(f => (string)f!["code"]!, f => f!);
        string Share(string code) => $"{figures[code]["numerator"]}/{figures[code]["denominator"]}";
        return (figures["ratings"]["value"]!.ToJsonString(), (long)figures["suspected_praise"]["numerator"]!, (long)figures["ratings_without_suspected"]["numerator"]!, Share("satisfaction_rate"), Share("satisfaction_rate_without_suspected"));
    }

    private async Task<IReadOnlyList<Recount.Difference>> Differences() => (await App.Send(new Recount("2026-11"))).Value.Differences;
}

using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Features.Cases;
using Feedback.Features.Complaints;
using Feedback.Features.Ratings;
using Feedback.Features.Statistics;
using Feedback.Pipeline;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Statistics;

/// <summary>Two months that nobody planned, lived through with the product's own commands, over the turn of a month.</summary>
internal sealed class TwoMonthsTests(Engine engine) : SliceTest(engine)
{
    private static readonly string[] Windows = ["A01", "A02", "A03", "B01", "B02", "C01"];
    private static readonly Dictionary<char, string> Units = new() { ['A'] = "SI", ['B'] = "EM", ['C'] = "LR" };
    private static readonly int[] Steps = [1, 7, 45, 180, 600, 1500];

    private static readonly Actor Inspector = new("inspector", "", Role.Inspector, null, null, null);

    private readonly List<(string Number, Actor Owner)> _filed = [];
    private readonly List<(string Number, Actor Owner)> _accepted = [];

    protected override string Now => "2026-10-19T09:30";

    [Test]
    public async Task Counts_figures_and_raw_rows_agree_to_the_last_unit([Values(1, 2, 3)] int seed)
    {
        await Live(new Random(seed));

        foreach (var month in new[] { "2026-10", "2026-11" })
        {
            var recount = (await App.Send(new Recount(month))).Value;
            Assert.That(recount.Differences, Is.Empty);
            Assert.That(recount.Rows, Is.GreaterThan(30));
            foreach (var (login, hall, unit, upTo) in new[] { ("inspector", null, null, 3), ("auditor", null, null, 2), ("leader", "H1", null, 2), ("supervisor", "H1", null, 1), ("head-si", "H1", "SI", 0) })
            {
                using var client = await App.SignedIn(login);
                var raw = (await RawRows.Of(App, month)).Where(p => (hall ?? p.Hall) == p.Hall && (unit ?? p.Unit) == p.Unit, upTo);
                foreach (var by in MonthlyStatistics.Breakdowns) await Check(client, raw, upTo, month, by);
            }
        }
    }

    [Test]
    public async Task What_was_lived_through_has_something_of_everything()
    {
        await Live(new Random(1));

        Assert.That((await App.Query("select distinct measure, case when measure in ('CaseAccepted', 'CaseAnswered') then value else '' end from daily_count")).Count, Is.EqualTo(9));
        Assert.That((await App.Query("select distinct about from case_file where about <> 'BadRating'")).Count, Is.EqualTo(10));
        Assert.That((await App.Query("select distinct value from daily_count where measure = 'Escalation'")).Count, Is.EqualTo(5));
    }

    private static async Task Check(HttpClient client, RawRows raw, int upTo, string month, string by)
    {
        var report = await client.GetJson($"/api/v1/statistics/monthly?month={month}&by={by}");
        Assert.That(report.Status, Is.EqualTo(200));
        Assert.That(RawRows.Read(report["headline"]!), Is.EqualTo(Both(raw)), $"{month} headline");
        foreach (var row in report["rows"]!.AsArray())
        {
            var key = (string)row!["key"]!;
            var expected = by switch
            {
                "hall" => Both(raw.Where(p => p.Hall == key, upTo)),
                "unit" => Both(raw.Where(p => p.Unit == key, upTo)),
                "window" => Both(raw.Where(p => p.Window == key, upTo)),
                "item" => raw.OfItem(key).RatingFigures(),
                "channel" => raw.OfChannel(key).RatingFigures(),
                "tag" => raw.TagFigures(key),
                _ => raw.About(key).CaseFigures(),
            };
            Assert.That(RawRows.Read(row["figures"]!), Is.EqualTo(expected), $"{month} by {by}: {key}");
        }
    }

    private static Dictionary<string, (long?, long?, double?)> Both(RawRows raw) => raw.RatingFigures().Concat(raw.CaseFigures()).ToDictionary(f => f.Key, f => f.Value);

    private async Task Live(Random random)
    {
        var end = TestApp.Local("2026-11-20T18:00");
        var tokens = new Dictionary<string, string>();
        foreach (var window in Windows) tokens[window] = await App.Token(window);
        while (App.Clock.Now < end)
        {
            var window = random.GetItems(Windows, 1)[0];
            switch (random.Next(11))
            {
                case < 4:
                    await Rate(random, window, tokens[window]);
                    break;
                case < 6:
                    await Complain(random, window, tokens[window]);
                    break;
                case 6:
                    await Accept(random);
                    break;
                case 7:
                    await Answer(random);
                    break;
                case 8:
                    await Suspect(random);
                    break;
                default:
                    // Never on the minute: nothing that matters happens there.
                    var next = App.Clock.Now.AddMinutes(random.GetItems(Steps, 1)[0]).AddMilliseconds(random.Next(60_000));
                    await App.MoveTo(next.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture));
                    break;
            }
        }
    }

    private async Task Rate(Random random, string window, string token)
    {
        var (grade, unit) = (random.Next(1, 6), Units[window[0]]);
        string[] tags = random.Next(2) == 0 ? [] : [.. random.GetItems(Offered(grade), random.Next(1, 4)).Distinct()];
        var item = random.Next(3) == 0 ? null : $"{unit}-0{random.Next(1, 3)}";
        var rated = await App.Send(new RateService(token, grade, tags, Item: item, Ticket: random.Next(5) == 0 ? $"T{random.Next(5)}" : null) { Source = new RequestSource(null, "10.0.0.1") });
        Assert.That(rated.Refusal?.Code, Is.Null.Or.EqualTo("ticket_already_rated"));
    }

    /// <summary>What was rated is judged, and an inspector decides about one of those that look faked.</summary>
    private async Task Suspect(Random random)
    {
        Assert.That((await App.Send(new JudgeRatings())).Value.NextAt, Is.Null);
        var open = (await App.Send(new ListRatingFlags())).Value.Items;
        if (open.Count > 0) Assert.That((await App.Send(new DecideRatingFlag(Inspector, open[random.Next(open.Count)].Id, random.Next(2) == 0, "已核实"))).Refusal, Is.Null);
    }

    private async Task Complain(Random random, string window, string token)
    {
        var (about, receiver, against) = ((Prohibition)random.Next(10), (Receiver)random.Next(3), (Against)random.Next(3));
        var receipt = (await App.Send(new FileComplaint(token, about, receiver, "等了很久", Against: against))).Value;
        var owner = Routing.LaneOf(about, receiver, against) switch
        {
            Lane.Hall => new Actor($"head-{Units[window[0]].ToLowerInvariant()}", "", Role.UnitHead, "H1", Units[window[0]], null),
            Lane.Supervisor => new Actor("supervisor", "", Role.HallSupervisor, "H1", null, null),
            Lane.Director => new Actor("leader", "", Role.BureauLeader, "H1", null, null),
            _ => new Actor("inspector", "", Role.Inspector, null, null, null),
        };
        _filed.Add((receipt.CaseNumber, owner));
    }

    private async Task Accept(Random random)
    {
        if (_filed.Count == 0) return;
        var next = _filed[random.Next(_filed.Count)];
        Assert.That((await App.Send(new AcceptCase(next.Owner, next.Number))).Refusal, Is.Null);
        _filed.Remove(next);
        _accepted.Add(next);
    }

    private async Task Answer(Random random)
    {
        if (_accepted.Count == 0) return;
        var next = _accepted[random.Next(_accepted.Count)];
        Assert.That((await App.Send(new AnswerCase(next.Owner, next.Number, "已处理"))).Refusal, Is.Null);
        _accepted.Remove(next);
    }

    private static string[] Offered(int grade) => [.. Enumerable.Range(grade == 5 ? 10 : grade == 4 ? 6 : grade == 1 ? 8 : 7, 8).Select(n => $"{grade}{n:D2}")];
}

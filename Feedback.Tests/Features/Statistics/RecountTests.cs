using Feedback.Commands;
using Feedback.Domain.Staff;
using Feedback.Features.Cases;
using Feedback.Features.Statistics;
using Feedback.Tests.Harness;
using Spectre.Console;

namespace Feedback.Tests.Features.Statistics;

internal sealed class RecountTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task A_count_that_was_tampered_with_is_found_and_named()
    {
        await Rate("A01", 5);
        await Rate("B01", 2);
        Assert.That(await Differences(), Is.Empty);

        await App.Sql<int>("update daily_count set n = 7 where window_code = 'A01'");
        await App.Sql<int>("delete from daily_count where window_code = 'B01'");
        await App.Sql<int>("insert into daily_count (local_day, measure, value, hall_code, department_code, window_code, item_code, channel, about, lane, n) values ('2026-11-02', 'Rating', '5', 'H1', 'LR', 'C01', '', 3, '', 0, 4)");

        Assert.That((await Differences()).Select(d => (d.Key.LocalDay.Day, d.Key.Measure, d.Key.Value, d.Key.WindowCode, d.Stored, d.Recounted)), Is.EquivalentTo(new[]
        {
            (2, "Rating", "5", "C01", 4L, 0L),
            (16, "Rating", "5", "A01", 7L, 1L),
            (16, "Rating", "2", "B01", 0L, 1L),
        }));
    }

    [Test]
    public async Task A_difference_belongs_to_its_own_month()
    {
        await Rate("A01", 5);
        await App.Sql<int>("update daily_count set n = 7");

        Assert.That((await App.Send(new Recount("2026-10"))).Value.Differences, Is.Empty);
        Assert.That((await App.Send(new Recount("2026-12"))).Value.Differences, Is.Empty);
        Assert.That(await Differences(), Has.Count.EqualTo(1));
    }

    /// <summary>The database keeps milliseconds: a decision a few ticks after the due instant must not be late now and in time later.</summary>
    [TestCase(0, "InTime")]
    [TestCase(4_000, "InTime")]
    [TestCase(10_000, "Late")]
    public async Task An_acceptance_beside_the_due_instant_is_recounted_as_it_was_counted(int ticks, string expected)
    {
        var complaint = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "等了很久" });
        App.Clock.Now = DateTimeOffset.Parse((string)complaint["acceptBy"]!, null).AddTicks(ticks);
        Assert.That((await App.Send(new AcceptCase(new Actor("head-si", "", Role.UnitHead, "H1", "SI", null), (string)complaint["caseNumber"]!))).Refusal, Is.Null);

        Assert.That(await App.Sql<string>("select value from daily_count where measure = 'CaseAccepted'"), Is.EqualTo(expected));
        Assert.That(await Differences(), Is.Empty);
    }

    [TestCase("2026-13")]
    [TestCase("")]
    public async Task A_month_that_is_none_is_refused(string month) =>
        Assert.That((await App.Send(new Recount(month))).Refusal?.Code, Is.EqualTo("month_malformed"));

    [Test]
    public async Task The_command_ends_with_0_when_all_agree_and_with_1_and_a_table_when_not()
    {
        await Rate("A01", 5);
        Assert.That(await Command("recount", "2026-11"), Is.Zero);
        Assert.That(await Output(), Does.Contain("2026-11: 1 daily counts, every one equal"));

        await App.Sql<int>("update daily_count set n = 1234");
        Assert.That(await Command("recount", "2026-11"), Is.EqualTo(1));
        Assert.That(await Output(), Does.Contain("2026-11-16").And.Contain("A01").And.Contain("1234").And.Contain("1 of 1 daily counts differ"));
    }

    [Test]
    public async Task The_command_ends_with_2_when_there_is_nothing_to_compare() => Assert.That(await Command("recount", "November"), Is.EqualTo(2));

    private async Task Rate(string window, int grade) =>
        Assert.That((await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token(window), grade })).Status, Is.EqualTo(201));

    private async Task<IReadOnlyList<Recount.Difference>> Differences() => (await App.Send(new Recount("2026-11"))).Value.Differences;

    private Task<int> Command(params string[] args) => CommandLine.Run(Template.Builder(App.Database.Provider, App.Database.ConnectionString), args);

    private async Task<string> Output()
    {
        await using var text = new StringWriter();
        await RecountMonth.Run(App.Services, "2026-11", AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) }));
        return text.ToString();
    }
}

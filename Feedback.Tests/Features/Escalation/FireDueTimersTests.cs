using Feedback.Features.Escalation;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Escalation;

internal sealed class FireDueTimersTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task Each_step_fires_at_its_instant_and_not_a_moment_before()
    {
        var number = await App.FileComplaint("A01");
        await App.MoveTo("2026-11-17T17:29:59.999");
        Assert.That(await Steps(number), Is.EqualTo(new[] { 0L }), "the warning only");

        await App.MoveTo("2026-11-17T17:30");
        Assert.That(await Steps(number), Is.EqualTo(new[] { 0L, 1 }));
        await App.MoveTo("2026-11-18T17:29:59.999");
        Assert.That(await Steps(number), Is.EqualTo(new[] { 0L, 1 }));
        await App.MoveTo("2026-11-18T17:30");
        Assert.That(await Steps(number), Is.EqualTo(new[] { 0L, 1, 2 }));
        await App.MoveTo("2026-11-20T17:30");
        Assert.That(await Steps(number), Is.EqualTo(new[] { 0L, 1, 2, 3 }));
        await App.MoveTo("2026-11-24T17:30");
        Assert.That(await Steps(number), Is.EqualTo(new[] { 0L, 1, 2, 3, 4 }));
    }

    [Test]
    public async Task The_ladder_is_written_into_the_history_in_its_order_and_each_rung_is_told()
    {
        var number = await App.FileComplaint("A01");
        await App.MoveTo("2026-11-24T17:30");
        var seen = await (await App.SignedIn("inspector")).GetJson($"/api/v1/cases/{number}");

        var history = seen["history"]!.AsArray().Select(e => (Kind: (string?)e!["kind"], Step: (string?)e["detail"]!["step"], To: string.Join(',', e["detail"]!["recipients"]?.AsArray().Select(r => (string?)r) ?? [])));
        Assert.That(history, Is.EqualTo(new[]
        {
            ("Filed", null, ""),
            ("Warned", "Yellow", "head-si"),
            ("Escalated", "UnitHead", "head-si"),
            ("Escalated", "HallSupervisor", "head-si,supervisor"),
            ("Escalated", "BureauLeader", "head-si,leader"),
            ("Escalated", "DisciplineInspection", "head-si,inspector"),
        }));
        Assert.That(((string?)seen["light"], (string?)seen["step"]), Is.EqualTo(("Red", "DisciplineInspection")));
        Assert.That(await App.Sql<int>("select count(*) from notice where case_number = @number and login = 'supervisor'", new { number }), Is.EqualTo(1));
    }

    [Test]
    public async Task After_a_long_sleep_everything_overdue_fires_once_and_in_order()
    {
        var number = await App.FileComplaint("A01");
        App.Clock.Now = TestApp.Local("2026-12-31T10:00");

        Assert.That((await App.Send(new FireDueTimers())).Value.Fired, Is.EqualTo(5));
        Assert.That((await App.Send(new FireDueTimers())).Value.Fired, Is.Zero);
        var events = await App.Query("select detail from case_event where case_number = @number and kind = 'Escalated' order by seq", new { number });
        Assert.That(events.Select(e => (string)e["detail"]!), Is.EqualTo(events.Select(e => (string)e["detail"]!).OrderBy(d => Array.FindIndex(["UnitHead", "HallSupervisor", "BureauLeader", "DisciplineInspection"], s => d.Contains($"\"step\":\"{s}\"", StringComparison.Ordinal)))));
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'Escalation'"), Is.EqualTo(5));
    }

    [Test]
    public async Task Eight_sweeps_at_once_fire_each_step_once()
    {
        for (var i = 0; i < 30; i++) await App.FileComplaint(i % 2 == 0 ? "A01" : "B01");
        App.Clock.Now = TestApp.Local("2026-12-31T10:00");
        var sweeps = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => App.Send(new FireDueTimers()))));

        Assert.That(sweeps.Sum(s => s.Value.Fired), Is.EqualTo(150));
        Assert.That(await App.Sql<int>("select count(*) from case_event where kind in ('Warned', 'Escalated')"), Is.EqualTo(150));
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'Escalation'"), Is.EqualTo(150));
    }

    [Test]
    public async Task More_than_a_set_is_finished_without_waiting()
    {
        for (var i = 0; i < 101; i++) await App.FileComplaint("A01");
        App.Clock.Now = TestApp.Local("2026-12-31T10:00");

        var first = (await App.Send(new FireDueTimers())).Value;
        Assert.That(first.Fired, Is.EqualTo(500));
        Assert.That(first.NextDueAt, Is.LessThanOrEqualTo(App.Clock.Now), "the schedule comes back at once");
        Assert.That((await App.Send(new FireDueTimers())).Value.Fired, Is.EqualTo(5));
    }

    [Test]
    public async Task The_sweep_says_when_the_next_step_is_due()
    {
        Assert.That((await App.Send(new FireDueTimers())).Value.NextDueAt, Is.Null);
        await App.FileComplaint("A01");
        Assert.That((await App.Send(new FireDueTimers())).Value.NextDueAt, Is.EqualTo(TestApp.Local("2026-11-17T16:12")), "nine tenths of 360 + 420 opening minutes");
    }

    [Test]
    public async Task A_sealed_case_climbs_inside_discipline_inspection()
    {
        var number = await App.FileComplaint("A01", "Gifts");
        await App.MoveTo("2026-12-31T10:00");

        Assert.That(await App.Sql<int>("select count(*) from notice where case_number = @number and login <> 'inspector'", new { number }), Is.Zero);
        Assert.That(await App.Sql<int>("select count(*) from notice where case_number = @number and login = 'inspector'", new { number }), Is.EqualTo(6));
    }

    private async Task<IEnumerable<long>> Steps(string number) =>
        (await App.Query("select step from case_timer where case_number = @number and outcome = 'Fired' order by step", new { number })).Select(r => Convert.ToInt64(r["step"], System.Globalization.CultureInfo.InvariantCulture));
}

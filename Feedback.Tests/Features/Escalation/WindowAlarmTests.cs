using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Escalation;

/// <summary>Three red cases of one window within 30 days go to discipline inspection at once.</summary>
internal sealed class WindowAlarmTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task The_third_red_of_a_window_goes_to_inspection_at_once()
    {
        await App.FileComplaint("A01");
        await App.FileComplaint("A01");
        await App.FileComplaint("A02");
        await App.MoveTo("2026-11-17T17:30");
        Assert.That(await Alarms(), Is.Empty, "two of one window and one of another");

        await App.MoveTo("2026-11-18T10:00");
        var third = await App.FileComplaint("A01");
        await App.MoveTo("2026-11-19T17:29:59");
        Assert.That(await Alarms(), Is.Empty);
        await App.MoveTo("2026-11-19T17:30");

        Assert.That(await Alarms(), Is.EqualTo(new[] { "A01 2026-11-19T17:30:00+08:00 3" }));
        Assert.That(await App.Sql<string>("select login from notice where kind = 'WindowAlarm' and case_number = @third", new { third }), Is.EqualTo("inspector"));
    }

    [Test]
    public async Task A_red_is_part_of_one_alarm_only()
    {
        for (var i = 0; i < 5; i++) await App.FileComplaint("A01");
        await App.MoveTo("2026-11-24T17:30");
        Assert.That(await Alarms(), Is.EqualTo(new[] { "A01 2026-11-17T17:30:00+08:00 5" }), "all that turned red in one instant, and nothing for the later steps");

        for (var i = 0; i < 2; i++) await App.FileComplaint("A01");
        await App.MoveTo("2026-11-30T17:30");
        Assert.That(await Alarms(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Reds_that_lie_more_than_thirty_days_apart_are_no_alarm()
    {
        await App.FileComplaint("A01");
        await App.FileComplaint("A01");
        await App.MoveTo("2026-12-17T17:00");
        await App.FileComplaint("A01");
        await App.MoveTo("2026-12-31T17:30");
        Assert.That(await Alarms(), Is.Empty);
    }

    [Test]
    public async Task Eight_sweeps_at_once_raise_one_alarm()
    {
        for (var i = 0; i < 3; i++) await App.FileComplaint("A01");
        App.Clock.Now = TestApp.Local("2026-12-31T10:00");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => App.Send(new Feedback.Features.Escalation.FireDueTimers()))));
        Assert.That(await Alarms(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Nobody_in_the_hall_learns_of_an_alarm()
    {
        await App.FileComplaint("A01", "Gifts");
        await App.FileComplaint("A01");
        var third = await App.FileComplaint("A01");
        await App.MoveTo("2026-11-17T17:30");
        Assert.That(await Alarms(), Has.Count.EqualTo(1), "the sealed case counts");

        Assert.That(await App.Sql<int>("select count(*) from notice where kind = 'WindowAlarm' and login <> 'inspector'"), Is.Zero);
        foreach (var login in new[] { "head-si", "supervisor", "leader" })
        {
            using var staff = await App.SignedIn(login);
            Assert.That((await staff.GetJson("/api/v1/alarms")).Status, Is.EqualTo(403), login);
            Assert.That((await staff.GetJson($"/api/v1/cases/{third}"))["history"]!.ToJsonString(), Does.Not.Contain("WindowAlarm"), login);
        }
    }

    private async Task<List<string>> Alarms()
    {
        using var inspector = await App.SignedIn("inspector");
        var alarms = await inspector.GetJson("/api/v1/alarms");
        return [.. alarms.Json!.AsArray().Select(a => $"{a!["window"]} {a["raisedAt"]} {a["cases"]!.AsArray().Count}")];
    }
}

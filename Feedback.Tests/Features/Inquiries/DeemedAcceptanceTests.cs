using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Inquiries;

/// <summary>Nothing told in five working days: the application of Monday the 16th counts as accepted from then. The time to tell ends on Monday the 23rd.</summary>
internal sealed class DeemedAcceptanceTests(Engine engine) : SliceTest(engine)
{
    private string _number = "";

    [SetUp]
    public async Task Apply() => _number = (await App.Apply()).Number;

    [Test]
    public async Task Unit_head_and_hall_supervisor_are_told_once_beside_the_escalation()
    {
        await App.MoveTo("2026-11-23T17:29:59");
        Assert.That(await App.Sql<int>("select count(*) from deemed_acceptance"), Is.Zero);
        await App.MoveTo("2026-11-23T17:30");
        await App.MoveTo("2026-11-25T10:00");

        Assert.That(await App.Sql<int>("select count(*) from case_event where kind = 'DeemedAccepted'"), Is.EqualTo(1));
        Assert.That((await App.Query("select login from notice where kind = 'DeemedAccepted' order by login")).Select(n => (string?)n["login"]), Is.EqualTo(new[] { "head-si", "supervisor" }));
        Assert.That(await App.Sql<int>("select count(*) from case_timer where outcome = 'Fired' and step = 1"), Is.EqualTo(1), "the ladder climbs all the same");
        Assert.That((string?)(await Seen())["state"], Is.EqualTo("Filed"), "the clock accepts nothing");
    }

    [Test]
    public async Task What_was_told_accepted_or_never_an_application_is_not_flagged()
    {
        await App.Tell(_number);
        var accepted = (await App.Apply()).Number;
        await (await App.SignedIn("handler")).PostJson($"/api/v1/cases/{accepted}/acceptance", null);
        await App.FileComplaint("A01");
        await App.MoveTo("2026-12-10T10:00");
        Assert.That(await App.Sql<int>("select count(*) from deemed_acceptance"), Is.Zero);
    }

    [Test]
    public async Task Confirmed_the_answer_clock_runs_from_the_day_the_materials_came()
    {
        await App.MoveTo("2026-11-25T10:00");
        Assert.That((await Decide("supervisor", new { confirmed = true })).Status, Is.EqualTo(204));

        var seen = await Seen();
        Assert.That(((string?)seen["state"], (string?)seen["dueAt"]), Is.EqualTo(("Accepted", "2026-12-07T17:30:00+08:00")), "fifteen working days from the 16th");
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'CaseAccepted' and value = 'Late'"), Is.EqualTo(1));
        Assert.That((await Decide("leader", new { confirmed = true })).Code, Is.EqualTo("case_already_accepted"));
    }

    [Test]
    public async Task Accepting_late_gains_nothing_either()
    {
        await App.MoveTo("2026-11-25T10:00");
        var accepted = await (await App.SignedIn("handler")).PostJson($"/api/v1/cases/{_number}/acceptance", null);
        Assert.That((string?)accepted["dueAt"], Is.EqualTo("2026-12-07T17:30:00+08:00"));
    }

    [Test]
    public async Task Not_confirmed_the_reason_is_recorded_and_a_notice_can_be_given_again()
    {
        await App.MoveTo("2026-11-25T10:00");
        Assert.That((await App.Tell(_number)).Code, Is.EqualTo("deemed_acceptance_pending"));
        Assert.That((await Decide("supervisor", new { confirmed = false })).Code, Is.EqualTo("reason_missing"));
        Assert.That((await Decide("supervisor", new { confirmed = false, reason = "当日口头告知,有录音" })).Status, Is.EqualTo(204));

        Assert.That(await App.Sql<string>("select reason from deemed_acceptance"), Is.EqualTo("当日口头告知,有录音"));
        Assert.That((string?)(await Seen())["state"], Is.EqualTo("Filed"));
        Assert.That((await Decide("leader", new { confirmed = true })).Code, Is.EqualTo("deemed_acceptance_not_flagged"));
        Assert.That((await App.Tell(_number)).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task Who_may_decide_and_when()
    {
        Assert.That((await Decide("supervisor", new { confirmed = true })).Code, Is.EqualTo("deemed_acceptance_not_flagged"));
        await App.MoveTo("2026-11-25T10:00");
        Assert.That((await Decide("handler", new { confirmed = true })).Code, Is.EqualTo("not_allowed"));
        Assert.That((await Decide("head-em", new { confirmed = true })).Code, Is.EqualTo("case_unknown"));
        Assert.That((await Decide("supervisor", new { })).Code, Is.EqualTo("decision_missing"));
        Assert.That((await Decide("leader", new { confirmed = true })).Status, Is.EqualTo(204));
    }

    [Test]
    public async Task Whoever_is_responsible_does_not_decide()
    {
        _number = (await App.Apply("supervisor")).Number;
        await App.MoveTo("2026-11-25T10:00");
        Assert.That((await Decide("supervisor", new { confirmed = true })).Code, Is.EqualTo("own_case"));
    }

    private async Task<Answer> Seen() => await (await App.SignedIn("handler")).GetJson($"/api/v1/cases/{_number}");

    private async Task<Answer> Decide(string login, object body) => await (await App.SignedIn(login)).PostJson($"/api/v1/cases/{_number}/deemed-acceptance", body);
}

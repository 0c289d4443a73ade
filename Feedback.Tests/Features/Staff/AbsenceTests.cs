using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Staff;

/// <summary>A/B 角: who is told and who works while somebody is away.</summary>
internal sealed class AbsenceTests(Engine engine) : SliceTest(engine)
{
    private static readonly object Week = new { firstDay = "2026-11-16", lastDay = "2026-11-20" };

    [Test]
    public async Task The_standing_deputy_is_told_and_sees_the_case_while_the_head_is_away()
    {
        using var head = await App.SignedIn("head-si");
        Assert.That((await head.PutJson("/api/v1/staff/head-si/deputy", new { deputy = "handler" })).Status, Is.EqualTo(204));
        Assert.That((string?)(await head.PostJson("/api/v1/staff/head-si/absences", Week))["deputy"], Is.EqualTo("handler"));

        var number = await App.FileComplaint("A02");
        using var deputy = await App.SignedIn("handler");
        Assert.That((await deputy.GetJson($"/api/v1/cases/{number}")).Status, Is.EqualTo(200));
        Assert.That((string?)(await deputy.GetJson("/api/v1/cases"))["items"]![0]!["caseNumber"], Is.EqualTo(number));
        Assert.That((await deputy.PostJson($"/api/v1/cases/{number}/acceptance", null)).Status, Is.EqualTo(200));
        Assert.That(await App.Sql<int>("select count(*) from notice where case_number = @number and login = 'handler'", new { number }), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select count(*) from notice where case_number = @number and login = 'head-si'", new { number }), Is.Zero);
    }

    [Test]
    public async Task A_deputy_who_is_complained_about_is_passed_over_and_learns_nothing()
    {
        using var head = await App.SignedIn("head-si");
        var earlier = await App.FileComplaint("A01");
        await head.PostJson("/api/v1/staff/head-si/absences", new { firstDay = "2026-11-16", lastDay = "2026-11-20", deputy = "handler" });
        var number = await App.FileComplaint("A01");

        Assert.That(await App.Sql<string>("select responsible from case_file where case_number = @number", new { number }), Is.EqualTo("supervisor"), "the next one up");
        using var deputy = await App.SignedIn("handler");
        foreach (var about in new[] { earlier, number }) Assert.That((await deputy.GetJson($"/api/v1/cases/{about}")).Status, Is.EqualTo(404));
        Assert.That((await deputy.GetJson("/api/v1/cases"))["items"]!.AsArray(), Is.Empty);
        await App.MoveTo("2026-11-17T17:30");
        Assert.That(await App.Sql<int>("select count(*) from notice where login = 'handler'"), Is.Zero);
    }

    [Test]
    public async Task A_deputy_who_answers_a_hand_over_is_the_one_in_the_history()
    {
        var number = await App.FileComplaint("B01");
        using var head = await App.SignedIn("head-si");
        await head.PostJson("/api/v1/staff/head-si/absences", new { firstDay = "2026-11-17", lastDay = "2026-11-20", deputy = "handler" });
        using var giver = await App.SignedIn("head-em");
        Assert.That((await giver.PostJson($"/api/v1/cases/{number}/hand-over", new { unit = "SI", reason = "属社保" })).Status, Is.EqualTo(200));
        App.Clock.Now = TestApp.Local("2026-11-17T09:00");
        using var deputy = await App.SignedIn("handler");
        Assert.That((await deputy.PostJson($"/api/v1/cases/{number}/hand-over/answer", new { accepted = true })).Status, Is.EqualTo(204));

        var accepted = (await App.Query("select actor, detail from case_event where case_number = @number and kind = 'HandOverAccepted'", new { number })).Single();
        Assert.That(accepted["actor"], Is.EqualTo("handler"));
        Assert.That((string)accepted["detail"]!, Does.Contain("\"person\":\"head-si\""));
        Assert.That(await App.Sql<string>("select responsible from case_file where case_number = @number", new { number }), Is.EqualTo("head-si"), "the post is responsible, whoever stands in");
    }

    [Test]
    public async Task A_post_whose_holder_is_away_without_a_deputy_is_passed_over()
    {
        var number = await App.FileComplaint("A02");
        await (await App.SignedIn("supervisor")).PostJson("/api/v1/staff/supervisor/absences", new { firstDay = "2026-11-18", lastDay = "2026-11-18" });
        await App.MoveTo("2026-11-18T17:30");

        var step = (await App.Query("select detail from case_event where case_number = @number order by seq desc", new { number }))[0]["detail"];
        Assert.That((string)step!, Does.Contain("\"HallSupervisor\"").And.Contain("\"leader\"").And.Not.Contain("\"supervisor\""));
    }

    [Test]
    public async Task An_absence_that_ended_or_lies_ahead_changes_nothing()
    {
        using var head = await App.SignedIn("head-si");
        await head.PostJson("/api/v1/staff/head-si/absences", new { firstDay = "2026-11-17", lastDay = "2026-11-20", deputy = "handler" });
        var today = await head.PostJson("/api/v1/staff/head-si/absences", new { firstDay = "2026-11-16", lastDay = "2026-11-16", deputy = "handler" });
        Assert.That((int)(await head.DeleteAsync($"/api/v1/staff/head-si/absences/{today["id"]}")).StatusCode, Is.EqualTo(204));
        Assert.That((int)(await head.DeleteAsync($"/api/v1/staff/head-si/absences/{today["id"]}")).StatusCode, Is.EqualTo(409));

        var number = await App.FileComplaint("A02");
        Assert.That(await App.Sql<string>("select responsible from case_file where case_number = @number", new { number }), Is.EqualTo("head-si"));
    }

    [TestCase("handler", "head-si", "handler", 404, "staff_unknown", Description = "not one's own head")]
    [TestCase("head-em", "head-si", "handler", 404, "staff_unknown", Description = "another unit")]
    [TestCase("supervisor", "head-si", "head-em", 400, "deputy_unfit", Description = "of another unit")]
    [TestCase("head-si", "head-si", "head-si", 400, "deputy_unfit", Description = "oneself")]
    [TestCase("inspector", "inspector", "leader", 400, "deputy_unfit", Description = "who may not know as much")]
    [TestCase("admin", "leader", "nobody", 400, "deputy_unfit")]
    public async Task A_deputy_is_refused(string by, string login, string deputy, int status, string code)
    {
        using var staff = await App.SignedIn(by);
        var refused = await staff.PutJson($"/api/v1/staff/{login}/deputy", new { deputy });
        Assert.That((refused.Status, refused.Code), Is.EqualTo((status, code)));
    }

    [TestCase("2026-11-10", "2026-11-15", "absence_is_over")]
    [TestCase("2026-11-20", "2026-11-19", "last_day_out_of_range")]
    public async Task An_absence_is_refused(string firstDay, string lastDay, string code)
    {
        using var head = await App.SignedIn("head-si");
        var refused = await head.PostJson("/api/v1/staff/head-si/absences", new { firstDay, lastDay });
        Assert.That((refused.Status, refused.Code), Is.EqualTo((400, code)));
    }
}

using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Cases;

/// <summary>First-inquiry responsibility: responsible until somebody else accepts.</summary>
internal sealed class HandOverTests(Engine engine) : SliceTest(engine)
{
    private string _number = "";

    [SetUp]
    public async Task FileACase() => _number = await App.FileComplaint("A01");

    [Test]
    public async Task An_offer_changes_nothing_until_it_is_accepted()
    {
        var offered = await Offer("head-si", "EM");
        Assert.That((string?)offered["answerBy"], Is.EqualTo("2026-11-16T15:30:00+08:00"), "four working hours from 10:00 with the midday break");
        Assert.That(await Responsible(), Is.EqualTo("head-si"));

        Assert.That((await Answer("head-em", new { accepted = true })).Status, Is.EqualTo(204));
        Assert.That(await Responsible(), Is.EqualTo("head-em"));
        Assert.That((await (await App.SignedIn("head-em")).PostJson($"/api/v1/cases/{_number}/acceptance", null)).Status, Is.EqualTo(200));
        Assert.That((await (await App.SignedIn("head-si")).GetJson($"/api/v1/cases/{_number}")).Status, Is.EqualTo(404), "it is another unit's case now");
    }

    [Test]
    public async Task A_refusal_needs_a_reason_sends_the_case_back_and_the_hall_hears_of_it()
    {
        await Offer("head-si", "EM");
        Assert.That((await Answer("head-em", new { accepted = false })).Code, Is.EqualTo("reason_missing"));
        Assert.That((await Answer("head-em", new { accepted = false, reason = "不是我们的业务" })).Status, Is.EqualTo(204));

        Assert.That(await Responsible(), Is.EqualTo("head-si"));
        Assert.That(await App.Sql<int>("select count(*) from notice where login = 'supervisor' and kind = 'HandOverRefused'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Silence_for_four_working_hours_sends_the_case_back_by_itself()
    {
        await Offer("head-si", "EM");
        await App.MoveTo("2026-11-16T15:29:59");
        Assert.That((await (await App.SignedIn("head-em")).GetJson($"/api/v1/cases/{_number}")).Status, Is.EqualTo(200), "it is being asked");
        await App.MoveTo("2026-11-16T15:30");

        Assert.That((await Answer("head-em", new { accepted = true })).Status, Is.EqualTo(404));
        Assert.That(await Responsible(), Is.EqualTo("head-si"));
        Assert.That(await App.Sql<int>("select count(*) from notice where login = 'supervisor' and kind = 'HandOverSilent'"), Is.EqualTo(1));
    }

    [Test]
    public async Task An_answer_ends_an_offer_and_its_clock()
    {
        using var head = await App.SignedIn("head-si");
        await head.PostJson($"/api/v1/cases/{_number}/acceptance", null);
        await Offer("head-si", "EM");
        Assert.That((await head.PostJson($"/api/v1/cases/{_number}/answer", new { text = "已处理。" })).Status, Is.EqualTo(204));

        Assert.That((await Answer("head-em", new { accepted = true })).Status, Is.EqualTo(404), "nothing is offered any more");
        await App.MoveTo("2026-11-30T10:00");
        Assert.That(await App.Sql<int>("select count(*) from case_event where kind in ('HandOverSilent', 'Escalated')"), Is.Zero);
    }

    [Test]
    public async Task An_offer_is_answered_while_the_clock_stands_still()
    {
        using var head = await App.SignedIn("head-si");
        await head.PostJson($"/api/v1/cases/{_number}/acceptance", null);
        await Offer("head-si", "EM");
        await head.PostJson($"/api/v1/cases/{_number}/pause", new { reason = "Hearing", evidence = "听证通知" });

        Assert.That((await Answer("head-em", new { accepted = true })).Status, Is.EqualTo(204));
        Assert.That(await Responsible(), Is.EqualTo("head-em"));
    }

    [Test]
    public async Task A_unit_returns_a_case_once()
    {
        await Offer("head-si", "EM");
        await Answer("head-em", new { accepted = true });
        await Offer("head-em", "SI");
        await Answer("head-si", new { accepted = false, reason = "由贵单位办理" });

        var second = await Offer("head-em", "LR");
        Assert.That((second.Status, second.Code), Is.EqualTo((409, "second_return")));
    }

    [Test]
    public async Task After_two_hand_overs_the_hall_names_the_unit_and_it_keeps_the_case()
    {
        await Offer("head-si", "EM");
        await Answer("head-em", new { accepted = true });
        await Offer("head-em", "LR");
        await Answer("head-lr", new { accepted = true });
        var third = await Offer("head-lr", "SI");
        Assert.That((third.Status, (bool?)third["arbitration"]), Is.EqualTo((200, true)));
        Assert.That((await Offer("head-lr", "SI")).Code, Is.EqualTo("arbitration_pending"));

        var supervisor = await App.SignedIn("supervisor");
        Assert.That((await (await App.SignedIn("head-lr")).PostJson($"/api/v1/cases/{_number}/arbitration", new { unit = "SI", reason = "x" })).Code, Is.EqualTo("not_allowed"));
        Assert.That((await supervisor.PostJson($"/api/v1/cases/{_number}/arbitration", new { unit = "SI", reason = "首次接待单位" })).Status, Is.EqualTo(204));
        Assert.That(await Responsible(), Is.EqualTo("head-si"));
        Assert.That((await Offer("head-si", "EM")).Code, Is.EqualTo("named_by_arbitration"));
    }

    [Test]
    public async Task Arbitration_that_nobody_decides_climbs()
    {
        await Offer("head-si", "EM");
        await Answer("head-em", new { accepted = true });
        await Offer("head-em", "LR");
        await Answer("head-lr", new { accepted = true });
        await Offer("head-lr", "SI");
        await App.MoveTo("2026-11-17T17:30");
        Assert.That(await App.Sql<int>("select count(*) from case_timer where clock = 'Arbitration' and outcome = 'Fired'"), Is.EqualTo(2));
    }

    [Test]
    public async Task What_the_rules_forbid_is_refused_by_name()
    {
        Assert.That((await Offer("head-si", "SI")).Code, Is.EqualTo("hand_over_to_same_unit"));
        Assert.That((await Offer("head-si", "XX")).Code, Is.EqualTo("unit_unknown"));
        Assert.That((await Offer("supervisor", "EM")).Code, Is.EqualTo("not_responsible"));
        Assert.That((await Answer("head-si", new { accepted = true })).Code, Is.EqualTo("hand_over_not_offered"));
        await Offer("head-si", "EM");
        Assert.That((await Offer("head-si", "LR")).Code, Is.EqualTo("hand_over_pending"));
        var sealedCase = await App.FileComplaint("A01", "Gifts");
        Assert.That((await (await App.SignedIn("inspector")).PostJson($"/api/v1/cases/{sealedCase}/hand-over", new { unit = "EM", reason = "x" })).Code, Is.EqualTo("hand_over_not_in_lane"));
        Assert.That((await (await App.SignedIn("supervisor")).PostJson($"/api/v1/cases/{_number}/arbitration", new { unit = "EM", reason = "x" })).Code, Is.EqualTo("arbitration_not_asked"));
    }

    private async Task<Answer> Offer(string login, string unit) => await (await App.SignedIn(login)).PostJson($"/api/v1/cases/{_number}/hand-over", new { unit, reason = "属于该单位业务" });

    private async Task<Answer> Answer(string login, object body) => await (await App.SignedIn(login)).PostJson($"/api/v1/cases/{_number}/hand-over/answer", body);

    private Task<string?> Responsible() => App.Sql<string>("select responsible from case_file where case_number = @n", new { n = _number });
}

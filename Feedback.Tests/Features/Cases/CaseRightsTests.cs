using Feedback.Domain.Cases;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Cases;

/// <summary>What the views offer is what the commands take.</summary>
internal sealed class CaseRightsTests(Engine engine) : SliceTest(engine)
{
    private static readonly string[] Staff = ["head-si", "supervisor", "leader", "inspector", "auditor"];

    private static readonly Dictionary<string, (string Path, object? Body)> Deeds = new()
    {
        ["Accept"] = ("acceptance", null),
        ["Decline"] = ("refusal", new { reason = "x", rightBody = "x" }),
        ["Answer"] = ("answer", new { text = "x" }),
        ["Pause"] = ("pause", new { reason = "Hearing", evidence = "x" }),
        ["Resume"] = ("resumption", null),
        ["RequestExtension"] = ("extension", new { reason = "x" }),
        ["DecideExtension"] = ("extension/decision", new { granted = false }),
        ["OfferHandOver"] = ("hand-over", new { unit = "EM", reason = "x" }),
        ["DecideHandOver"] = ("hand-over/answer", new { accepted = true }),
        ["Arbitrate"] = ("arbitration", new { unit = "EM", reason = "x" }),
        ["Close"] = ("closing", null),
        ["DecideAppeal"] = ("appeal/decision", new { upheld = true, note = "x" }),
    };

    [TestCase(CaseState.Filed, "Accept Decline OfferHandOver Group", "Accept Decline Group")]
    [TestCase(CaseState.Accepted, "Answer Pause RequestExtension OfferHandOver Group", "Answer Pause RequestExtension Group")]
    [TestCase(CaseState.Paused, "Resume Group", "Resume Group")]
    [TestCase(CaseState.Answered, "Close", "Close")]
    [TestCase(CaseState.Appealed, "", "DecideAppeal")]
    [TestCase(CaseState.Closed, "", "")]
    [TestCase(CaseState.Declined, "", "")]
    [TestCase(CaseState.Withdrawn, "", "")]
    public async Task Each_is_offered_what_the_state_and_their_part_in_it_allow(CaseState state, string responsible, string others)
    {
        var found = await TestCase.In(App, state);

        foreach (var login in Staff)
        {
            Assert.That(await Offered(found, login), Is.EqualTo(login == "auditor" ? "" : login == "head-si" ? responsible : others), login);
        }
    }

    [TestCase(CaseState.Filed)]
    [TestCase(CaseState.Accepted)]
    [TestCase(CaseState.Paused)]
    [TestCase(CaseState.Answered)]
    [TestCase(CaseState.Appealed)]
    [TestCase(CaseState.Closed)]
    public async Task What_is_not_offered_is_refused_and_changes_nothing(CaseState state)
    {
        var found = await TestCase.In(App, state);
        var events = await App.Sql<int>("select count(*) from case_event");

        foreach (var login in Staff)
        {
            var offered = (await Offered(found, login)).Split(' ');
            foreach (var (name, (path, body)) in Deeds.Where(d => !offered.Contains(d.Key)))
            {
                Assert.That((await found.Staff(login, path, body)).Status, Is.AnyOf(403, 409), $"{login} {name}");
            }
        }

        Assert.That(await App.Sql<int>("select count(*) from case_event"), Is.EqualTo(events));
    }

    [Test]
    public async Task A_decision_is_offered_to_those_who_may_take_it_while_it_waits()
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        await found.Staff("head-si", "extension", new { reason = "需外地协查" });
        await found.Staff("head-si", "hand-over", new { unit = "EM", reason = "属于该单位业务" });

        Assert.That(await Offered(found, "head-si"), Is.EqualTo("Answer Pause Group"), "asked for and offered once");
        Assert.That(await Offered(found, "head-em"), Is.EqualTo("DecideHandOver"), "asked, and not responsible yet");
        Assert.That((await found.Staff("head-em", "answer", new { text = "x" })).Code, Is.EqualTo("hand_over_not_accepted"));
        Assert.That(await Offered(found, "supervisor"), Is.EqualTo("Answer Pause DecideExtension Group"));
        Assert.That((await found.Show("head-si"))["papers"]!["handOvers"]![0]!["toName"]!.ToString(), Is.EqualTo("就业服务中心"));

        await found.Staff("supervisor", "extension/decision", new { granted = false });
        await found.Staff("head-em", "hand-over/answer", new { accepted = true });
        Assert.That(await Offered(found, "supervisor"), Is.EqualTo("Answer Pause Group"));
        Assert.That(await Offered(found, "head-em"), Is.EqualTo("Answer Pause OfferHandOver Group"));
    }

    [Test]
    public async Task Arbitration_is_offered_to_the_hall_alone()
    {
        var found = await Arbitrating();

        Assert.That(await Offered(found, "supervisor"), Does.Contain("Arbitrate"));
        Assert.That(await Offered(found, "leader"), Does.Contain("Arbitrate"));
        Assert.That(await Offered(found, "head-lr"), Does.Not.Contain("Arbitrate").And.Not.Contain("OfferHandOver"));
        Assert.That(await Offered(found, "inspector"), Does.Not.Contain("Arbitrate"));
    }

    [Test]
    public async Task What_comes_too_late_is_offered_no_more()
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        await App.MoveTo("2026-11-23T17:30");
        Assert.That(await Offered(found, "head-si"), Does.Contain("Pause").And.Contain("RequestExtension"));
        await App.MoveTo("2026-11-23T17:30:01");
        Assert.That(await Offered(found, "head-si"), Is.EqualTo("Answer OfferHandOver Group"));
    }

    [Test]
    public async Task The_outlook_is_what_the_command_then_sets()
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        var outlook = (await found.Show("head-si"))["outlook"]!;

        Assert.That((string?)(await found.Staff("head-si", "extension", new { reason = "x" }))["dueAtIfGranted"], Is.EqualTo((string?)outlook["RequestExtension"]));
        Assert.That((string?)(await found.Staff("head-si", "hand-over", new { unit = "EM", reason = "x" }))["answerBy"], Is.EqualTo((string?)outlook["OfferHandOver"]));
        Assert.That((string?)(await found.Staff("supervisor", "extension/decision", new { granted = true }))["dueAt"], Is.EqualTo((string?)outlook["RequestExtension"]));
        Assert.That((string?)(await found.Staff("head-si", "pause", new { reason = "Hearing", evidence = "x" }))["resumeBy"], Is.EqualTo((string?)outlook["Pause"]));
        await App.MoveTo("2026-11-18T11:00");
        outlook = (await found.Show("head-si"))["outlook"]!;
        Assert.That((string?)(await found.Staff("head-si", "resumption"))["dueAt"], Is.EqualTo((string?)outlook["Resume"]));
    }

    [Test]
    public async Task The_citizen_is_offered_what_would_be_taken()
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        Assert.That(await OfferedToCitizen(found), Is.EqualTo("AddMaterial Remind Withdraw AddPictures"));
        await found.Citizen("reminder");
        Assert.That(await OfferedToCitizen(found), Is.EqualTo("AddMaterial Withdraw AddPictures"), "reminded today");

        await found.Staff("head-si", "answer", new { text = "x" });
        Assert.That(await OfferedToCitizen(found), Is.EqualTo("AddMaterial ApproveAnswer RejectAnswer Appeal AddPictures"));
        await found.Citizen("verdict", new { solved = false });
        await found.Staff("head-si", "answer", new { text = "y" });
        Assert.That(await OfferedToCitizen(found), Is.EqualTo("AddMaterial ApproveAnswer Appeal AddPictures"), "reopened once");

        await App.MoveTo("2026-12-16T17:30:01");
        Assert.That(await OfferedToCitizen(found), Is.EqualTo("AddMaterial ApproveAnswer AddPictures"), "thirty days are over");
    }

    private async Task<TestCase> Arbitrating()
    {
        var found = await TestCase.In(App, CaseState.Accepted);
        await found.Staff("head-si", "hand-over", new { unit = "EM", reason = "x" });
        await found.Staff("head-em", "hand-over/answer", new { accepted = true });
        await found.Staff("head-em", "hand-over", new { unit = "LR", reason = "x" });
        await found.Staff("head-lr", "hand-over/answer", new { accepted = true });
        Assert.That((await found.Show("head-lr"))["outlook"]!["Arbitrate"]?.ToString(), Is.EqualTo("2026-11-17T17:30:00+08:00"), "the next one goes to the hall");
        await found.Staff("head-lr", "hand-over", new { unit = "SI", reason = "x" });
        return found;
    }

    private static async Task<string> Offered(TestCase found, string login) => string.Join(' ', (await found.Show(login))["commands"]!.AsArray().Select(c => (string?)c));

    private async Task<string> OfferedToCitizen(TestCase found) =>
        string.Join(' ', (await App.Client.GetJson($"/api/v1/complaints/{found.Number}", ("X-Query-Code", found.Code)))["commands"]!.AsArray().Select(c => (string?)c));
}

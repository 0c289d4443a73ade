using Feedback.Features.Maintenance;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Maintenance;

/// <summary>Contacts are made anonymous three years after the end, the words of cases are erased ten years after it.</summary>
internal sealed class RetentionTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task A_contact_is_made_anonymous_three_years_after_its_case_ended()
    {
        var (ended, open) = (await File(), await File());
        await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 5, tags = new[] { "510" }, ticket = "A9", contact = new { phone = "13812345678" } });
        using (var citizen = App.Citizen(ended.Code)) await citizen.PostJson($"/api/v1/complaints/{ended.Number}/withdrawal", null);

        App.Clock.Now = TestApp.Local("2029-11-16T09:59");
        Assert.That((await App.Send(new ApplyRetention())).Value, Is.EqualTo(new ApplyRetention.Report(0, 0, false)));
        App.Clock.Now = TestApp.Local("2029-11-16T10:01");
        Assert.That((await App.Send(new ApplyRetention())).Value, Is.EqualTo(new ApplyRetention.Report(2, 0, false)), "the case that ended, and the rating");
        Assert.That((await App.Send(new ApplyRetention())).Value, Is.EqualTo(new ApplyRetention.Report(0, 0, false)));

        using var head = await App.SignedIn("head-si");
        Assert.That((await head.GetJson($"/api/v1/cases/{ended.Number}/contact")).Json!["masked"], Is.Null);
        Assert.That((await head.GetJson($"/api/v1/cases/{open.Number}/contact")).Json!["masked"], Is.Not.Null, "a case that is open keeps its citizen");
        Assert.That((await head.GetJson($"/api/v1/cases/{ended.Number}"))["said"]!.ToString(), Is.EqualTo("等了很久"), "its words are kept longer");
        using var auditor = await App.SignedIn("auditor");
        Assert.That((await auditor.GetJson("/api/v1/audit/retention")).Json!.ToJsonString(), Does.Contain("\"contacts\":2,\"cases\":0"));
    }

    [Test]
    public async Task The_words_of_a_case_are_erased_after_ten_years_and_its_history_still_holds()
    {
        var found = await File();
        using (var head = await App.SignedIn("head-si"))
        {
            await head.PostJson($"/api/v1/cases/{found.Number}/acceptance", null);
            await head.PostJson($"/api/v1/cases/{found.Number}/answer", new { text = "已答复" });
        }

        using (var citizen = App.Citizen(found.Code)) Assert.That((await citizen.PostJson($"/api/v1/complaints/{found.Number}/verdict", new { solved = true })).Status, Is.LessThan(300));
        App.Clock.Now = TestApp.Local("2036-11-16T10:01");
        Assert.That((await App.Send(new ApplyRetention())).Value, Is.EqualTo(new ApplyRetention.Report(1, 1, false)));

        using var later = await App.SignedIn("head-si");
        var shown = await later.GetJson($"/api/v1/cases/{found.Number}");
        Assert.That((shown.Status, (string?)shown["said"], (string?)shown["answers"]![0]!["text"]), Is.EqualTo((200, "", "")));
        using var inspector = await App.SignedIn("inspector");
        Assert.That((await inspector.GetJson("/api/v1/audit/verification")).Json!.ToJsonString(), Does.Contain("\"breaks\":[]"));
        Assert.That((await App.Send(new Feedback.Features.Statistics.Recount("2026-11"))).Value.Differences, Is.Empty);
    }

    private async Task<(string Number, string Code)> File()
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "等了很久", contact = new { name = "王小明", phone = "13812345678" } });
        return ((string)filed["caseNumber"]!, (string)filed["queryCode"]!);
    }
}

using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Complaints;

internal sealed class TrackComplaintTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task With_number_and_code_the_citizen_sees_who_is_responsible_until_when()
    {
        var (number, code) = await File("Delay");
        var progress = await App.Client.GetJson($"/api/v1/complaints/{number}", ("X-Query-Code", code));

        Assert.That(progress.Status, Is.EqualTo(200));
        Assert.That((string?)progress["state"], Is.EqualTo("Filed"));
        Assert.That((string?)progress["responsible"]?["unit"], Is.EqualTo("社会保险经办中心"));
        Assert.That((string?)progress["dueAt"], Is.EqualTo("2026-11-24T17:30:00+08:00"));
        Assert.That((string?)progress["timeline"]?[0]?["kind"], Is.EqualTo("Filed"));
        Assert.That((string?)progress["timeline"]?[0]?["text"], Is.EqualTo("我们收到了您的投诉。"));
    }

    [Test]
    public async Task The_code_may_be_typed_in_any_way()
    {
        var (number, code) = await File("Delay");
        Assert.That((await App.Client.GetJson($"/api/v1/complaints/{number}", ("X-Query-Code", code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_wrong_code_and_an_unknown_number_cannot_be_told_apart()
    {
        var (number, code) = await File("Gifts");
        var wrongCode = await App.Client.GetJson($"/api/v1/complaints/{number}", ("X-Query-Code", "0000-0000-0000"));
        var noCode = await App.Client.GetJson($"/api/v1/complaints/{number}");
        var unknown = await App.Client.GetJson("/api/v1/complaints/20261116-000000", ("X-Query-Code", code));

        Assert.That(new[] { wrongCode.Status, noCode.Status, unknown.Status }, Is.All.EqualTo(404));
        Assert.That(new[] { wrongCode, noCode, unknown }.Select(a => a.Json!.ToJsonString().WithoutTrace()).Distinct().Count(), Is.EqualTo(1));
        Assert.That(wrongCode.Code, Is.EqualTo("complaint_unknown"));
    }

    [Test]
    public async Task Lateness_is_told_to_the_citizen_in_a_sentence_and_inner_warnings_are_not()
    {
        var (number, code) = await File("Delay");
        await App.MoveTo("2026-11-18T17:30");
        var progress = await App.Client.GetJson($"/api/v1/complaints/{number}", ("X-Query-Code", code));

        Assert.That((string?)progress["light"], Is.EqualTo("Red"));
        Assert.That(progress["timeline"]!.AsArray().Select(e => (string?)e!["text"]), Is.EqualTo(new[]
        {
            "超过了承诺的时间,系统已自动上报:大厅值班长。",
            "超过了承诺的时间,系统已自动上报:单位负责人。",
            "我们收到了您的投诉。",
        }));
    }

    [Test]
    public async Task English_is_spoken_when_asked_for()
    {
        var (number, code) = await File("Delay");
        var progress = await App.Client.GetJson($"/api/v1/complaints/{number}", ("X-Query-Code", code), ("Accept-Language", "en"));

        Assert.That((string?)progress["timeline"]?[0]?["text"], Is.EqualTo("We received your complaint."));
    }

    private async Task<(string Number, string Code)> File(string about)
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about, text = "情况说明" });
        return ((string)filed["caseNumber"]!, (string)filed["queryCode"]!);
    }
}

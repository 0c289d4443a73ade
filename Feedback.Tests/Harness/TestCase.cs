using Feedback.Domain.Cases;

namespace Feedback.Tests.Harness;

/// <summary>A case at window A01 whose unit head is head-si, with what its people do to it over the interface.</summary>
internal sealed record TestCase(TestApp App, string Number, string Code)
{
    public string Page => $"/console/cases/{Number}";

    public static async Task<TestCase> File(TestApp app, string about = "Delay")
    {
        var filed = await app.Client.PostJson("/api/v1/complaints", new { window = await app.Token("A01"), about, text = "说好当天办结,等了四天。" });
        return new TestCase(app, (string)filed["caseNumber"]!, (string)filed["queryCode"]!);
    }

    /// <summary>Files a case and leads it into a state; only an application can await materials.</summary>
    public static async Task<TestCase> In(TestApp app, CaseState state)
    {
        if (state is CaseState.AwaitingMaterials)
        {
            var (number, code) = await app.Apply();
            Assert.That((await app.Tell(number)).Status, Is.EqualTo(201));
            return new TestCase(app, number, code);
        }

        var found = await File(app);
        if (state is CaseState.Declined) await found.Staff("head-si", "refusal", new { reason = "不属于人社业务。", rightBody = "市医保局" });
        if (state is CaseState.Withdrawn) await found.Citizen("withdrawal");
        if (state is CaseState.Accepted or CaseState.Paused or CaseState.Answered or CaseState.Closed or CaseState.Appealed) await found.Staff("head-si", "acceptance");
        if (state is CaseState.Paused) await found.Staff("head-si", "pause", new { reason = "AwaitingCitizen", evidence = "告知单 7 号" });
        if (state is CaseState.Answered or CaseState.Closed or CaseState.Appealed) await found.Staff("head-si", "answer", new { text = "已核实,向您致歉。" });
        if (state is CaseState.Closed) await found.Citizen("verdict", new { solved = true });
        if (state is CaseState.Appealed) await found.Citizen("appeal", new { text = "没有核实。" });
        Assert.That(await app.Sql<string>("select state from case_file where case_number = @Number", new { found.Number }), Is.EqualTo(state.ToString()));
        return found;
    }

    public async Task<Answer> Staff(string login, string deed, object? body = null)
    {
        using var client = await App.SignedIn(login);
        return await client.PostJson($"/api/v1/cases/{Number}/{deed}", body);
    }

    public async Task<Answer> Citizen(string deed, object? body = null)
    {
        using var client = App.Citizen(Code);
        return await client.PostJson($"/api/v1/complaints/{Number}/{deed}", body);
    }

    public async Task<Answer> Show(string login)
    {
        using var client = await App.SignedIn(login);
        return await client.GetJson($"/api/v1/cases/{Number}");
    }
}

namespace Feedback.Tests.Harness;

/// <summary>What citizens do in many tests, through the same endpoints.</summary>
internal static class Citizens
{
    /// <summary>A client that bears a case's query code.</summary>
    public static HttpClient Citizen(this TestApp app, string queryCode)
    {
        var client = new HttpClient { BaseAddress = app.Address };
        client.DefaultRequestHeaders.Add("X-Query-Code", queryCode);
        return client;
    }

    /// <summary>Files a complaint and returns the case's number.</summary>
    public static async Task<string> FileComplaint(this TestApp app, string window, string about = "Delay", string receiver = "Hall")
    {
        var filed = await app.Client.PostJson("/api/v1/complaints", new { window = await app.Token(window), about, receiver, text = "情况说明" });
        Assert.That(filed.Status, Is.EqualTo(201), filed.Json?.ToJsonString());
        return (string)filed["caseNumber"]!;
    }
}

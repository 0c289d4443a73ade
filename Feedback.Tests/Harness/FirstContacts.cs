namespace Feedback.Tests.Harness;

/// <summary>First contacts as many tests need them, through the endpoint that staff use.</summary>
internal static class FirstContacts
{
    /// <summary>What the guide of the pension claim (SI-03) asks for, as handed over without the personnel file.</summary>
    public static readonly object[] PensionWithoutFile = [new { name = "居民身份证", copies = 1 }, new { name = "银行卡", copies = 2 }];

    /// <summary>An application for a pension at window A01, with the personnel file missing.</summary>
    public static async Task<(string Number, string Code)> Apply(this TestApp app, string login = "handler", string? doer = null, string? intake = null)
    {
        var answer = await (await app.SignedIn(login)).PostJson("/api/v1/first-contacts", new { window = "A01", item = "SI-03", matter = "申领养老金", materials = PensionWithoutFile, doer, intake });
        Assert.That(answer.Status, Is.EqualTo(201), answer.Json?.ToJsonString());
        return ((string)answer["caseNumber"]!, (string)answer["queryCode"]!);
    }

    /// <summary>A notice that the personnel file is missing.</summary>
    public static async Task<Answer> Tell(this TestApp app, string number, string login = "handler", object? exception = null) =>
        await (await app.SignedIn(login)).PostJson("/api/v1/one-time-notices", new { caseNumber = number, missing = new[] { "职工档案" }, exception });
}

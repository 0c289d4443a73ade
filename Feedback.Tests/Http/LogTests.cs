using System.Collections.Concurrent;
using Feedback.Tests.Harness;
using Feedback.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Feedback.Tests.Http;

/// <summary>The log, far wordier than it is set, holds nobody's name, number, words or codes.</summary>
internal sealed class LogTests(Engine engine) : SliceTest(engine)
{
    private readonly ConcurrentQueue<string> _lines = [];

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Information",
            ["Logging:LogLevel:Feedback"] = "Debug",
            ["Limits:GuessesOfDevice"] = "2",
        });
        builder.Logging.ClearProviders().AddProvider(new Log(_lines));
    }

    [Test]
    public async Task No_secret_is_written_whatever_becomes_of_the_request()
    {
        const string name = "欧阳秘密", phone = "13912345678", text = "窗口收了我两条烟", password = "not-the-password-7";
        var window = await App.Token("A01");
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window, about = "Gifts", text, contact = new { name, phone } });
        var (number, code) = ((string)filed["caseNumber"]!, (string)filed["queryCode"]!);
        using var citizen = App.Citizen(code);
        await citizen.GetJson($"/api/v1/complaints/{number}");
        await citizen.PostJson($"/api/v1/complaints/{number}/materials", new { text });
        await App.Client.PostForm("/track", ("number", number), ("code", code), ("command", "AddMaterial"), ("material", text));
        await App.Client.PostForm($"/w/{window}/complaint", ("about", "Delay"), ("text", text), ("name", name), ("phone", phone + "x"));
        await App.Client.PostRaw("/api/v1/complaints", $"{{\"window\":\"{window}\",\"text\":\"{text}\",\"contact\":{{\"phone\":{phone},\"name\":[\"{name}\"]}}}}");
        await App.Client.PostRaw("/api/v1/complaints", $"{text}{name}{phone}");
        await App.Client.PostForm("/console/sign-in", ("login", "supervisor"), ("password", password));
        using var staff = await App.SignedIn("inspector");
        var token = staff.DefaultRequestHeaders.Authorization!.Parameter!;
        await staff.GetJson($"/api/v1/cases/{number}");
        staff.DefaultRequestHeaders.Authorization = new("Bearer", token + "x");
        await staff.GetJson($"/api/v1/cases/{number}");
        using var guesser = App.Citizen(code + "X");
        guesser.DefaultRequestHeaders.Add("X-Device", "device-of-the-citizen");
        for (var n = 0; n < 3; n++) await guesser.GetJson($"/api/v1/complaints/{number}");

        // A defect, with what was asked on its way.
        await App.Sql<int>("drop table case_material");
        Assert.That((await citizen.PostJson($"/api/v1/complaints/{number}/materials", new { text })).Status, Is.EqualTo(500));

        var log = string.Join('\n', _lines);
        Assert.That(log, Does.Contain("Request starting").And.Contain("A request failed."), "the log was on");
        foreach (var secret in new[] { name, phone, text, code, token, password, "device-of-the-citizen" }) Assert.That(log, Does.Not.Contain(secret));
    }

    internal sealed class Log(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

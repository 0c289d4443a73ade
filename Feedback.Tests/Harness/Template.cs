using Feedback.Data;
using Feedback.Demo;
using Feedback.Domain.Staff;
using Feedback.Features.Staff;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Harness;

/// <summary>Migrated and organised once; each test gets a copy of the file.</summary>
internal static class Template
{
    /// <summary>32 bytes for tests only, so that the template's tokens hold in every copy.</summary>
    public static readonly string MasterKey = Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    public static readonly Lazy<Task<string>> File = new(Make);

    private static async Task<string> Make()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("feedback-template-").FullName, "template.db");
        var connectionString = $"Data Source={file}";
        await Fill("Sqlite", connectionString);
        SqliteConnection.ClearAllPools();
        await using var connection = new SqliteConnection(connectionString + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma wal_checkpoint(truncate)";
        await command.ExecuteNonQueryAsync();
        return file;
    }

    public static async Task Fill(string provider, string connectionString)
    {
        var builder = Builder(provider, connectionString);
        builder.Services.AddFeedback(builder.Configuration, builder.Environment);
        await using var app = builder.Build();
        await app.Services.GetRequiredService<Migrator>().Migrate(CancellationToken.None);
        var dispatcher = app.Services.GetRequiredService<Dispatcher>();
        var script = HallScript.Read();
        Assert.That((await dispatcher.Send(new BuildHall(script))).Refusal, Is.Null);
        foreach (var person in script.Staff)
        {
            var hall = person.Department is null && person.Role is not (Role.HallSupervisor or Role.BureauLeader) ? null : script.Hall.Code;
            Assert.That((await dispatcher.Send(new CreateStaff(person.Login, person.Name, person.Role, hall, person.Department, person.Window, DemoHall.Password, person.Phone))).Refusal, Is.Null);
            if (SignInCode.IsRequired(person.Role)) Assert.That((await dispatcher.Send(new EnrolDemo(person.Login))).Refusal, Is.Null);
        }
    }

    public static WebApplicationBuilder Builder(string provider, string connectionString, params string[] args)
    {
        var builder = FeedbackApp.CreateBuilder(["--environment", "Production", "--urls", "http://127.0.0.1:0", "--hostBuilder:reloadConfigOnChange", "false", .. args]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider,
            ["ConnectionStrings:Feedback"] = connectionString,
            ["Security:MasterKey"] = MasterKey,
            ["Schedule:InProcess"] = "false",
            ["Logging:LogLevel:Default"] = "Critical",

            // Tests are one device of one network and faster than people; those about the limits set their own.
            ["Limits:WritesOfDevice"] = "0",
            ["Limits:WritesOfNetwork"] = "0",
            ["Limits:ReadsOfDevice"] = "0",
            ["Limits:ReadsOfNetwork"] = "0",
            ["Limits:SignInsOfNetwork"] = "0",
            ["Limits:CallsOfToken"] = "0",
            ["Limits:GuessesOfDevice"] = "1000000",
            ["Limits:GuessesOfNetwork"] = "1000000",
        });
        return builder;
    }
}

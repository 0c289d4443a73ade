using Feedback.Tests.Harness;

namespace Feedback.Tests.Processes;

/// <summary>Both programs, published once as an operator would, and a database with the demonstration hall to copy.</summary>
[SetUpFixture]
[Parallelizable(ParallelScope.Self | ParallelScope.Fixtures)]
internal sealed class Published
{
    private static DirectoryInfo _folder = null!;

    public static string Api => Path.Combine(_folder.FullName, "Feedback.Api", "Feedback.Api.dll");

    public static string Worker => Path.Combine(_folder.FullName, "Feedback.Worker", "Feedback.Worker.dll");

    /// <summary>Seeded by the command line, so that no schedule has run on it yet.</summary>
    public static string Seeded => Path.Combine(_folder.FullName, "seeded");

    [OneTimeSetUp]
    public async Task Publish()
    {
        _folder = Directory.CreateTempSubdirectory("feedback-published-");
        foreach (var project in new[] { "Feedback.Api", "Feedback.Worker" })
        {
            // Build servers would outlive the test run and keep its output open.
            var ran = await Command.Run(Command.Dotnet, ["publish", project, "--no-restore", "-o", Path.Combine(_folder.FullName, project), "-v", "q", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false"]);
            Assert.That(ran.ExitCode, Is.Zero, ran.Output + ran.Errors);
            Assert.That(ran.Output, Does.Not.Contain("warning"));
        }

        Directory.CreateDirectory(Seeded);
        var seeded = await Command.Run(Command.Dotnet, [Api, "seed-demo"], Seeded, Running.Settings(Seeded));
        Assert.That(seeded.ExitCode, Is.Zero, seeded.Output + seeded.Errors);
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Delete(recursive: true);
}

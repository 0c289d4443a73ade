using System.Diagnostics;
using System.Globalization;
using Feedback.Accounts;
using Feedback.Data;
using Feedback.Features.Halls;
using Feedback.Features.Ratings;
using Feedback.Features.Statistics;
using Feedback.Pipeline;
using Feedback.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Benchmarks;

/// <summary>
/// The whole product on a database of its own and alone in its process, as it runs in a hall, without the schedule:
/// <c>dotnet Feedback.Tests.dll serve LARGEST-GROUP</c>. Beside the product's endpoints it has an empty one, <c>bench/empty</c>.
/// </summary>
internal sealed class RatingServer : IAsyncDisposable
{
    private readonly Process _process;

    private RatingServer(Process process, Uri site, string window) => (_process, Site, Window) = (process, site, window);

    public Uri Site { get; }

    /// <summary>The token of a window's code.</summary>
    public string Window { get; }

    public static async Task<RatingServer> Start(int largest)
    {
        var start = Command.Describe(Command.Dotnet, [typeof(RatingServer).Assembly.Location, "serve", largest.ToString(CultureInfo.InvariantCulture)], folder: null, settings: null);
        (start.RedirectStandardInput, start.RedirectStandardError) = (true, false);
        var process = Process.Start(start)!;
        var told = (await process.StandardOutput.ReadLineAsync())?.Split(' ');
        return told is [var site, var window] ? new RatingServer(process, new Uri(site), window) : throw new AssertionException("The server did not start.");
    }

    /// <summary>Stops it, and says what a recount of the month finds wrong: nothing, it should be.</summary>
    public async Task<string> Stop()
    {
        _process.StandardInput.Close();
        var differences = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        Assert.That(_process.ExitCode, Is.Zero);
        return differences;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>In the other process: serves until the input ends, then recounts.</summary>
    public static async Task Serve(int largest)
    {
        await using var database = await TestDatabase.Create(Engine.Sqlite);
        await using var app = FeedbackApp.Build(Template.Builder(database.Provider, database.ConnectionString), services => services.AddSingleton(new GroupLimits(largest)));

        // Reads the same JSON and answers in the same shape.
        app.MapPost("/bench/empty", (RateService rating) => TypedResults.Created((string?)null, new RateService.Receipt(Guid.NewGuid(), rating.Ticket!))).AllowAnonymous();
        await app.StartAsync();
        var dispatcher = app.Services.GetRequiredService<Dispatcher>();
        await Console.Out.WriteLineAsync($"{app.Urls.First()} {await Token(dispatcher)}");
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Only its end says something.
        }

        await app.StopAsync();
        var recount = await dispatcher.Send(new Recount(app.Services.GetRequiredService<LocalTime>().Today.ToString("yyyy-MM", CultureInfo.InvariantCulture)));
        foreach (var difference in recount.Value.Differences) await Console.Out.WriteLineAsync(difference.ToString());
    }

    private static async Task<string> Token(Dispatcher dispatcher)
    {
        var inspector = await dispatcher.Send(new FindAccount("inspector"));
        return (await dispatcher.Send(new ListWindows(inspector.Value))).Value.First(w => w.Code == "A01").Token!;
    }
}

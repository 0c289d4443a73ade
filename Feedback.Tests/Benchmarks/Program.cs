using System.Globalization;
using System.Text.Json;

namespace Feedback.Tests.Benchmarks;

/// <summary>The assembly as a program: what benchmarks run in other processes.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["load", var url, var window, var connections, var seconds]:
                var result = await RatingLoad.Run(new Uri(url), window, Number(connections), TimeSpan.FromSeconds(Number(seconds)));
                await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result));
                return 0;
            case ["serve", var largest]:
                await RatingServer.Serve(Number(largest));
                return 0;
            default:
                return 1;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

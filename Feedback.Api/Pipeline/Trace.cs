using System.Diagnostics;

namespace Feedback.Pipeline;

/// <summary>What ties an answer to the lines of the log that tell of it.</summary>
internal static class Trace
{
    /// <summary>The trace of the request that is served (W3C, 32 hexadecimal digits); "none" outside any, as in the schedule.</summary>
    public static string Id => Activity.Current?.TraceId.ToHexString() ?? "none";

    /// <summary>
    /// The framework begins an activity for a request only when somebody listens or logs. Each answer is to bear an id, so one is
    /// begun where there is none.
    /// </summary>
    public static async Task Within(Func<Task> request)
    {
        if (Activity.Current is not null)
        {
            await request();
            return;
        }

        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        await request();
    }
}

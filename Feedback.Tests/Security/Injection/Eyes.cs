using System.Text.Json;
using Feedback.Tests.Web;
using Microsoft.Playwright;

namespace Feedback.Tests.Security.Injection;

/// <summary>One person at a browser. Whatever comes to their eyes is looked through for what does not belong there.</summary>
internal sealed class Eyes(IPage page, PageDoors doors, HostileTexts texts, HashSet<string> shown)
{
    /// <summary>Of a group's choices the one that leads on: a complaint that stays in the hall, an item with materials, a bad rating.</summary>
    private static readonly string[] Chosen = ["Delay", "SI-03", "1"];

    public IPage Page => page;

    /// <summary>Opens a page.</summary>
    public async Task<Sight> Open(string address)
    {
        await page.GotoAsync(address);
        return await Look();
    }

    /// <summary>Reads a page, and opens it when it has a text of a field that a page of this door did not show before.</summary>
    public async Task<Sight> Glance(string address)
    {
        var (sight, fields) = Check(await page.EvaluateAsync<JsonElement>(PageScripts.Peek, address), isAnswer: false);
        var before = shown.Count;
        shown.UnionWith(fields.Select(f => $"{doors.NameOf("GET", sight.Path)} shows {f}"));
        return shown.Count > before ? await Open(address) : sight;
    }

    /// <summary>The page that is open.</summary>
    public async Task<Sight> Look(bool isAnswer = false) => Check(await page.EvaluateAsync<JsonElement>(PageScripts.Look), isAnswer).Sight;

    /// <summary>Sends a form of the open page and looks at what answers.</summary>
    public async Task<Sight> Send(SeenForm form, IReadOnlyDictionary<string, string> typed, KeyValuePair<string, string>? replaced = null)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Arrive(object? sender, IPage where) => arrived.TrySetResult();
        page.Load += Arrive;
        try
        {
            await page.EvaluateAsync(PageScripts.Send, Filling(form, typed, replaced));
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
        finally
        {
            page.Load -= Arrive;
        }

        return await Look(isAnswer: true);
    }

    /// <summary>Sends a form of the open page, which stays, and reads what answers.</summary>
    public async Task<Sight> Post(SeenForm form, KeyValuePair<string, string> replaced) =>
        Check(await page.EvaluateAsync<JsonElement>(PageScripts.Post, Filling(form, new Dictionary<string, string>(), replaced)), isAnswer: true).Sight;

    private static object?[] Filling(SeenForm form, IReadOnlyDictionary<string, string> typed, KeyValuePair<string, string>? replaced) =>
        [form.Index, typed, replaced is { } field ? new { name = field.Key, value = field.Value } : null, Chosen];

    private (Sight Sight, IReadOnlyList<string> Fields) Check(JsonElement read, bool isAnswer)
    {
        var sight = Sight.Of(read);
        foreach (var element in sight.Foreign) texts.Faults.Add($"{sight.Path}: {element}");
        if (sight.Status >= 500) texts.Faults.Add($"{sight.Path}: {sight.Status}");
        return (sight, [.. sight.Texts.SelectMany(t => texts.Read(sight.Path, t, isAnswer))]);
    }
}

using System.Text.Json;
using Feedback.Tests.Web;
using Microsoft.Playwright;

namespace Feedback.Tests.Security.Injection;

/// <summary>One person's browser. Every page that it shows is checked for elements, scripts and texts that do not belong there.</summary>
internal sealed class PageReader(IPage page, PageEndpoints endpoints, HostileTexts texts, HashSet<string> shown)
{
    /// <summary>Of a group's choices the one that leads on: a complaint that stays in the hall, an item with materials, a bad rating.</summary>
    private static readonly string[] Chosen = ["Delay", "SI-03", "1"];

    public IPage Page => page;

    /// <summary>Opens a page.</summary>
    public async Task<PageContent> Open(string address)
    {
        await page.GotoAsync(address);
        return await ReadOpen();
    }

    /// <summary>Reads a page, and opens it when it has a text of a field that a page of this endpoint did not show before.</summary>
    public async Task<PageContent> Read(string address)
    {
        var (content, fields) = Check(await page.EvaluateAsync<JsonElement>(PageScripts.FetchedPage, address), isAnswer: false);
        var before = shown.Count;
        shown.UnionWith(fields.Select(f => $"{endpoints.NameOf("GET", content.Path)} shows {f}"));
        return shown.Count > before ? await Open(address) : content;
    }

    /// <summary>The page that is open.</summary>
    public async Task<PageContent> ReadOpen(bool isAnswer = false) => Check(await page.EvaluateAsync<JsonElement>(PageScripts.OpenPage), isAnswer).PageContent;

    /// <summary>Sends a form of the open page and looks at what answers.</summary>
    public async Task<PageContent> Send(PageForm form, IReadOnlyDictionary<string, string> typed, KeyValuePair<string, string>? replaced = null)
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnLoad(object? sender, IPage where) => loaded.TrySetResult();
        page.Load += OnLoad;
        try
        {
            await page.EvaluateAsync(PageScripts.Send, Filling(form, typed, replaced));
            await loaded.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
        finally
        {
            page.Load -= OnLoad;
        }

        return await ReadOpen(isAnswer: true);
    }

    /// <summary>Sends a form of the open page, which stays, and reads what answers.</summary>
    public async Task<PageContent> Post(PageForm form, KeyValuePair<string, string> replaced) =>
        Check(await page.EvaluateAsync<JsonElement>(PageScripts.Post, Filling(form, new Dictionary<string, string>(), replaced)), isAnswer: true).PageContent;

    private static object?[] Filling(PageForm form, IReadOnlyDictionary<string, string> typed, KeyValuePair<string, string>? replaced) =>
        [form.Index, typed, replaced is { } field ? new { name = field.Key, value = field.Value } : null, Chosen];

    private (PageContent PageContent, IReadOnlyList<string> Fields) Check(JsonElement read, bool isAnswer)
    {
        var content = PageContent.Parse(read);
        foreach (var element in content.Foreign) texts.Faults.Add($"{content.Path}: {element}");
        if (content.Status >= 500) texts.Faults.Add($"{content.Path}: {content.Status}");
        return (content, [.. content.Texts.SelectMany(t => texts.Read(content.Path, t, isAnswer))]);
    }
}

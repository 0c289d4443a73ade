using Feedback.Tests.Harness;
using Microsoft.Playwright;

namespace Feedback.Tests.Web;

/// <summary>A browser that notes what no page of the product does: scripts of others that run, refusals by the Content-Security-Policy, dialogs, errors, foreign hosts.</summary>
internal sealed class WatchedBrowser(Browser browser, TestApp app, ICollection<string> faults) : IAsyncDisposable
{
    /// <summary>What an injected text would set if it ran, and what the browser would not let it do.</summary>
    private const string Watch =
        """
        Object.defineProperty(window, 'hit', { set() { console.error('RAN ' + location.href); } });
        addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI));
        """;

    private readonly List<IBrowserContext> _contexts = [];

    /// <summary>Addresses of ours that were asked for, as sent.</summary>
    public HashSet<string> Asked { get; } = [];

    /// <summary>A page of somebody who shares no cookie with anybody else.</summary>
    public async Task<IPage> NewPerson()
    {
        var context = await browser.Desk(app);
        _contexts.Add(context);
        await context.AddInitScriptAsync(Watch);
        context.Console += (_, message) =>
        {
            // The browser itself notes a page that refuses what was sent; that is what such a page is for.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal)) Note($"{message.Page?.Url}: {message.Text}");
        };
        context.WebError += (_, error) => Note(error.Error);
        context.Dialog += (_, dialog) =>
        {
            Note("dialog " + dialog.Message);
            _ = dialog.DismissAsync();
        };
        context.Request += (_, request) =>
        {
            if (new Uri(request.Url) is not { Scheme: "http" or "https" } url) return;
            if (url.Authority != app.Address.Authority) Note("asked " + request.Url);
            else lock (Asked) Asked.Add($"{request.Method} {url.AbsolutePath}");
        };
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts) await context.DisposeAsync();
        await browser.DisposeAsync();
    }

    private void Note(string fault)
    {
        lock (faults) faults.Add(fault);
    }
}

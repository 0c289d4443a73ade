using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Feedback.Tests.Harness;

internal static class BrowserNavigation
{
    private const string Loaded = "() => document.readyState === 'complete' || new Promise(loaded => addEventListener('load', () => loaded(true)))";

    /// <summary>Waits until the browser is at an address and has loaded what is there.</summary>
    /// <remarks>It asks again and again. Playwright's own WaitForURLAsync looks once and then listens: a page that loads between the two is waited for in vain (playwright-dotnet, issue 3364).</remarks>
    /// <param name="page">On its way.</param>
    /// <param name="path">How the path of the address ends; what begins with "?" behind it does not count.</param>
    public static Task WaitForPath(this IPage page, string path) => page.WaitForAddress(new Regex(Regex.Escape(path) + @"(\?[^#]*)?$"));

    /// <summary>As <see cref="WaitForPath"/>, with any other address than this one.</summary>
    /// <param name="page">On its way.</param>
    /// <param name="path">How the path of the address ends that is left.</param>
    public static Task WaitUntilLeft(this IPage page, string path) => page.WaitForAddress(new Regex($@"^(?!.*{Regex.Escape(path)}(\?[^#]*)?$)"));

    /// <summary>As <see cref="WaitForPath"/>, with every address that fits.</summary>
    public static async Task WaitForAddress(this IPage page, Regex address)
    {
        await Assertions.Expect(page).ToHaveURLAsync(address);
        await page.EvaluateAsync(Loaded);
    }
}

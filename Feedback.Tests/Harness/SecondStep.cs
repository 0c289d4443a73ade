using Microsoft.Playwright;

namespace Feedback.Tests.Harness;

internal static class SecondStep
{
    /// <summary>After login and password: types the code where the page asks for one.</summary>
    public static async Task EnterCode(this IPage page, TestApp app, string login)
    {
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath != "/console/sign-in");
        if (!page.Url.Contains("/console/sign-in/code", StringComparison.Ordinal)) return;
        await page.Locator("#code").FillAsync(await app.CodeOf(login));
        await page.Keyboard.PressAsync("Enter");
    }
}

using Feedback.Demo;
using Feedback.Tests.Harness;
using Microsoft.Playwright;

namespace Feedback.Tests.Web;

/// <summary>How staff come in by the browser: password, its replacement if it is a first one, then the code or, the first time, the enrolment.</summary>
internal static class StaffSignIn
{
    private const string Replacement = "自己另设的口令-2026";

    /// <param name="page">Anywhere.</param>
    /// <param name="app">Holds the account.</param>
    /// <param name="login">Of the demonstration's staff, or one with its password.</param>
    /// <param name="password">Of the account.</param>
    /// <param name="from">The sign-in, or the page that asks for it and is wanted.</param>
    /// <param name="before">What is done at each page of the sign-in before it is left.</param>
    public static async Task SignIn(
        this IPage page, TestApp app, string login, string password = DemoHall.Password, string from = "/console/sign-in", Func<Task>? before = null)
    {
        await page.GotoAsync(from);
        await page.Locator("#login").FillAsync(login);
        await page.Locator("#password").FillAsync(password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitUntilLeft("/console/sign-in");
        if (page.Url.Contains("/console/sign-in/password", StringComparison.Ordinal))
        {
            if (before is not null) await before();
            foreach (var field in new[] { "#newPassword", "#repeated" }) await page.Locator(field).FillAsync(Replacement);
            await page.Keyboard.PressAsync("Enter");
            await page.WaitUntilLeft("/console/sign-in/password");
        }

        if (page.Url.Contains("/console/sign-in/", StringComparison.Ordinal))
        {
            if (before is not null) await before();
            var isFirst = page.Url.Contains("/second-factor", StringComparison.Ordinal);
            var code = isFirst ? app.CodeNow(SecondStep.Decode(await page.Locator("main code").First.InnerTextAsync())) : await app.CodeOf(login);
            await page.Locator("#code").FillAsync(code);
            await page.Keyboard.PressAsync("Enter");
            if (isFirst) await page.Locator(".secret ~ p a").ClickAsync();
        }

        await Assertions.Expect(page.Locator("nav.places")).ToBeVisibleAsync();
    }
}

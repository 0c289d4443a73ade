using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Feedback.Demo;
using Feedback.Tests.Harness;
using Microsoft.Playwright;

namespace Feedback.Tests.Web.Console;

/// <summary>The register by the keyboard alone, and the two sheets on paper.</summary>
internal sealed class RegisterBrowserTests
{
    [Test]
    public async Task A_clerk_registers_and_tells_without_touching_the_mouse_and_each_sheet_is_one_A5_page()
    {
        await using var browser = await Browser.Start();
        await using var app = await TestApp.Start();
        await app.Apply();
        await using var desk = await browser.Desk(app);
        var page = await desk.NewPageAsync();

        // Whoever types sees the caret first: a page takes the focus when it is drawn, and may be loaded before that.
        await page.GotoAsync("/console/sign-in");
        await Assertions.Expect(page.GetByLabel("账号")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("handler");
        await Keys(page, "Tab");
        await page.Keyboard.TypeAsync(DemoHall.Password);
        await Keys(page, "Enter");
        await page.WaitForPath("/console/cases");
        await page.GotoAsync("/console/register");
        await Accessible(page);

        // The item used last is chosen and in focus; its identity card is ticked, then the bank card with three copies.
        await Assertions.Expect(page.GetByRole(AriaRole.Radio, new() { Name = "养老待遇申领" })).ToBeFocusedAsync();
        await Keys(page, "Tab", "Space", "Tab", "Tab", "Tab", "Tab", "Space", "Tab", "ArrowUp", "ArrowUp");
        await Keys(page, "Tab", "Tab");
        await Assertions.Expect(page.GetByLabel("一句话写明要问或要办的事")).ToBeFocusedAsync();
        await page.Keyboard.InsertTextAsync("申领养老金");
        await Keys(page, "Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "首问登记回执" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".sheet")).ToContainTextAsync("居民身份证 1 份、银行卡 3 份");
        await Accessible(page);
        Assert.That(Pages(await page.PdfAsync(new() { PreferCSSPageSize = true })), Is.EqualTo(1));

        // On to the next one is one key away; here the case is opened instead, and the notice is issued.
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "登记下一件" })).ToBeFocusedAsync();
        await Keys(page, "Tab", "Enter");
        await page.WaitForAddress(new Regex("/console/cases/[0-9A-Z-]+$"));
        await page.GetByRole(AriaRole.Link, new() { Name = "开具一次性告知单" }).PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "居民身份证" })).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "职工档案" })).ToBeCheckedAsync();
        await Accessible(page);
        await Keys(page, "Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "一次性告知单" })).ToBeVisibleAsync();
        await Accessible(page);
        Assert.That(Pages(await page.PdfAsync(new() { PreferCSSPageSize = true })), Is.EqualTo(1));
        Assert.That(await app.Sql<int>("select count(*) from one_time_notice"), Is.EqualTo(1));
    }

    private static async Task Keys(IPage page, params string[] keys)
    {
        foreach (var key in keys) await page.Keyboard.PressAsync(key);
    }

    /// <summary>The page objects of a PDF as Chromium writes it.</summary>
    private static int Pages(byte[] pdf) => Regex.Count(System.Text.Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b");

    /// <summary>Nothing that axe finds fault with, and nothing wider than the screen.</summary>
    private static async Task Accessible(IPage page)
    {
        var found = await page.RunAxe();
        Assert.That(found.Violations.Select(v => $"{page.Url} {v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"), Is.Empty);
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"), Is.Zero, page.Url);
    }
}

using Deque.AxeCore.Playwright;
using Feedback.Demo;
using Feedback.Tests.Harness;
using Microsoft.Playwright;

namespace Feedback.Tests.Web.Console;

/// <summary>Accounts in a real browser: one's own on a phone, everybody's at a desk.</summary>
internal sealed class AccountBrowserTests(Engine engine) : SliceTest(engine)
{
    private const string NewPassword = "蓝天白云-7-河流清澈";

    [Test]
    public async Task On_a_phone_somebody_changes_the_password_ends_the_other_sign_in_and_issues_and_withdraws_a_token()
    {
        await using var browser = await Browser.Start();
        await using var desk = await browser.Desk(App, 1280, 800);
        await using var phone = await browser.Desk(App, 390, 844);
        var there = await SignIn(desk, "supervisor", DemoHall.Password);
        var here = await SignIn(phone, "supervisor", DemoHall.Password);
        await here.Locator(".who a").ClickAsync();
        await Assertions.Expect(here.GetByText("(本次登录)")).ToHaveCountAsync(1);
        await Fits(here);

        await here.GetByRole(AriaRole.Button, new() { Name = "结束这个登录" }).ClickAsync();
        await Assertions.Expect(here.GetByRole(AriaRole.Status)).ToHaveTextAsync("已结束那个登录。");
        await there.ReloadAsync();
        Assert.That(there.Url, Does.Contain("/console/sign-in"));

        await here.GetByLabel("现在的密码").FillAsync("wrong-password");
        await FillNew(here);
        await Assertions.Expect(here.Locator("#currentPassword-error")).ToHaveTextAsync("现在的密码不正确。");
        await Assertions.Expect(here.Locator("#currentPassword")).ToBeFocusedAsync();
        await here.GetByLabel("现在的密码").FillAsync(DemoHall.Password);
        await FillNew(here);
        await Assertions.Expect(here.GetByRole(AriaRole.Status)).ToContainTextAsync("密码已修改");
        await SignIn(desk, "supervisor", NewPassword);

        await here.GetByText("签发令牌", new() { Exact = true }).ClickAsync();
        await here.GetByLabel("用途").FillAsync("月报");
        await here.GetByLabel("统计").CheckAsync();
        await here.GetByRole(AriaRole.Button, new() { Name = "签发", Exact = true }).ClickAsync();
        await Assertions.Expect(here.Locator(".secret code")).ToContainTextAsync("fb_");
        await Fits(here);
        await here.GetByRole(AriaRole.Button, new() { Name = "撤销" }).ClickAsync();
        await here.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "撤销" }).ClickAsync();
        await Assertions.Expect(here.GetByRole(AriaRole.Status)).ToHaveTextAsync("令牌已撤销。");
        await Assertions.Expect(here.GetByText("月报")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task At_a_desk_the_administrator_closes_an_account_and_resets_a_second_factor()
    {
        await using var browser = await Browser.Start();
        await using var desk = await browser.Desk(App, 1280, 800);
        await using var elsewhere = await browser.Desk(App, 1280, 800);
        await using var other = await browser.Desk(App, 1280, 800);
        var leader = await SignIn(elsewhere, "leader", DemoHall.Password);
        var inspector = await SignIn(other, "inspector", DemoHall.Password);
        var admin = await SignIn(desk, "admin", DemoHall.Password);
        await admin.GotoAsync("/console/staff");
        await Fits(admin);

        await Do(admin, "leader", "关闭账号");
        await Assertions.Expect(admin.Locator("#account-leader")).ToContainTextAsync("已关闭");
        await leader.ReloadAsync();
        Assert.That(leader.Url, Does.Contain("/console/sign-in"));

        await Do(admin, "inspector", "重置两步验证");
        await Assertions.Expect(admin.Locator("#account-inspector")).ToContainTextAsync("下次登录时启用");
        await inspector.ReloadAsync();
        await inspector.GetByLabel("账号").FillAsync("inspector");
        await inspector.GetByLabel("密码").FillAsync(DemoHall.Password);
        await inspector.Keyboard.PressAsync("Enter");
        await inspector.WaitForPath("/console/sign-in/second-factor");
        await Assertions.Expect(inspector.Locator(".qr svg")).ToBeVisibleAsync();

        await admin.SetViewportSizeAsync(390, 844);
        await Fits(admin);
    }

    private static async Task Do(IPage page, string login, string deed)
    {
        var row = page.Locator($"#account-{login}");
        await row.Locator("summary").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = deed }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = deed }).ClickAsync();
    }

    private static async Task FillNew(IPage page)
    {
        await page.Locator("#newPassword").FillAsync(NewPassword);
        await page.Locator("#repeated").FillAsync(NewPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "修改密码" }).ClickAsync();
    }

    private async Task<IPage> SignIn(IBrowserContext context, string login, string password)
    {
        var page = await context.NewPageAsync();
        await page.SignIn(App, login, password);
        return page;
    }

    /// <summary>Nothing that axe finds fault with, and nothing wider than the screen.</summary>
    private static async Task Fits(IPage page)
    {
        var found = await page.RunAxe();
        Assert.That(found.Violations.Select(v => $"{page.Url} {v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"), Is.Empty);
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"), Is.Zero, page.Url);
    }
}

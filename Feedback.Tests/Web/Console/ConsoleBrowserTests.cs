using Deque.AxeCore.Playwright;
using Feedback.Demo;
using Feedback.Domain.Cases;
using Feedback.Tests.Harness;
using Microsoft.Playwright;

namespace Feedback.Tests.Web.Console;

/// <summary>The console in a real browser on a desk's screen.</summary>
internal sealed class ConsoleBrowserTests
{
    [Test]
    public async Task A_unit_head_signs_in_accepts_and_answers_with_the_list_updating_meanwhile()
    {
        await using var browser = await Browser.Start();
        await using var app = await TestApp.Start();
        var number = await app.FileComplaint("A01");
        await using var desk = await browser.Desk(app);
        var page = await desk.NewPageAsync();

        var defects = new List<string>();
        page.PageError += (_, error) => defects.Add(error);

        await page.GotoAsync("/console");
        await Accessible(page);
        await page.GetByLabel("账号").FillAsync("head-si");
        await page.GetByLabel("密码").FillAsync(DemoHall.Password);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "办件" })).ToBeVisibleAsync();
        await Accessible(page);

        // A second case appears without a reload, and the row in focus keeps it.
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = number })).ToBeFocusedAsync();
        await app.FileComplaint("A02");
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = number })).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = number }).PressAsync("Enter");
        await page.WaitForPath($"/console/cases/{number}");
        await Accessible(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "受理" }).ClickAsync();
        var question = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(question).ToContainTextAsync("按一般投诉受理,答复期限为 11月23日(周一)17:30");
        await question.GetByRole(AriaRole.Button, new() { Name = "取消" }).ClickAsync();
        await Assertions.Expect(page.Locator(".lead")).ToContainTextAsync("待受理");
        await page.GetByRole(AriaRole.Button, new() { Name = "受理" }).ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "受理" }).ClickAsync();
        await Assertions.Expect(page.Locator(".lead")).ToContainTextAsync("办理中");

        await page.GetByLabel("答复内容").FillAsync("已核实,向您致歉。");
        await page.GetByRole(AriaRole.Button, new() { Name = "提交答复" }).ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "提交答复" }).ClickAsync();
        await Assertions.Expect(page.Locator(".lead")).ToContainTextAsync("已答复");
        await Assertions.Expect(page.Locator("blockquote.answer")).ToHaveTextAsync("已核实,向您致歉。");

        foreach (var path in new[] { "/console/notices", "/console/windows", "/console/statistics" })
        {
            await page.GotoAsync(path);
            await Accessible(page);
        }

        Assert.That(defects, Is.Empty);
    }

    [Test]
    public async Task A_clerk_pauses_and_resumes_and_a_decision_carries_the_button_that_was_pressed()
    {
        await using var browser = await Browser.Start();
        await using var app = await TestApp.Start();
        var found = await TestCase.In(app, CaseState.Accepted);
        var head = await SignedIn(browser, app, "head-si");
        await head.GotoAsync(found.Page);
        await Accessible(head);
        var question = head.GetByRole(AriaRole.Dialog);

        await head.Locator("summary", new() { HasText = "暂停计时" }).ClickAsync();
        await Accessible(head);
        await head.GetByLabel("原因").SelectOptionAsync("Hearing");
        await head.GetByLabel("依据材料").FillAsync("听证通知 5 号");
        await head.GetByRole(AriaRole.Button, new() { Name = "暂停计时" }).ClickAsync();
        await Assertions.Expect(question).ToContainTextAsync("最迟 12月7日(周一)17:30自动恢复");
        await question.GetByRole(AriaRole.Button, new() { Name = "暂停计时" }).ClickAsync();
        await Assertions.Expect(head.Locator(".pending")).ToContainTextAsync("听证通知 5 号");
        await Accessible(head);

        await head.GetByRole(AriaRole.Button, new() { Name = "恢复计时" }).ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "恢复计时" }).ClickAsync();
        await Assertions.Expect(head.Locator(".lead")).ToContainTextAsync("办理中");

        await found.Staff("head-si", "extension", new { reason = "需外地协查" });
        var supervisor = await SignedIn(browser, app, "supervisor");
        await supervisor.GotoAsync(found.Page);
        await Accessible(supervisor);
        await supervisor.GetByRole(AriaRole.Button, new() { Name = "不同意" }).ClickAsync();
        await supervisor.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "不同意" }).ClickAsync();
        await Assertions.Expect(supervisor.Locator(".timeline")).ToContainTextAsync("没有批准延期");
    }

    private static async Task<IPage> SignedIn(Browser browser, TestApp app, string login)
    {
        var desk = await browser.Desk(app);
        var page = await desk.NewPageAsync();
        await page.SignIn(app, login);
        await page.WaitForPath("/console/cases");
        return page;
    }

    /// <summary>Nothing that axe finds fault with, and nothing wider than the screen.</summary>
    private static async Task Accessible(IPage page)
    {
        var found = await page.RunAxe();
        Assert.That(found.Violations.Select(v => $"{page.Url} {v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"), Is.Empty);
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"), Is.Zero, page.Url);
    }
}

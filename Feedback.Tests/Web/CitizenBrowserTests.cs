using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Feedback.Domain.Cases;
using Feedback.Tests.Harness;
using Microsoft.Playwright;

namespace Feedback.Tests.Web;

/// <summary>The citizen's pages in a real browser on a phone's screen.</summary>
internal sealed class CitizenBrowserTests
{
    private Browser _browser = null!;
    private TestApp _app = null!;
    private string _page = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        _browser = await Browser.Start();
        _app = await TestApp.Start();
        _page = new Uri(_app.Address, "/w/" + await _app.Token("A01")).AbsoluteUri;
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_app is not null) await _app.DisposeAsync();
        if (_browser is not null) await _browser.DisposeAsync();
    }

    [Test]
    public async Task A_citizen_rates_without_script()
    {
        await using var phone = await _browser.Phone(script: false);
        var page = await phone.NewPageAsync();
        await page.GotoAsync(_page);

        Assert.That(await page.GetByText("是哪里没有做好?").First.IsVisibleAsync(), Is.False, "before a face is chosen");
        var submit = page.GetByRole(AriaRole.Button, new() { Name = "提交" });
        Assert.That((await submit.BoundingBoxAsync())!.Y, Is.LessThan(844 - 48), "the button is on the first screen");

        await page.GetByText("不满意", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("谢谢您的直言")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("未在承诺时间内办结")).ToBeVisibleAsync();
        Assert.That(await page.GetByText("服务热情效率高").IsVisibleAsync(), Is.False, "the tags of another grade");

        await page.GetByText("未在承诺时间内办结").ClickAsync();
        await page.GetByLabel("想说的话").FillAsync("等了很久");
        await submit.ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "谢谢您的直言" })).ToBeVisibleAsync();
        Assert.That(await _app.Sql<int>("select count(*) from rating r join rating_tag t on t.rating_id = r.id where r.grade = 2 and r.comment = '等了很久' and t.tag_code = '209'"), Is.EqualTo(1));
    }

    [TestCase("", 48)]
    [TestCase("?type=large", 60)]
    public async Task Whatever_is_tapped_is_large_enough(string reading, int least)
    {
        await using var phone = await _browser.Phone(script: true);
        var page = await phone.NewPageAsync();
        foreach (var path in new[] { "", "/complaint" })
        {
            await page.GotoAsync(_page + path + reading);
            if (path.Length == 0) await page.GetByText("不满意", new() { Exact = true }).ClickAsync();
            Assert.That(await Small(page, least), Is.Empty);
            Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the screen");
        }
    }

    [TestCase(ColorScheme.Light, "")]
    [TestCase(ColorScheme.Dark, "")]
    [TestCase(ColorScheme.Light, "?type=large")]
    [TestCase(ColorScheme.Light, "?lang=en-GB")]
    public async Task No_page_breaks_a_rule_of_accessibility(ColorScheme colours, string reading)
    {
        await using var phone = await _browser.Phone(script: true, colours);
        var page = await phone.NewPageAsync();

        await page.GotoAsync(_page + reading);
        await Check(page, "rating");
        await page.Locator("label.g1").ClickAsync();
        await page.Locator("#phone").FillAsync("x");
        await Check(page, "rating, a face chosen");
        await page.Locator("button.primary").ClickAsync();
        await Check(page, "rating, refused");
        await page.Locator("#phone").FillAsync("");
        await page.Locator("button.primary").ClickAsync();
        await Check(page, "thanks");
        await page.Locator("button.secondary").ClickAsync();
        await Check(page, "rating opened again");
        await page.Locator("button.primary").ClickAsync();
        await Check(page, "supplement, refused");
        await page.Locator("#comment").FillAsync("后来解决了");
        await page.Locator("button.primary").ClickAsync();
        await Check(page, "supplement");

        await page.GotoAsync(_page + "/complaint");
        await Check(page, "complaint");
        await page.Locator("button.primary").ClickAsync();
        await Check(page, "complaint, refused");
        await page.Locator("#about-Delay").CheckAsync();
        await page.Locator("#text").FillAsync("等了四天");
        await page.Locator("button.primary").ClickAsync();
        await Check(page, "receipt");
        await page.Locator("button.secondary").ClickAsync();
        await Check(page, "progress");

        foreach (var path in new[] { "/track", "/w", "/r", "/", "/nowhere" })
        {
            await page.GotoAsync(new Uri(_app.Address, path).AbsoluteUri);
            await Check(page, path);
        }
    }

    [Test]
    public async Task A_draft_outlives_a_reload_and_ends_with_the_receipt()
    {
        await using var phone = await _browser.Phone(script: true);
        var page = await phone.NewPageAsync();
        await page.GotoAsync(_page + "/complaint");
        await page.Locator("#about-Rudeness").CheckAsync();
        await page.Locator("#text").FillAsync("写到一半断网了");
        await page.GotoAsync(_page + "/complaint");

        Assert.That(await page.Locator("#text").InputValueAsync(), Is.EqualTo("写到一半断网了"));
        Assert.That(await page.Locator("#about-Rudeness").IsCheckedAsync());

        await phone.SetOfflineAsync(true);
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.GetByText("现在没有网络")).ToBeVisibleAsync();

        await phone.SetOfflineAsync(false);
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.GetByText("请截图保存")).ToBeVisibleAsync();
        await page.GotoAsync(_page + "/complaint");
        Assert.That(await page.Locator("#text").InputValueAsync(), Is.Empty);
    }

    [Test]
    public async Task A_citizen_adds_material_and_says_that_it_is_not_solved()
    {
        var found = await TestCase.In(_app, CaseState.Answered);
        await using var phone = await _browser.Phone(script: false);
        var page = await phone.NewPageAsync();
        await page.GotoAsync(new Uri(_app.Address, "/track?number=" + found.Number).AbsoluteUri);
        await page.GetByLabel("查询码").FillAsync(found.Code);
        await page.GetByRole(AriaRole.Button, new() { Name = "查询" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "已经答复" })).ToBeVisibleAsync();

        await page.GetByText("补充内容").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "提交补充" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("请写下要补充的内容。");
        await page.GetByLabel("要补充的内容").FillAsync("窗口换了人,还是让我重新排队。");
        await page.GetByRole(AriaRole.Button, new() { Name = "提交补充" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("收到了您补充的内容");

        // A reload sends the form again; it is done once.
        await page.ReloadAsync();
        Assert.That(await _app.Sql<int>("select count(*) from case_material where case_number = @Number", new { found.Number }), Is.EqualTo(1));

        await page.GetByText("对办理过程满意吗?(可不选)").ClickAsync();
        await page.Locator("label.g2").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "没有解决" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "正在重新办理" })).ToBeVisibleAsync();
        Assert.That(await _app.Sql<int>("select verdict from case_file where case_number = @Number and state = 'Accepted'", new { found.Number }), Is.EqualTo(2));

        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Being handled again" })).ToBeVisibleAsync();
        Assert.That(await page.GetByRole(AriaRole.Status).CountAsync(), Is.Zero, "another language asks for the page, not for the deed");
    }

    [TestCase("", 48, ColorScheme.Light)]
    [TestCase("?type=large", 60, ColorScheme.Dark)]
    public async Task What_a_citizen_can_do_about_a_complaint_is_large_enough_and_accessible(string reading, int least, ColorScheme colours)
    {
        await using var phone = await _browser.Phone(script: true, colours);
        var page = await phone.NewPageAsync();
        foreach (var state in Enum.GetValues<CaseState>())
        {
            var found = await TestCase.In(_app, state);
            await page.GotoAsync(new Uri(_app.Address, "/track" + reading).AbsoluteUri);
            await page.FillAsync("#number", found.Number);
            await page.FillAsync("#code", found.Code);
            await page.ClickAsync("button.primary");
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
            Assert.That(await Small(page, least), Is.Empty);
            Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the screen");
            await Check(page, state.ToString());
        }
    }

    [Test]
    public async Task The_poster_fills_one_sheet_of_A5_with_a_code_of_60_mm_or_more()
    {
        await using var desk = await Desk();
        var page = await desk.NewPageAsync();
        await page.GotoAsync(Poster);
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        const double quietZone = 2 * 4;
        var code = await page.Locator(".qr svg").EvaluateAsync<double[]>("s => [s.getBoundingClientRect().width, s.viewBox.baseVal.width]");
        Assert.That(code[0] * (1 - (quietZone / code[1])), Is.GreaterThanOrEqualTo(60 / 25.4 * 96));
        Assert.That(await page.Locator(".sheet").EvaluateAsync<bool>("s => s.scrollHeight <= s.clientHeight && s.scrollWidth <= s.clientWidth"), "everything fits on the sheet");
        var pdf = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }));
        Assert.That(System.Text.RegularExpressions.Regex.Count(pdf, @"/Type\s*/Page\b"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_screen_fills_its_device_and_changes_by_itself_without_script()
    {
        await using var app = await TestApp.Start();
        var address = new Uri(app.Address, await app.Screen("A01")).AbsoluteUri;
        await using var device = await _browser.Open(new() { JavaScriptEnabled = false });
        var page = await device.NewPageAsync();
        foreach (var (width, height) in new[] { (768, 1024), (1280, 720), (1920, 1080) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.GotoAsync(address);
            Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"), $"{width} x {height}: nothing is off the screen");
            var (code, footer, picture) = ((await page.Locator(".side").BoundingBoxAsync())!, (await page.Locator("footer").BoundingBoxAsync())!, (await page.Locator(".qr svg").BoundingBoxAsync())!);
            Assert.That(code.Y + code.Height, Is.LessThanOrEqualTo(footer.Y), $"{width} x {height}: nothing covers the code");
            Assert.That(Math.Min(picture.Width, picture.Height), Is.GreaterThanOrEqualTo(Math.Min(width, height) * 0.5), $"{width} x {height}: the picture is large");
        }

        app.Clock.Now = TestApp.Local("2026-11-16T10:00:28");
        await page.GotoAsync(address);
        var before = await page.Locator(".code").TextContentAsync();
        app.Clock.Now = TestApp.Local("2026-11-16T10:00:30");
        await Assertions.Expect(page.Locator(".code")).Not.ToHaveTextAsync(before!, new() { Timeout = 20_000 });
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task The_screen_breaks_no_rule_of_accessibility(ColorScheme colours)
    {
        await using var device = await _browser.Open(new() { ColorScheme = colours });
        var page = await device.NewPageAsync();
        await page.GotoAsync(new Uri(_app.Address, await _app.Screen("A01")).AbsoluteUri);

        // It is looked at and never operated, and changing by itself without script is what it is for.
        await Check(page, "screen", except: "meta-refresh");
        await page.GotoAsync(new Uri(_app.Address, "/screen/nothing").AbsoluteUri);
        await Check(page, "screen, ended");
    }

    [Test, Explicit("Takes the README's pictures.")]
    public async Task Pictures()
    {
        var folder = TestContext.CurrentContext.WorkDirectory;
        await using var phone = await _browser.Phone(script: false, scale: 2);
        var page = await phone.NewPageAsync();
        await page.GotoAsync(_page);
        await page.GetByText("非常满意", new() { Exact = true }).ClickAsync();
        await page.GetByText("一窗受理一次办结").ClickAsync();
        await page.Mouse.WheelAsync(0, -2000);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "citizen.png") });

        await using var desk = await Desk();
        var poster = await desk.NewPageAsync();
        await poster.GotoAsync(Poster);
        await poster.Locator(".sheet").ScreenshotAsync(new() { Path = Path.Combine(folder, "poster.png") });
    }

    private string Poster => new Uri(_app.Address, "/windows/A01/poster").AbsoluteUri;

    /// <summary>A screen of the staff's, signed in as the supervisor.</summary>
    private async Task<IBrowserContext> Desk()
    {
        using var supervisor = await _app.SignedIn("supervisor");
        var authorization = supervisor.DefaultRequestHeaders.Authorization!.ToString();
        return await _browser.Open(new() { ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = authorization } });
    }

    /// <summary>What can be tapped and is smaller than it must be.</summary>
    private static Task<string[]> Small(IPage page, int least) => page.EvaluateAsync<string[]>(
        """
        least => [...document.querySelectorAll('a, button, summary, select, textarea, input:not([type=radio]):not([type=checkbox]):not([type=hidden]), label.choice, label.tag, .grades > label')]
          .map(e => [e, e.getBoundingClientRect()]).filter(([, r]) => r.width > 0 && (r.height < least - 0.5 || r.width < least - 0.5))
          .map(([e, r]) => `${e.outerHTML.slice(0, 80)} ${r.width}x${r.height}`)
        """,
        least);

    private static async Task Check(IPage page, string name, string? except = null)
    {
        var found = await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa") });
        Assert.That(found.Violations.Where(v => v.Id != except).SelectMany(v => v.Nodes.Select(n => $"{name}: {v.Id} {n.Html}")), Is.Empty);
    }
}

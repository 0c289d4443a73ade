using Deque.AxeCore.Playwright;
using Feedback.Domain.Cases;
using Feedback.Tests.Harness;
using Microsoft.Playwright;

namespace Feedback.Tests.Web;

/// <summary>Pictures from a phone's album to the desk of whoever is responsible, in a real browser.</summary>
internal sealed class PictureBrowserTests
{
    private const string Loaded = "Array.from(document.querySelectorAll('.pictures img')).map(i => i.complete ? i.naturalWidth : 0)";

    [Test]
    public async Task Two_photos_chosen_on_a_phone_are_seen_on_the_case_and_in_the_console()
    {
        await using var browser = await Browser.Start();
        await using var app = await TestApp.Start();

        var folder = Directory.CreateTempSubdirectory("feedback-pictures-");
        try
        {
            var files = new[] { Path.Combine(folder.FullName, "IMG_1.jpg"), Path.Combine(folder.FullName, "IMG_2.png") };
            await File.WriteAllBytesAsync(files[0], Pictures.PhonePhoto());
            await File.WriteAllBytesAsync(files[1], Pictures.Png(300, 200));

            await using var phone = await browser.Phone(script: false);
            var page = await phone.NewPageAsync();
            await page.GotoAsync(new Uri(app.Address, $"/w/{await app.Token("A01")}/complaint").AbsoluteUri);
            await page.Locator("#about-Delay").CheckAsync();
            await page.Locator("#text").FillAsync("说好当天办结,等了四天,有照片为证。");
            await page.GetByLabel("图片").SetInputFilesAsync(files);
            await page.GetByRole(AriaRole.Button, new() { Name = "提交投诉" }).ClickAsync();
            await Assertions.Expect(page.GetByText("收到 2 张")).ToBeVisibleAsync();
            var number = await page.Locator("#case-number").InnerTextAsync();

            await page.GetByRole(AriaRole.Button, new() { Name = "现在看进度" }).ClickAsync();
            await AssertShown(page);
            Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the screen");
            await page.GetByText("补充图片").ClickAsync();
            await page.GetByLabel("选择图片").SetInputFilesAsync(files[0]);
            await page.GetByRole(AriaRole.Button, new() { Name = "提交图片" }).ClickAsync();
            await Assertions.Expect(page.GetByText("收到了您的图片,已经通知责任人。")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator(".pictures img")).ToHaveCountAsync(3);

            await using var desk = await browser.Desk(app);
            var console = await desk.NewPageAsync();
            await console.SignIn(app, "head-si");
            await Assertions.Expect(console.GetByRole(AriaRole.Heading, new() { Name = "办件" })).ToBeVisibleAsync();
            await console.GotoAsync("/console/cases/" + number);
            await Assertions.Expect(console.Locator(".pictures img")).ToHaveCountAsync(3);
            await AssertShown(console);
            Assert.That((await console.RunAxe()).Violations.Select(v => v.Id), Is.Empty);

            // The picture itself, in its sandbox.
            await console.Locator(".pictures a").First.ClickAsync();
            await console.WaitForPath("/pictures/1");
            Assert.That(await console.EvaluateAsync<int>("document.images[0].naturalWidth"), Is.EqualTo(40), "upright");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task A_photo_that_is_too_large_is_made_smaller_on_the_phone()
    {
        await using var browser = await Browser.Start();
        await using var app = await TestApp.Start();
        await using var phone = await browser.Phone(script: true);
        var page = await phone.NewPageAsync();
        var defects = new List<string>();
        page.Console += (_, said) => defects.Add(said.Text);
        page.PageError += (_, error) => defects.Add(error);
        var large = Pictures.Noise(2000, 3000);
        Assert.That(large, Has.Length.GreaterThan(PictureRules.LargestFile));

        await page.GotoAsync(new Uri(app.Address, $"/w/{await app.Token("A01")}/complaint").AbsoluteUri);
        await page.Locator("#about-Delay").CheckAsync();
        await page.Locator("#text").FillAsync("说好当天办结,等了四天,有照片为证。");
        await page.GetByLabel("图片").SetInputFilesAsync([Photo("IMG_1.jpg", large), Photo("IMG_2.jpg", Pictures.PhonePhoto())]);

        // At once, while the phone is still at it.
        await page.GetByRole(AriaRole.Button, new() { Name = "提交投诉" }).ClickAsync();
        await Assertions.Expect(page.GetByText("收到 2 张")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "现在看进度" }).ClickAsync();
        await AssertShown(page);
        var sizes = await page.EvaluateAsync<int[]>("Array.from(document.querySelectorAll('.pictures img')).flatMap(i => [i.naturalWidth, i.naturalHeight])");
        Assert.That(sizes, Is.EqualTo(new[] { 1707, 2560, 40, 60 }), "upright, in their order");
        Assert.That(defects, Is.Empty);
    }

    private static FilePayload Photo(string name, byte[] content) => new() { Name = name, MimeType = "image/jpeg", Buffer = content };

    private static async Task AssertShown(IPage page)
    {
        await page.Locator(".pictures img").First.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(page.Locator(".pictures img").First).ToBeVisibleAsync();
        foreach (var picture in await page.Locator(".pictures img").AllAsync()) await Assertions.Expect(picture).ToHaveJSPropertyAsync("complete", true);
        Assert.That(await page.EvaluateAsync<int[]>(Loaded), Has.None.EqualTo(0));
    }
}

using System.Text.RegularExpressions;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Web;

/// <summary>Pictures on the citizen's pages and in the console.</summary>
internal sealed class PicturePageTests(Engine engine) : SliceTest(engine)
{
    private const string Marker = "name=\"withoutPictures\" value=\"true\"";

    private static readonly KeyValuePair<string, string>[] Delay = [new("key", "k1"), new("about", "Delay"), new("text", "说好当天办结,等了四天。"), new("receiver", "Hall")];

    private async Task<string> Path() => $"/w/{await App.Token("A01")}/complaint";

    [Test]
    public async Task A_complaint_is_filed_with_its_pictures_and_its_receipt_is_shown_again()
    {
        var receipt = await App.Client.PostMultipart(await Path(), Pictures.FormWith(Delay, Pictures.PhonePhoto(), Pictures.Png()));

        Assert.That((receipt.Status, receipt.Fact("图片")), Is.EqualTo((201, "收到 2 张")));
        Assert.That(receipt.Html, Does.Contain("formaction").And.Not.Contain(Marker));
        Assert.That(await App.Sql<int>("select count(*) from case_event where kind = 'PicturesAdded' and seq = 2"), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select count(*) from case_picture"), Is.EqualTo(2));

        var again = await App.Client.PostForm(await Path() + "?lang=en-GB", [.. Delay.Select(d => (d.Key, d.Value))]);
        Assert.That((again.Status, again.Fact("Query code"), again.Fact("Pictures")), Is.EqualTo((201, receipt.Fact("查询码"), "2 received")));
        Assert.That(await App.Sql<int>("select count(*) from case_file"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_form_whose_files_were_left_blank_files_a_complaint_without_pictures()
    {
        using var form = Pictures.FormWith(Delay);
        form.Add(new ByteArrayContent([]), "pictures");
        form.Last().Headers.Remove("Content-Disposition");
        form.Last().Headers.TryAddWithoutValidation("Content-Disposition", "form-data; name=\"pictures\"; filename=\"\"");
        var receipt = await App.Client.PostMultipart(await Path(), form);

        Assert.That((receipt.Status, receipt.Fact("图片")), Is.EqualTo((201, "")));
        Assert.That(await App.Sql<int>("select count(*) from case_picture"), Is.Zero);
    }

    [Test]
    public async Task A_bad_picture_files_nothing_keeps_the_words_and_asks_for_the_pictures_again()
    {
        var sent = await App.Client.PostMultipart(await Path(), Pictures.FormWith(Delay, Pictures.Png(), "<svg/>"u8.ToArray()));

        Assert.That(sent.Status, Is.EqualTo(400));
        Assert.That(sent.Text, Does.Contain("第 2 张图片不是 JPEG、PNG 或 WebP 图片。").And.Contain("选好的图片没有保留,请重新选择。").And.Contain("说好当天办结,等了四天。").And.Contain("<a href=\"#pictures\">"));
        Assert.That(await App.Sql<int>("select count(*) from case_file"), Is.Zero);
    }

    [Test]
    public async Task A_bad_word_says_that_the_pictures_must_be_chosen_again_too()
    {
        var sent = await App.Client.PostMultipart(await Path(), Pictures.FormWith(Delay.Where(d => d.Key != "about"), Pictures.Png()));
        Assert.That(sent.Status, Is.EqualTo(400));
        Assert.That(sent.Text, Does.Contain("选好的图片没有保留,请重新选择。"));

        var without = await App.Client.PostMultipart(await Path(), Pictures.FormWith(Delay.Where(d => d.Key != "about")));
        Assert.That(without.Text, Does.Not.Contain("选好的图片没有保留"));
    }

    [Test]
    public async Task Another_language_after_a_refusal_never_files_the_complaint_without_its_pictures()
    {
        var refused = await App.Client.PostMultipart(await Path(), Pictures.FormWith(Delay, "<svg/>"u8.ToArray()));
        Assert.That(refused.Html, Does.Contain(Marker));

        var fields = Delay.Select(d => (d.Key, d.Value)).Append(("withoutPictures", "true")).ToArray();
        foreach (var lang in new[] { "en-GB", "zh-CN" })
        {
            var again = await App.Client.PostForm(await Path() + "?lang=" + lang, fields);
            Assert.That((again.Status, again.Html.Contains(Marker, StringComparison.Ordinal)), Is.EqualTo((400, true)), lang);
            Assert.That(again.Text, Does.Contain(lang == "en-GB" ? "please choose them again" : "请重新选择"));
        }

        Assert.That(await App.Sql<int>("select count(*) from case_file"), Is.Zero);
        Assert.That((await App.Client.PostMultipart(await Path(), Pictures.FormWith(Delay, Pictures.Png()))).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task The_citizen_adds_pictures_on_the_page_of_the_case_until_there_is_no_more_room()
    {
        var found = await TestCase.File(App);
        KeyValuePair<string, string>[] opening = [new("number", found.Number), new("code", found.Code), new("command", "AddPictures")];
        var first = await App.Client.PostMultipart("/track/pictures", Pictures.FormWith([.. opening, new("key", "p1")], Pictures.Jpeg(), Pictures.Png()));

        Assert.That(first.Status, Is.EqualTo(200));
        Assert.That(first.Text, Does.Contain("收到了您的图片,已经通知责任人。").And.Contain("收到了您的 2 张图片。").And.Contain("最多 3 张"));
        Assert.That(first.Html, Does.Not.Contain("name=\"command\" value=\"AddPictures\" />"), "another language sends nothing again");
        var none = await App.Client.PostMultipart("/track/pictures", Pictures.FormWith([.. opening, new("key", "p2")]));
        Assert.That((none.Status, none.Text.Contains("请选择图片。", StringComparison.Ordinal)), Is.EqualTo((400, true)));
        var full = await App.Client.PostMultipart("/track/pictures", Pictures.FormWith([.. opening, new("key", "p3")], Pictures.Png(), Pictures.Png(), Pictures.Png()));
        Assert.That(full.Text, Does.Not.Contain("补充图片").And.Contain("补充内容"));
        Assert.That((await App.Client.PostMultipart("/track/pictures", Pictures.FormWith([.. opening[..1], new("code", "7K2M-9XQA-3F8T"), opening[2]], Pictures.Png()))).Status, Is.EqualTo(404));
        Assert.That(await App.Sql<int>("select count(*) from case_picture"), Is.EqualTo(5));
    }

    [Test]
    public async Task The_pages_pictures_are_opened_by_tickets_that_end_and_cannot_be_changed()
    {
        var found = await TestCase.File(App);
        using (var citizen = App.Citizen(found.Code)) await citizen.SendPictures(found.Number, Pictures.Jpeg());
        var page = await App.Client.PostForm("/track", ("number", found.Number), ("code", found.Code));
        var address = Regex.Match(page.Html, "src=\"(/track/pictures/[^\"]+)\"").Groups[1].Value;

        Assert.That(address, Does.Not.Contain(found.Number).And.Not.Contain(found.Code.Replace("-", "", StringComparison.Ordinal)));
        using var shown = await App.Client.GetAsync(address);
        Assert.That(((int)shown.StatusCode, shown.Content.Headers.ContentType!.MediaType, shown.Headers.GetValues("Content-Security-Policy").Single()), Is.EqualTo((200, "image/jpeg", "default-src 'none'; frame-ancestors 'none'; sandbox")));
        Assert.That((await App.Client.GetPage(address[..40] + (address[40] == 'A' ? 'B' : 'A') + address[41..])).Status, Is.EqualTo(404));
        Assert.That((await App.Client.GetPage("/track/pictures/!!")).Status, Is.EqualTo(404));
        App.Clock.Now = TestApp.Local("2026-11-16T11:00");
        Assert.That((await App.Client.GetPage(address)).Status, Is.EqualTo(404));
    }
}

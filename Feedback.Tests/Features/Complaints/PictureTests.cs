using System.Net.Sockets;
using System.Text;
using Feedback.Domain.Cases;
using Feedback.Features.Maintenance;
using Feedback.Tests.Harness;
using SkiaSharp;

namespace Feedback.Tests.Features.Complaints;

/// <summary>Pictures with a complaint: taken by their content, made anew, and read by whom the case is read by.</summary>
internal sealed class PictureTests(Engine engine) : SliceTest(engine)
{
    private const string Wrong = "7K2M-9XQA-3F8T";

    [Test]
    public async Task A_photo_comes_back_upright_and_without_anything_but_its_pixels()
    {
        var (found, citizen) = await File();
        using var _ = citizen;
        Assert.That((await citizen.SendPictures(found.Number, Pictures.PhonePhoto())).Status, Is.EqualTo(204));

        var (bytes, picture) = await Read(citizen, $"/api/v1/complaints/{found.Number}/pictures/1");
        using var __ = picture;
        Assert.That((picture.Width, picture.Height), Is.EqualTo((40, 60)), "it lay on its side");
        AssertColour(picture.GetPixel(20, 5), SKColors.Red);
        AssertColour(picture.GetPixel(20, 55), SKColors.Blue);
        foreach (var trace in new[] { "Exif", "GPS", Pictures.Place, "http://ns.adobe.com", "ICC_PROFILE" }) Assert.That(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(trace)), Is.EqualTo(-1), trace);
        Assert.That(Pictures.PhonePhoto().AsSpan().IndexOf(Encoding.ASCII.GetBytes(Pictures.Place)), Is.Positive, "what was sent had it");
    }

    // The corner that is red in the file (left) is found at the corner where a viewer shows it.
    [TestCase(1, 5, 20)]
    [TestCase(2, 55, 20)]
    [TestCase(3, 55, 20)]
    [TestCase(4, 5, 20)]
    [TestCase(5, 20, 5)]
    [TestCase(6, 20, 5)]
    [TestCase(7, 20, 55)]
    [TestCase(8, 20, 55)]
    public async Task Each_turn_of_a_camera_is_undone(int orientation, int x, int y)
    {
        var (found, citizen) = await File();
        using var _ = citizen;
        await citizen.SendPictures(found.Number, Pictures.PhonePhoto((ushort)orientation));

        var (_, picture) = await Read(citizen, $"/api/v1/complaints/{found.Number}/pictures/1");
        using var __ = picture;
        AssertColour(picture.GetPixel(x, y), SKColors.Red);
        AssertColour(picture.GetPixel(picture.Width - 1 - x, picture.Height - 1 - y), SKColors.Blue);
    }

    [Test]
    public async Task Other_pictures_become_JPEG_and_what_is_seen_through_becomes_white()
    {
        var (found, citizen) = await File();
        using var _ = citizen;
        Assert.That((await citizen.SendPictures(found.Number, Pictures.Png(60, 40), Pictures.Webp())).Status, Is.EqualTo(204));

        foreach (var (number, right) in new[] { (1, SKColors.White), (2, SKColors.Blue) })
        {
            var (bytes, picture) = await Read(citizen, $"/api/v1/complaints/{found.Number}/pictures/{number}");
            using var __ = picture;
            Assert.That(bytes[..3], Is.EqualTo(new byte[] { 0xFF, 0xD8, 0xFF }));
            AssertColour(picture.GetPixel(5, 20), SKColors.Red);
            AssertColour(picture.GetPixel(55, 20), right);
        }
    }

    [Test]
    public async Task A_large_photo_is_scaled_down_and_what_was_appended_is_gone()
    {
        var (found, citizen) = await File();
        using var _ = citizen;
        byte[] polyglot = [.. Pictures.Jpeg(5120, 1280), .. "<script>alert(1)</script>PK\u0003\u0004"u8];
        Assert.That((await citizen.SendPictures(found.Number, polyglot)).Status, Is.EqualTo(204));

        var (bytes, picture) = await Read(citizen, $"/api/v1/complaints/{found.Number}/pictures/1");
        using var __ = picture;
        Assert.That((picture.Width, picture.Height), Is.EqualTo((2560, 640)));
        Assert.That(bytes.AsSpan().IndexOf("<script>"u8), Is.EqualTo(-1));
    }

    [TestCase("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"></svg>")]
    [TestCase("<!DOCTYPE html><script>alert(1)</script>")]
    [TestCase("GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;")]
    [TestCase("%PDF-1.7")]
    [TestCase("BM6\u0000\u0000\u0000")]
    [TestCase("RIFF\u0000\u0000\u0000\u0000WAVEfmt ")]
    [TestCase("一张照片")]
    [TestCase("")]
    public async Task What_is_no_picture_is_refused_whatever_it_is_called(string content)
    {
        var (found, citizen) = await File();
        using var _ = citizen;
        await AssertRefused(citizen, found, "picture_type_not_taken", "第 2 张图片", Pictures.Jpeg(), Encoding.Latin1.GetBytes(content));
        await AssertRefused(citizen, found, "picture_type_not_taken", "第 1 张图片", [.. Encoding.UTF8.GetBytes(content + " "), .. Pictures.Jpeg()]);
    }

    [Test]
    public async Task What_is_too_large_cut_off_or_a_bomb_is_refused_by_name()
    {
        var (found, citizen) = await File();
        using var _ = citizen;
        await AssertRefused(citizen, found, "picture_too_many_pixels", "第 1 张图片", Pictures.Bomb(30_000, 30_000));
        await AssertRefused(citizen, found, "picture_too_large", "第 2 张图片", Pictures.Jpeg(), [.. Pictures.Jpeg(), .. new byte[5 * 1024 * 1024]]);
        foreach (var whole in new[] { Pictures.Noise(400, 400), Pictures.PhonePhoto(), Pictures.Png(400, 400), Pictures.Webp(400, 400) })
        {
            await AssertRefused(citizen, found, "picture_unreadable", "第 1 张图片", whole[..(whole.Length / 2)]);
            Assert.That((await citizen.SendPictures(found.Number, "whole-" + whole.Length, whole)).Status, Is.EqualTo(204), "its twin");
            await App.Sql<int>("delete from case_picture");
        }

        // A small file that would be gone over a thousand times.
        var jpeg = Pictures.Jpeg();
        await AssertRefused(citizen, found, "picture_unreadable", "第 1 张图片", [.. jpeg[..^2], .. Enumerable.Repeat(new byte[] { 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0 }, 1000).SelectMany(s => s), .. jpeg[^2..]]);
    }

    [Test]
    public async Task A_case_takes_five_pictures_however_they_come()
    {
        var (found, citizen) = await File();
        using var _ = citizen;
        await AssertRefused(citizen, found, "too_many_pictures", "最多 5 张", [.. Enumerable.Repeat(Pictures.Png(), 6)]);
        Assert.That((await citizen.SendPictures(found.Number, Pictures.Png(), Pictures.Png())).Status, Is.EqualTo(204));

        var both = await Task.WhenAll(citizen.SendPictures(found.Number, Pictures.Png(), Pictures.Png(), Pictures.Png()), citizen.SendPictures(found.Number, Pictures.Png(), Pictures.Png(), Pictures.Png()));
        Assert.That(both.Select(a => a.Status).Order(), Is.EqualTo(new[] { 204, 400 }));
        Assert.That(both.Single(a => a.Status == 400).Code, Is.EqualTo("too_many_pictures"));
        Assert.That(await App.Sql<int>("select count(*) from case_picture"), Is.EqualTo(5));
        Assert.That((await citizen.SendPictures(found.Number, Pictures.Png())).Code, Is.EqualTo("too_many_pictures"));
        Assert.That((await citizen.GetJson($"/api/v1/complaints/{found.Number}"))["commands"]!.ToJsonString(), Does.Contain("AddMaterial").And.Not.Contain("AddPictures"));
    }

    [Test]
    public async Task Nothing_sent_is_refused_and_so_is_another_form()
    {
        var (found, citizen) = await File();
        using var _ = citizen;
        Assert.That((await citizen.SendPictures(found.Number)).Status, Is.EqualTo(400));
        using var other = new MultipartFormDataContent { { new StringContent("x"), "text" } };
        Assert.That((await Calls.Read(await citizen.PostAsync($"/api/v1/complaints/{found.Number}/pictures", other))).Code, Is.EqualTo("pictures_missing"));
        Assert.That((await citizen.PostJson($"/api/v1/complaints/{found.Number}/pictures", new { pictures = "x" })).Status, Is.EqualTo(415));
    }

    [Test]
    public async Task A_repeated_request_is_taken_once_and_its_key_is_for_those_pictures()
    {
        var (found, citizen) = await File();
        using var _ = citizen;
        for (var time = 0; time < 2; time++) Assert.That((await citizen.SendPictures(found.Number, "once", Pictures.Jpeg())).Status, Is.EqualTo(204));

        Assert.That((await citizen.SendPictures(found.Number, "once", Pictures.Webp())).Code, Is.EqualTo("idempotency_key_reused"));
        Assert.That(await App.Sql<int>("select count(*) from case_picture"), Is.EqualTo(1));
    }

    [Test]
    public async Task Whoever_is_responsible_is_told_and_the_history_says_how_many()
    {
        var found = await TestCase.In(App, CaseState.Paused);
        using var citizen = App.Citizen(found.Code);
        Assert.That((await citizen.SendPictures(found.Number, Pictures.Png(), Pictures.Jpeg())).Status, Is.EqualTo(204));

        var shown = await found.Show("head-si");
        Assert.That((string?)shown["state"], Is.EqualTo("Accepted"), "the clock stood still for what the citizen has now sent");
        Assert.That(shown["pictures"]!.AsArray().Select(p => ((int)p!["number"]!, (int)p["width"]!)), Is.EqualTo(new[] { (1, 6), (2, 60) }));
        var happened = shown["history"]!.AsArray().Single(h => (string?)h!["kind"] == "PicturesAdded")!;
        Assert.That(((int)happened["detail"]!["count"]!, (string?)happened["actor"]), Is.EqualTo((2, (string?)null)));
        Assert.That(await App.Sql<int>("select count(*) from notice where kind = 'PicturesAdded' and login = 'head-si'"), Is.EqualTo(1));
        var progress = await citizen.GetJson($"/api/v1/complaints/{found.Number}");
        Assert.That(progress["pictures"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(progress["timeline"]!.AsArray().Select(e => (string?)e!["text"]), Has.Member("收到了您的 2 张图片。"));
        using var inspector = await App.SignedIn("inspector");
        Assert.That((await inspector.GetJson("/api/v1/audit/verification")).Json!.ToJsonString(), Does.Contain("\"breaks\":[]"));
    }

    [Test]
    public async Task A_case_that_is_at_its_end_takes_none()
    {
        var found = await TestCase.In(App, CaseState.Closed);
        using var citizen = App.Citizen(found.Code);
        Assert.That((await citizen.SendPictures(found.Number, Pictures.Png())).Code, Is.EqualTo("case_closed"));
    }

    [Test]
    public async Task A_wrong_code_an_unknown_number_and_a_sealed_case_are_alike()
    {
        var (found, own) = await File();
        var (secret, other) = await File("Gifts");
        foreach (var (number, citizen) in new[] { (found.Number, own), (secret.Number, other) }) Assert.That((await citizen.SendPictures(number, Pictures.Png())).Status, Is.EqualTo(204));
        using var guesser = App.Citizen(Wrong);
        var answers = new List<string>();
        foreach (var number in new[] { "20261116-000000", found.Number, secret.Number })
        {
            var sent = await guesser.SendPictures(number, Pictures.Png());
            var (shown, file) = (await guesser.GetAsync($"/api/v1/complaints/{number}/pictures/1"), await guesser.GetAsync($"/api/v1/complaints/{number}/pictures/9"));
            answers.Add($"{sent.Status} {sent.Json} {shown.StatusCode} {await shown.Content.ReadAsStringAsync()} {file.StatusCode} {await file.Content.ReadAsStringAsync()}".WithoutTrace().Replace(number, "…", StringComparison.Ordinal));
        }

        Assert.That(answers.Distinct().Single(), Does.StartWith("404").And.Contain("complaint_unknown"));
        Assert.That((await own.GetJson($"/api/v1/complaints/{found.Number}/pictures/9")).Code, Is.EqualTo("picture_unknown"));
        own.Dispose();
        other.Dispose();
    }

    [Test]
    public async Task Staff_see_the_pictures_of_the_cases_they_may_know_of()
    {
        var (found, citizen) = await File();
        using var _ = citizen;
        await citizen.SendPictures(found.Number, Pictures.Jpeg());
        var path = $"/api/v1/cases/{found.Number}/pictures/1";
        foreach (var (login, status) in new[] { ("head-si", 200), ("auditor", 200), ("handler", 404), ("head-em", 404), ("admin", 403) })
        {
            using var staff = await App.SignedIn(login);
            Assert.That((int)(await staff.GetAsync(path)).StatusCode, Is.EqualTo(status), login);
        }

        Assert.That((int)(await App.Client.GetAsync(path)).StatusCode, Is.EqualTo(401));
        using var head = await App.SignedIn("head-si");
        Assert.That((await head.GetJson($"/api/v1/cases/{found.Number}/pictures/2")).Code, Is.EqualTo("picture_unknown"));
        using var handler = await App.SignedIn("handler");
        Assert.That((await handler.GetJson(path)).Json!.ToJsonString().WithoutTrace(), Is.EqualTo((await handler.GetJson("/api/v1/cases/20261116-000000/pictures/1")).Json!.ToJsonString().WithoutTrace()), "as if there were no such case");
        Assert.That(await App.Sql<int>("select count(*) from case_event where kind = 'Read'"), Is.Zero);
    }

    [Test]
    public async Task Looking_at_a_picture_of_a_sealed_case_is_written_down()
    {
        var (found, citizen) = await File("Gifts");
        using var _ = citizen;
        await citizen.SendPictures(found.Number, Pictures.Jpeg());
        using (var head = await App.SignedIn("head-si")) Assert.That((int)(await head.GetAsync($"/api/v1/cases/{found.Number}/pictures/1")).StatusCode, Is.EqualTo(404));
        Assert.That(await App.Sql<int>("select count(*) from case_event where kind = 'Read'"), Is.Zero);

        using var inspector = await App.SignedIn("inspector");
        Assert.That((int)(await inspector.GetAsync($"/api/v1/cases/{found.Number}/pictures/1")).StatusCode, Is.EqualTo(200));
        Assert.That(await App.Sql<int>("select count(*) from case_event where kind = 'Read' and actor = 'inspector'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_picture_is_a_JPEG_in_a_sandbox_and_kept_nowhere()
    {
        var (found, citizen) = await File();
        using var _ = citizen;
        await citizen.SendPictures(found.Number, Pictures.Png());
        using var head = await App.SignedIn("head-si");
        foreach (var answer in new[] { await citizen.GetAsync($"/api/v1/complaints/{found.Number}/pictures/1"), await head.GetAsync($"/api/v1/cases/{found.Number}/pictures/1") })
        {
            Assert.That(answer.Content.Headers.ContentType!.ToString(), Is.EqualTo("image/jpeg"));
            Assert.That(answer.Content.Headers.ContentDisposition!.ToString(), Is.EqualTo($"inline; filename=\"{found.Number}-1.jpg\""));
            Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
            Assert.That(answer.Headers.GetValues("Content-Security-Policy"), Is.EqualTo(new[] { "default-src 'none'; frame-ancestors 'none'; sandbox" }));
            Assert.That(answer.Headers.GetValues("Cross-Origin-Resource-Policy"), Is.EqualTo(new[] { "same-origin" }));
            Assert.That(answer.Headers.CacheControl!.NoStore, Is.True);
        }
    }

    [Test]
    public async Task The_pictures_of_a_case_are_erased_with_its_words()
    {
        var (found, citizen) = await File();
        using var _ = citizen;
        await citizen.SendPictures(found.Number, Pictures.Png());
        await citizen.PostJson($"/api/v1/complaints/{found.Number}/withdrawal", null);

        App.Clock.Now = TestApp.Local("2036-11-16T09:59");
        await App.Send(new ApplyRetention());
        Assert.That(await App.Sql<int>("select count(*) from case_picture"), Is.EqualTo(1));
        App.Clock.Now = TestApp.Local("2036-11-16T10:01");
        Assert.That((await App.Send(new ApplyRetention())).Value.Cases, Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select count(*) from case_picture"), Is.Zero);
        using var head = await App.SignedIn("head-si");
        Assert.That((await head.GetJson($"/api/v1/cases/{found.Number}/pictures/1")).Code, Is.EqualTo("picture_unknown"));
    }

    [Test]
    public async Task Only_forms_that_can_hold_pictures_may_be_large()
    {
        var (found, citizen) = await File();
        using var _ = citizen;
        var path = $"/api/v1/complaints/{found.Number}/pictures";
        Assert.That((await citizen.SendPictures(found.Number, Pictures.Noise(1200, 900))).Status, Is.EqualTo(204));

        using var tooLarge = Pictures.Form(new byte[27 * 1024 * 1024]);
        Assert.That((await Calls.Read(await citizen.PostAsync(path, tooLarge))) is { Status: 413, Code: "body_too_large" });
        using var inPieces = new HttpRequestMessage(HttpMethod.Post, path) { Content = Pictures.Form(new byte[27 * 1024 * 1024]) };
        inPieces.Headers.TransferEncodingChunked = true;
        try
        {
            Assert.That((int)(await citizen.SendAsync(inPieces)).StatusCode, Is.EqualTo(413));
        }
        catch (HttpRequestException)
        {
            // The server cut the connection, as it does with whoever goes on sending.
        }

        var words = new string('x', 70_000);
        Assert.That((int)(await App.Client.PostAsync($"/w/{await App.Token("A01")}/complaint", new FormUrlEncodedContent([new("about", "Delay"), new("text", words)]))).StatusCode, Is.EqualTo(413));
        using var longField = Pictures.FormWith([new("text", words)]);
        Assert.That((int)(await citizen.PostAsync(path, longField)).StatusCode, Is.EqualTo(400), "one field of a form stays as small as all forms are");
        using var elsewhere = Pictures.Form(Pictures.Noise(1200, 900));
        Assert.That((int)(await App.Client.PostAsync("/track", elsewhere)).StatusCode, Is.EqualTo(413));
        Assert.That(await App.Sql<int>("select count(*) from case_picture"), Is.EqualTo(1));
    }

    [Test]
    public async Task Whoever_holds_all_places_for_uploads_keeps_out_pictures_and_no_words()
    {
        var (found, citizen) = await File();
        using var _ = citizen;
        var held = new List<TcpClient>();
        for (var n = 0; n < 16; n++)
        {
            var client = new TcpClient(App.Address.Host, App.Address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /api/v1/complaints/{found.Number}/pictures HTTP/1.1\r\nHost: {App.Address.Authority}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n--b\r\n"));
            held.Add(client);
        }

        var photo = Pictures.Noise(400, 400);
        Assert.That(() => citizen.SendPictures(found.Number, photo).Result is { Status: 503, Code: "try_again_later" }, Is.True.After(10_000, 100), "as soon as all have arrived");
        Assert.That((await citizen.PostJson($"/api/v1/complaints/{found.Number}/materials", new { text = "补充" })).Status, Is.EqualTo(204));
        Assert.That((await citizen.SendPictures(found.Number, Pictures.Png())).Status, Is.EqualTo(204), "a body that would be small anywhere needs no place");
        foreach (var client in held) client.Dispose();
        Assert.That(() => citizen.SendPictures(found.Number, "later", photo).Result.Status, Is.EqualTo(204).After(10_000, 100));
    }

    private async Task AssertRefused(HttpClient citizen, TestCase found, string code, string words, params byte[][] files)
    {
        var before = await App.Sql<int>("select count(*) from case_picture");
        var answer = await citizen.SendPictures(found.Number, files);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, code)));
        Assert.That((string?)answer["errors"]!.AsObject().Single().Value![0], Does.Contain(words));
        Assert.That(await App.Sql<int>("select count(*) from case_picture"), Is.EqualTo(before), "none of those sent is kept");
    }

    private async Task<(TestCase Found, HttpClient Citizen)> File(string about = "Delay")
    {
        var found = await TestCase.File(App, about);
        return (found, App.Citizen(found.Code));
    }

    private static async Task<(byte[] Bytes, SKBitmap Picture)> Read(HttpClient client, string path)
    {
        var bytes = await client.GetByteArrayAsync(path);
        return (bytes, SKBitmap.Decode(bytes));
    }

    /// <summary>As the eye sees it; JPEG is not exact.</summary>
    private static void AssertColour(SKColor seen, SKColor meant)
    {
        foreach (var (a, b) in new[] { (seen.Red, meant.Red), (seen.Green, meant.Green), (seen.Blue, meant.Blue) }) Assert.That(Math.Abs(a - b), Is.LessThan(40), $"{seen} is not {meant}");
    }
}

using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Halls;

internal sealed class WindowTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task A_forged_token_and_an_unknown_one_are_not_found()
    {
        var token = await App.Token("A01");
        var forged = token[..^1] + (token[^1] == '0' ? '1' : '0');

        foreach (var window in new[] { forged, "0000000000000000", "A01", "x" })
        {
            var answer = await App.Client.PostJson("/api/v1/ratings", new { window, grade = 5 });
            Assert.That((answer.Status, answer.Code), Is.EqualTo((404, "window_unknown")), window);
        }
    }

    [Test]
    public async Task Reissuing_revokes_the_old_code_for_good()
    {
        var old = await App.Token("A01");
        var issued = await (await App.SignedIn("supervisor")).PostJson("/api/v1/windows/A01/token", null);

        Assert.That(issued.Status, Is.EqualTo(200));
        var refused = await App.Client.PostJson("/api/v1/ratings", new { window = old, grade = 5 });
        Assert.That((refused.Status, refused.Code), Is.EqualTo((410, "window_token_revoked")));
        Assert.That((await App.Client.PostJson("/api/v1/ratings", new { window = (string?)issued["token"], grade = 5 })).Status, Is.EqualTo(201));
        Assert.That(await App.Sql<int>("select count(*) from window_token where window_code = 'A01' and revoked_at is null"), Is.EqualTo(1));
    }

    [TestCase("handler", 403)]
    [TestCase("inspector", 403)]
    [TestCase("admin", 200)]
    public async Task Who_may_reissue(string login, int status)
    {
        Assert.That((await (await App.SignedIn(login)).PostJson("/api/v1/windows/A01/token", null)).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task The_codes_picture_is_for_staff()
    {
        var staff = await App.SignedIn("handler");
        using var png = await staff.GetAsync("/api/v1/windows/A01/qr.png");
        using var svg = await staff.GetAsync("/api/v1/windows/A01/qr.svg");

        Assert.That(png.Content.Headers.ContentType?.MediaType, Is.EqualTo("image/png"));
        Assert.That((await png.Content.ReadAsByteArrayAsync())[..4], Is.EqualTo(new byte[] { 0x89, 0x50, 0x4E, 0x47 }));
        Assert.That(svg.Content.Headers.ContentType?.MediaType, Is.EqualTo("image/svg+xml"));
        Assert.That(await svg.Content.ReadAsStringAsync(), Does.StartWith("<svg"));
        Assert.That((await App.Client.GetJson("/api/v1/windows/A01/qr.png")).Status, Is.EqualTo(401));
        Assert.That((await staff.GetJson("/api/v1/windows/Z99/qr.png")).Code, Is.EqualTo("window_unknown"));
    }

    [Test]
    public async Task Staff_see_their_halls_windows_with_the_code_that_hangs_there()
    {
        var windows = (await (await App.SignedIn("handler")).GetJson("/api/v1/windows")).Json!.AsArray();

        Assert.That(windows.Select(w => (string?)w!["code"]), Is.EqualTo(new[] { "A01", "A02", "A03", "B01", "B02", "C01" }));
        Assert.That((string?)windows[0]!["token"], Is.EqualTo(await App.Token("A01")));
    }
}

using System.Text;
using Feedback.Tests.Harness;
using Microsoft.Data.Sqlite;

namespace Feedback.Tests.Security;

/// <summary>
/// Somebody takes the file, its write-ahead log and all: nothing that a citizen said in confidence can be found in it, in any
/// encoding it could be stored in.
/// </summary>
internal sealed class StolenDatabaseTests
{
    private const string Name = "欧阳靖翔";
    private const string Phone = "13977665544";
    private const string Email = "ouyang.jingxiang@example.org";
    private const string Sealed = "他要我把两条中华烟放进他的抽屉";
    private const string Ordinary = "等了整整四个上午没有人理睬";
    private const string Material = "这是第二次送烟的收据照片说明";
    private const string Said = "经查属实,已立案,感谢您的信任。";
    private const string Appeal = "我认为处理过轻请求复核";
    private const string Matter = "想问一下工伤认定怎么继续办";

    [Test]
    public async Task Nothing_said_in_confidence_lies_in_the_stolen_file()
    {
        await using var app = await TestApp.Start(configure: b => (b.Configuration["Mail:Host"], b.Configuration["Mail:From"]) = ("127.0.0.1", "no-reply@example.org"));
        var contact = new { name = Name, phone = Phone, email = Email };
        var filed = await app.Client.PostJson("/api/v1/complaints", new { window = await app.Token("A01"), about = "Gifts", text = Sealed, contact }, "stolen-1");
        var (number, code) = ((string)filed["caseNumber"]!, (string)filed["queryCode"]!);
        Assert.That((await app.Client.PostJson("/api/v1/complaints", new { window = await app.Token("A01"), about = "Delay", text = Ordinary, contact }, "stolen-2")).Status, Is.EqualTo(201));
        Assert.That((await app.Client.PostJson("/api/v1/ratings", new { window = await app.Token("A01"), grade = 1, tags = new[] { "115" }, ticket = "A9", contact })).Status, Is.EqualTo(201));
        using (var citizen = app.Citizen(code))
        {
            Assert.That((await citizen.PostJson($"/api/v1/complaints/{number}/materials", new { text = Material })).Status, Is.EqualTo(204));
        }

        byte[] picture;
        using (var citizen = app.Citizen(code))
        {
            Assert.That((await citizen.SendPictures(number, Pictures.Noise(300, 200))).Status, Is.EqualTo(204));
            picture = await citizen.GetByteArrayAsync($"/api/v1/complaints/{number}/pictures/1");
        }

        using var inspector = await app.SignedIn("inspector");
        Assert.That((await inspector.PostJson($"/api/v1/cases/{number}/acceptance", null)).Status, Is.EqualTo(200));
        Assert.That((await inspector.PostJson($"/api/v1/cases/{number}/answer", new { text = Said })).Status, Is.EqualTo(204));
        using (var citizen = app.Citizen(code))
        {
            Assert.That((await citizen.PostJson($"/api/v1/complaints/{number}/appeal", new { text = Appeal })).Status, Is.EqualTo(200));
        }

        using var handler = await app.SignedIn("handler");
        var registered = await handler.PostJson("/api/v1/first-contacts", new { window = "A01", matter = Matter, contact });
        Assert.That(registered.Status, Is.EqualTo(201), registered.Json?.ToJsonString());

        var file = new SqliteConnectionStringBuilder(app.Database.ConnectionString).DataSource;
        var taken = new[] { file, file + "-wal" }.Select(Read).SelectMany(b => b).ToArray();
        Assert.That(taken, Has.Length.GreaterThan(100_000));
        Assert.That(Found(taken, "A01"), Is.True, "what is not secret is found: the search works");
        Assert.That(Found(taken, number), Is.True);
        foreach (var at in new[] { 0, picture.Length / 2, picture.Length - 24 })
        {
            Assert.That(taken.AsSpan().IndexOf(picture.AsSpan(at, 24)), Is.EqualTo(-1), $"the picture from its byte {at}");
        }

        foreach (var secret in new[] { Name, Phone, Email, Sealed, Ordinary, Material, Said, Appeal, Matter, code, code.Replace("-", "", StringComparison.Ordinal) })
        {
            Assert.That(Found(taken, secret), Is.False, secret);

            // Nor a piece of it: half of the text would tell enough.
            Assert.That(Found(taken, secret[(secret.Length / 2)..]), Is.False, "the second half of " + secret);
        }
    }

    [Test]
    public async Task A_rating_is_public_and_is_found() // The twin: what is stored in clear is found by the same search.
    {
        await using var app = await TestApp.Start();
        await app.Client.PostJson("/api/v1/ratings", new { window = await app.Token("A01"), grade = 5, tags = new[] { "510" }, ticket = "A9", comment = Ordinary });
        var file = new SqliteConnectionStringBuilder(app.Database.ConnectionString).DataSource;
        Assert.That(Found([.. Read(file), .. Read(file + "-wal")], Ordinary), Is.True);
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static bool Found(byte[] taken, string secret) =>
        new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode }.Select(e => e.GetBytes(secret))
            .Append(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))))
            .Append(Encoding.ASCII.GetBytes(System.Text.Encodings.Web.JavaScriptEncoder.Default.Encode(secret)))
            .Any(bytes => taken.AsSpan().IndexOf(bytes) >= 0);
}

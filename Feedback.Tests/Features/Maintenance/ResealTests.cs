using Feedback.Features.Maintenance;
using Feedback.Security;
using Feedback.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Features.Maintenance;

/// <summary>Rotating keys: everything that may be changed is under the new key afterwards, and everything can still be read.</summary>
internal sealed class ResealTests(Engine engine) : SliceTest(engine)
{
    private string _keys = "";

    protected override void Configure(WebApplicationBuilder builder)
    {
        _keys = Path.Combine(Directory.CreateTempSubdirectory("feedback-keys-").FullName, "master.key");
        File.WriteAllText(_keys, Template.MasterKey);
        builder.Configuration["Security:MasterKey"] = "";
        builder.Configuration["Security:MasterKeyFile"] = _keys;
    }

    [TearDown]
    public void Forget() => Directory.Delete(Path.GetDirectoryName(_keys)!, recursive: true);

    [Test]
    public async Task After_a_rotation_everything_is_read_as_before_and_nothing_is_left_under_the_old_key()
    {
        var filed = await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "等了很久", contact = new { name = "Wang Xiaoming" } });
        var number = (string)filed["caseNumber"]!;
        using var citizen = App.Citizen((string)filed["queryCode"]!);
        await citizen.PostJson($"/api/v1/complaints/{number}/materials", new { text = "补充" });
        Assert.That((await citizen.SendPictures(number, [.. Enumerable.Repeat(Pictures.Jpeg(), 5)])).Status, Is.EqualTo(204));
        var picture = await citizen.GetByteArrayAsync($"/api/v1/complaints/{number}/pictures/3");
        using var head = await App.SignedIn("head-si");
        await head.PostJson($"/api/v1/cases/{number}/acceptance", null);
        await head.PostJson($"/api/v1/cases/{number}/answer", new { text = "已答复" });
        var before = (await head.GetJson($"/api/v1/cases/{number}")).Json!.ToJsonString();

        // What the command line does, while the product runs.
        MasterKey.Rotate(App.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>());
        Assert.That(await File.ReadAllLinesAsync(_keys), Has.Length.EqualTo(2));
        if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(_keys), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        await using var rotated = FeedbackApp.Build(Rotated());
        var dispatcher = rotated.Services.GetRequiredService<Feedback.Pipeline.Dispatcher>();
        var resealed = 0;
        foreach (var column in ResealTexts.Columns)
        {
            var next = (await dispatcher.Send(new ResealTexts(column))).Value.Next;
            while (next is not null)
            {
                var set = (await dispatcher.Send(new ResealTexts(column, next))).Value;
                (next, resealed) = (set.Next, resealed + set.Resealed);
            }

            Assert.That((await dispatcher.Send(new ResealTexts(column))).Value.Stale, Is.Zero, column);
        }

        Assert.That(resealed, Is.GreaterThanOrEqualTo(10));
        Assert.That((await head.GetJson($"/api/v1/cases/{number}")).Json!.ToJsonString(), Is.EqualTo(before), "by the process that was there before the new key");
        Assert.That((string?)(await citizen.GetJson($"/api/v1/complaints/{number}"))["answer"], Is.EqualTo("已答复"), "the query code still opens it");
        Assert.That(await citizen.GetByteArrayAsync($"/api/v1/complaints/{number}/pictures/3"), Is.EqualTo(picture));
        var newest = rotated.Services.GetRequiredService<Vault>();
        Assert.That((await App.Sql<byte[]>("select sealed from contact"))![..Vault.HeaderLength], Is.EqualTo(newest.Header));
        Assert.That(newest.Open("contact", (await App.Sql<byte[]>("select sealed from contact"))!), Does.Contain("Wang Xiaoming"));
    }

    [Test]
    public async Task What_is_under_a_key_that_is_missing_is_named_and_left_alone()
    {
        await App.Client.PostJson("/api/v1/complaints", new { window = await App.Token("A01"), about = "Delay", text = "等了很久", contact = new { name = "王小明" } });
        await File.WriteAllTextAsync(_keys, Convert.ToBase64String(new byte[32]));
        await using var other = FeedbackApp.Build(Rotated());
        var dispatcher = other.Services.GetRequiredService<Feedback.Pipeline.Dispatcher>();
        var first = (await dispatcher.Send(new ResealTexts("contact.sealed"))).Value.Next;
        var before = await App.Sql<byte[]>("select sealed from contact");

        Assert.That((await dispatcher.Send(new ResealTexts("contact.sealed", first))).Refusal?.Code, Is.EqualTo("sealing_key_missing"));
        Assert.That(await App.Sql<byte[]>("select sealed from contact"), Is.EqualTo(before));
    }

    private WebApplicationBuilder Rotated()
    {
        var builder = Template.Builder(App.Database.Provider, App.Database.ConnectionString);
        builder.Configuration["Security:MasterKey"] = "";
        builder.Configuration["Security:MasterKeyFile"] = _keys;
        return builder;
    }
}

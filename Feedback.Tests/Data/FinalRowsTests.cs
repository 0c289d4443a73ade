using System.Data.Common;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Data;

/// <summary>What happened stays: the database itself refuses to change it, whoever asks.</summary>
internal sealed class FinalRowsTests(Engine engine) : SliceTest(engine)
{
    [SetUp]
    public async Task RateAndComplain()
    {
        var window = await App.Token("A01");
        Assert.That((await App.Client.PostJson("/api/v1/ratings", new { window, grade = 1, tags = new[] { "115" } })).Status, Is.EqualTo(201));
        Assert.That((await App.Client.PostJson("/api/v1/complaints", new { window, about = "Delay", text = "三天没有消息" })).Status, Is.EqualTo(201));
    }

    [TestCase("update rating set grade = 5")]
    [TestCase("update rating set comment = null where grade = 1")]
    [TestCase("update rating_tag set tag_code = '517'")]
    [TestCase("update case_event set kind = 'Answered'")]
    public async Task An_update_is_refused(string sql)
    {
        Assert.That(() => App.Sql<int>(sql), Throws.InstanceOf<DbException>().With.Message.Contain("never edited"));
        Assert.That(await App.Sql<int>("select count(*) from rating r join rating_tag t on t.rating_id = r.id where r.grade = 1 and t.tag_code = '115'"), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select count(*) from case_event where kind = 'Filed'"), Is.EqualTo(1));
    }

    [TestCase("delete from rating_tag")]
    [TestCase("delete from case_event")]
    [TestCase("delete from rating where grade = 1")]
    public async Task A_delete_is_refused(string sql)
    {
        Assert.That(() => App.Sql<int>(sql), Throws.InstanceOf<DbException>().With.Message.Contain("never deleted"));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select count(*) from rating_tag"), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select count(*) from case_event"), Is.EqualTo(2), "the complaint and the loop of the bad rating");
    }

    [Test]
    public async Task Other_rows_can_be_changed() =>
        Assert.That(async () => await App.Sql<int>("update case_file set ticket = 'A1'"), Throws.Nothing);
}

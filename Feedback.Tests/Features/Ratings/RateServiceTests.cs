using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Ratings;

internal sealed class RateServiceTests(Engine engine) : SliceTest(engine)
{
    [Test]
    public async Task A_rating_is_stored_and_counted()
    {
        var answer = await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 2, tags = new[] { "209", "214" }, comment = "等了很久", ticket = "A012", visits = 3, contact = new { phone = "13800000000" } });

        Assert.That(answer.Status, Is.EqualTo(201));
        Assert.That((string?)answer["receipt"], Does.Match("^[0-9A-Z]{4}-[0-9A-Z]{4}$"));
        Assert.That((string?)answer["id"], Is.Not.Null);
        Assert.That(await App.Sql<int>("select count(*) from rating where grade = 2 and window_code = 'A01' and ticket = 'A012' and visits = 3 and comment = '等了很久'"), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'Rating' and value = '2' and window_code = 'A01'"), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select sum(n) from daily_count where measure = 'RatingTag' and value = '209'"), Is.EqualTo(1));
    }

    [TestCase(0)]
    [TestCase(6)]
    [TestCase(-1)]
    public async Task A_grade_outside_the_five_is_refused_by_name(int grade)
    {
        var answer = await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade });

        Assert.That((answer.Status, answer.Code, (string?)answer["codes"]?["grade"]?[0]), Is.EqualTo((400, "grade_out_of_range", "grade_out_of_range")));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.Zero);
    }

    [TestCase(5, "209")]
    [TestCase(1, "214")]
    [TestCase(3, "999")]
    public async Task A_tag_of_another_grade_or_of_no_catalogue_is_refused_by_name(int grade, string tag)
    {
        var answer = await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade, tags = new[] { tag } });

        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "tag_not_of_grade")));
        Assert.That(answer["errors"]?["tags"], Is.Not.Null);
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.Zero);
    }

    [Test]
    public async Task A_comment_may_have_150_characters_and_no_more()
    {
        var window = await App.Token("A01");

        Assert.That((await App.Client.PostJson("/api/v1/ratings", new { window, grade = 4, comment = new string('好', 150) })).Status, Is.EqualTo(201));
        var refused = await App.Client.PostJson("/api/v1/ratings", new { window, grade = 4, comment = new string('好', 151) });
        Assert.That((refused.Status, refused.Code), Is.EqualTo((400, "text_too_long")));
        Assert.That(refused["errors"]?["comment"], Is.Not.Null);
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_ticket_is_rated_once_a_day_in_a_hall()
    {
        Assert.That((await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 5, ticket = "A012" })).Status, Is.EqualTo(201));

        var again = await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A02"), grade = 1, ticket = "A012" });
        Assert.That((again.Status, again.Code), Is.EqualTo((409, "ticket_already_rated")));

        // Queue numbers begin anew each morning.
        await App.MoveTo("2026-11-17T10:00");
        Assert.That((await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A02"), grade = 1, ticket = "A012" })).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task The_same_key_gives_the_first_answer_again_and_stores_nothing_twice()
    {
        var window = await App.Token("B01");
        var first = await App.Client.PostJson("/api/v1/ratings", new { window, grade = 5 }, "key-1");
        var second = await App.Client.PostJson("/api/v1/ratings", new { window, grade = 5 }, "key-1");

        Assert.That(first.Status, Is.EqualTo(201));
        Assert.That(second.Status, Is.EqualTo(201));
        Assert.That(second.Json!.ToJsonString(), Is.EqualTo(first.Json!.ToJsonString()));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select sum(n) from daily_count"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_same_key_with_another_content_is_refused()
    {
        var window = await App.Token("B01");
        await App.Client.PostJson("/api/v1/ratings", new { window, grade = 5 }, "key-1");
        var other = await App.Client.PostJson("/api/v1/ratings", new { window, grade = 4 }, "key-1");

        Assert.That((other.Status, other.Code), Is.EqualTo((409, "idempotency_key_reused")));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(1));
    }

    [Test]
    public async Task Twenty_at_once_with_one_key_store_one()
    {
        var window = await App.Token("B01");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => App.Client.PostJson("/api/v1/ratings", new { window, grade = 5 }, "key-1")));

        Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(201));
        Assert.That(answers.Select(a => (string?)a["id"]).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_contact_lies_sealed_and_apart()
    {
        await App.Client.PostJson("/api/v1/ratings", new { window = await App.Token("A01"), grade = 1, contact = new { name = "王某", phone = "13912345678" } });

        var contact = await App.Sql<byte[]>("select sealed from contact");
        Assert.That(System.Text.Encoding.UTF8.GetString(contact!), Does.Not.Contain("13912345678"));
        Assert.That(await App.Sql<int>("select count(*) from rating where contact_id is not null"), Is.EqualTo(1));
    }
}

using Feedback.Data;
using Feedback.Domain;
using Feedback.Features.Statistics;
using Feedback.Pipeline;
using Feedback.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Pipeline;

internal sealed class GroupWriterTests(Engine engine) : SliceTest(engine)
{
    private const string InsertSql = "insert into contact (id, sealed, created_at) values (@id, @id, @now)";

    private static readonly Refusal No = new(RefusalKind.Conflict, "no", "不行。", "No.");

    private readonly List<AsyncServiceScope> _scopes = [];

    private GroupWriter Writer => App.Services.GetRequiredService<GroupWriter>();

    [TearDown]
    public async Task CloseScopes()
    {
        foreach (var scope in _scopes) await scope.DisposeAsync();
    }

    [Test]
    public async Task One_that_is_refused_fails_or_is_cancelled_touches_no_other_of_its_group()
    {
        var (first, go) = await Hold();
        var before = Insert(1);
        var refused = Insert(2, _ => Task.FromResult<Outcome<Done>>(No));
        var failed = Insert(3, _ => throw new InvalidDataException());
        var twice = Insert(1);
        using var given = new CancellationTokenSource();
        var cancelled = Insert(5, ct: given.Token);
        var raced = 0;
        var loser = Insert(6, _ => raced++ < 2 ? throw new LostRaceException() : Task.FromResult<Outcome<Done>>(default(Done)));
        var after = Insert(7);
        await given.CancelAsync();
        go.SetResult();

        Assert.That((await first).Refusal, Is.SameAs(No));
        Assert.That(new[] { (await before).Refusal, (await loser).Refusal, (await after).Refusal }, Is.All.Null);
        Assert.That((await refused).Refusal, Is.SameAs(No));
        Assert.That(async () => await failed, Throws.TypeOf<InvalidDataException>());
        Assert.That(async () => await twice, Throws.InstanceOf<System.Data.Common.DbException>(), "its key is taken by the one before it");
        Assert.That(async () => await cancelled, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await Stored(), Is.EqualTo(new[] { 1, 6, 7 }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task When_the_transaction_is_lost_nobody_of_the_group_is_answered_as_if_it_were_kept(bool lost)
    {
        var (first, go) = await Hold();
        var group = Enumerable.Range(1, 5).Select(n => Insert(n)).ToList();
        if (lost) group.Add(Insert(6, async db => throw new InvalidDataException($"{await db.Execute("rollback", null, CancellationToken.None)}")));
        group.Add(Insert(7));
        go.SetResult();

        await first;
        foreach (var one in group) Assert.That(async () => await one, lost ? Throws.TypeOf<InvalidDataException>() : Throws.Nothing);
        Assert.That(await Stored(), Is.EqualTo(lost ? Array.Empty<int>() : [1, 2, 3, 4, 5, 7]));
    }

    [Test]
    public async Task When_too_many_wait_the_next_is_told_to_come_back_and_those_that_wait_are_served()
    {
        var window = await App.Token("A01");
        var (first, go) = await Hold();
        var waiting = Enumerable.Range(0, GroupWriter.Capacity).Select(_ => Writer.Write<Outcome<Done>>(Db(), () => Task.FromResult<Outcome<Done>>(default(Done)), CancellationToken.None)).ToList();

        var refused = await App.Client.PostJson("/api/v1/ratings", new { window, grade = 5 }, "key-1");
        Assert.That((refused.Status, refused.Code), Is.EqualTo((503, "try_again_later")));
        Assert.That(refused.Response.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(2)));

        go.SetResult();
        await first;
        Assert.That((await Task.WhenAll(waiting)).Select(w => w.Refusal), Is.All.Null);
        Assert.That((await App.Client.PostJson("/api/v1/ratings", new { window, grade = 5 }, "key-1")).Status, Is.EqualTo(201));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(1));
    }

    [Test]
    public async Task Ratings_that_are_given_up_and_sent_again_are_stored_once()
    {
        const int ratings = 200;
        var window = await App.Token("A01");
        using (var impatient = new CancellationTokenSource())
        {
            var sent = Enumerable.Range(0, ratings).Select(n => Send(n, impatient.Token)).ToList();
            await sent[0];
            await impatient.CancelAsync();
            await Task.WhenAll(sent);
        }

        var again = await Task.WhenAll(Enumerable.Range(0, ratings).Select(n => Send(n, CancellationToken.None)));

        Assert.That(again, Is.All.EqualTo(201));
        Assert.That(await App.Sql<int>("select count(*) from rating"), Is.EqualTo(ratings));
        Assert.That((await App.Send(new Recount("2026-11"))).Value.Differences, Is.Empty);

        async Task<int> Send(int n, CancellationToken ct)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ratings");
            request.Content = System.Net.Http.Json.JsonContent.Create(new { window, grade = 1 + (n % 5), visits = 1 + (n % 3) });
            request.Headers.Add("Idempotency-Key", $"key-{n}");
            try
            {
                using var answer = await App.Client.SendAsync(request, ct);
                return (int)answer.StatusCode;
            }
            catch (OperationCanceledException)
            {
                return 0;
            }
        }
    }

    /// <summary>A first command that keeps the writer busy until it is let go, so that what comes meanwhile is one group.</summary>
    private async Task<(Task<Outcome<Done>> Command, TaskCompletionSource Go)> Hold()
    {
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var command = Insert(0, async _ =>
        {
            begun.SetResult();
            await go.Task;
            return No;
        });
        await begun.Task;
        return (command, go);
    }

    /// <summary>Stores a row, and then does what a test wants.</summary>
    private Task<Outcome<Done>> Insert(int number, Func<Db, Task<Outcome<Done>>>? then = null, CancellationToken ct = default)
    {
        var db = Db();
        return Writer.Write(db, async () =>
        {
            await db.Execute(InsertSql, new { id = new Guid(number, 0, 0, new byte[8]), now = App.Clock.Now }, CancellationToken.None);
            return then is null ? default(Done) : await then(db);
        }, ct);
    }

    private Db Db()
    {
        var scope = App.Services.CreateAsyncScope();
        _scopes.Add(scope);
        return scope.ServiceProvider.GetRequiredService<Db>();
    }

    private async Task<IEnumerable<int>> Stored() => (await App.Query("select id from contact order by id")).Select(row => (int)((byte[])row["id"]!)[3]);
}

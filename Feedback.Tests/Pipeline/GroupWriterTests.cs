using System.Data.Common;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Features.Statistics;
using Feedback.Pipeline;
using Feedback.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Pipeline;

internal sealed class GroupWriterTests(Engine engine) : SliceTest(engine)
{
    private static readonly Refusal No = new(RefusalKind.Conflict, "no", "不行。", "No.");

    private GroupWriter<Put, int> Writer => App.Services.GetRequiredService<GroupWriter<Put, int>>();

    private readonly Sizes _sizes = new();

    protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton(_sizes).AddSingleton(new GroupLimits(Waiting: 300)).AddTransient<IGroupHandler<Put, int>, PutHandler>();

    [Test]
    public async Task One_that_is_refused_fails_or_is_cancelled_touches_no_other_of_its_group()
    {
        var (first, go) = await Hold();
        var before = Write(new Put(1));
        var refused = Write(new Put(2) { Refusal = No });
        var failed = Write(new Put(3) { Throws = () => new InvalidDataException() });
        var twice = Write(new Put(1));
        using var given = new CancellationTokenSource();
        var cancelled = Write(new Put(5), given.Token);
        var raced = 0;
        var loser = Write(new Put(6) { Throws = () => raced++ < 3 ? new LostRaceException() : null });
        var after = Write(new Put(7));
        await given.CancelAsync();
        go.SetResult();

        Assert.That((await first).Value, Is.Zero);
        Assert.That(new[] { (await before).Value, (await loser).Value, (await after).Value }, Is.EqualTo(new[] { 1, 6, 7 }));
        Assert.That((await refused).Refusal, Is.SameAs(No));
        Assert.That(async () => await failed, Throws.TypeOf<InvalidDataException>());
        Assert.That(async () => await twice, Throws.InstanceOf<DbException>(), "its key is taken by the one before it");
        Assert.That(async () => await cancelled, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await Stored(), Is.EqualTo(new[] { 0, 1, 6, 7 }));
    }

    [Test]
    public async Task What_comes_while_a_group_is_written_is_one_group()
    {
        var (first, go) = await Hold();
        var group = Enumerable.Range(1, 5).Select(n => Write(new Put(n))).ToList();
        go.SetResult();

        await first;
        await Task.WhenAll(group);
        Assert.That(_sizes, Is.EqualTo(new[] { 1, 5 }));
        Assert.That(await Stored(), Is.EqualTo(new[] { 0, 1, 2, 3, 4, 5 }));
    }

    [Test]
    public async Task Under_one_key_a_group_stores_once_and_answers_all_alike()
    {
        var (first, go) = await Hold();
        var original = Write(new Put(1) { IdempotencyKey = "a" });
        var twin = Write(new Put(1) { IdempotencyKey = "a" });
        var other = Write(new Put(2) { IdempotencyKey = "a" });
        var refused = Write(new Put(3) { IdempotencyKey = "b", Refusal = No });
        var bad = Write(new Put(4) { IdempotencyKey = "" });
        go.SetResult();
        await first;

        Assert.That(((await original).Value, (await twin).Value), Is.EqualTo((1, 1)));
        Assert.That((await other).Refusal?.Code, Is.EqualTo("idempotency_key_reused"));
        Assert.That((await refused).Refusal, Is.SameAs(No));
        Assert.That((await bad).Refusal?.Code, Is.EqualTo("idempotency_key_invalid"));
        Assert.That((await Write(new Put(1) { IdempotencyKey = "a" })).Value, Is.EqualTo(1));
        Assert.That((await Write(new Put(3) { IdempotencyKey = "b" })).Value, Is.EqualTo(3), "a refusal is not remembered");
        Assert.That(await Stored(), Is.EqualTo(new[] { 0, 1, 3 }));
    }

    [Test]
    public async Task Keys_that_bear_their_time_are_stored_in_its_order_and_tell_requests_apart_all_the_same()
    {
        var moment = new DateTimeOffset(2026, 11, 16, 2, 0, 0, TimeSpan.Zero);
        var keys = new[] { Guid.CreateVersion7(moment.AddSeconds(1)), Guid.CreateVersion7(moment), Guid.CreateVersion7(moment) };
        for (var i = 0; i < keys.Length; i++) await Write(new Put(i + 1) { IdempotencyKey = keys[i].ToString() });
        var untimed = new Guid("0193abcd-0000-4000-8000-000000000000");
        await Write(new Put(4) { IdempotencyKey = untimed.ToString() });

        var stored = (await App.Query("select key_hash from idempotency")).Select(row => (byte[])row["key_hash"]!).ToList();
        Assert.That(stored.Select(Time), Is.SupersetOf(keys.Select(k => Time(k.ToByteArray(bigEndian: true)))).And.None.EqualTo(Time(untimed.ToByteArray(bigEndian: true))));
        Assert.That((await Write(new Put(2) { IdempotencyKey = keys[1].ToString() })).Value, Is.EqualTo(2));
        Assert.That((await Write(new Put(5) { IdempotencyKey = keys[1].ToString() })).Refusal?.Code, Is.EqualTo("idempotency_key_reused"));
        Assert.That(await Stored(), Is.EqualTo(new[] { 1, 2, 3, 4 }));

        static string Time(byte[] key) => Convert.ToHexString(key, 0, 6);
    }

    [Test]
    public async Task Too_many_are_told_to_come_back_and_those_that_wait_are_served()
    {
        var (first, go) = await Hold();
        const int places = 300;
        var waiting = Enumerable.Range(1, places).Select(n => Write(new Put(n))).ToList();
        Assert.That(async () => await Write(new Put(9999)), Throws.TypeOf<BusyException>());

        go.SetResult();
        await first;
        Assert.That((await Task.WhenAll(waiting)).Select(w => w.Refusal), Is.All.Null);
        Assert.That((await Write(new Put(9999))).Value, Is.EqualTo(9999));
        Assert.That(await Stored(), Is.EqualTo(Enumerable.Range(0, places + 1).Append(9999)));
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

    private Task<Outcome<int>> Write(Put put, CancellationToken ct = default) => Writer.Write(put, ct);

    /// <summary>A first command that keeps the writer busy until it is let go, so that what comes meanwhile is one group.</summary>
    private async Task<(Task<Outcome<int>> Command, TaskCompletionSource Go)> Hold()
    {
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var command = Write(new Put(0) { Waits = () => { begun.TrySetResult(); return go.Task; } });
        await begun.Task;
        return (command, go);
    }

    private async Task<IEnumerable<int>> Stored() =>
        (await App.Query("select id from contact")).Select(row => (byte[])row["id"]!).Select(id => (id[2] << 8) | id[3]).Order();

    /// <summary>A command that stores a row and does what a test wants.</summary>
    internal sealed record Put(int Number) : ICommand<int>, IIdempotent, IGrouped
    {
        [System.Text.Json.Serialization.JsonIgnore]
        public string? IdempotencyKey { get; init; }

        [System.Text.Json.Serialization.JsonIgnore]
        public Refusal? Refusal { get; init; }

        [System.Text.Json.Serialization.JsonIgnore]
        public Func<Exception?> Throws { get; init; } = () => null;

        [System.Text.Json.Serialization.JsonIgnore]
        public Func<Task> Waits { get; init; } = () => Task.CompletedTask;
    }

    /// <summary>How many commands came together.</summary>
    private sealed class Sizes : List<int>;

    private sealed class PutHandler(TimeProvider time, Sizes sizes) : IGroupHandler<Put, int>
    {
        private const string InsertSql = "insert into contact (id, sealed, created_at) values (@Id, @Sealed, @Now)";

        public async Task<IReadOnlyList<Outcome<int>>> Handle(IReadOnlyList<Put> commands, WriteBatch writes, CancellationToken ct)
        {
            sizes.Add(commands.Count);
            foreach (var put in commands)
            {
                await put.Waits();
                if (put.Throws() is { } failure) throw failure;
            }

            writes.Add(InsertSql, commands.Where(c => c.Refusal is null).Select(c => new Row(new Guid(c.Number, 0, 0, new byte[8]), [1], time.GetUtcNow())));
            return [.. commands.Select(c => c.Refusal is { } refusal ? refusal : (Outcome<int>)c.Number)];
        }

        private sealed record Row(Guid Id, byte[] Sealed, DateTimeOffset Now);
    }
}

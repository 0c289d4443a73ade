using Dapper;
using Feedback.Pipeline;
using Feedback.Tests.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Data;

/// <summary>A database that is locked or full: the citizen is told to come back, and what was acknowledged is kept.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class OutageTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartApp() => _app = await TestApp.Start(configure: builder =>
        builder.Configuration["ConnectionStrings:Feedback"] = builder.Configuration.GetConnectionString("Feedback")!.Replace("Default Timeout=25", "Default Timeout=1", StringComparison.Ordinal));

    [TearDown]
    public async Task StopApp() => await _app.DisposeAsync();

    [Test]
    public async Task While_another_program_holds_the_lock_a_rating_is_put_off_and_afterwards_taken()
    {
        var window = await _app.Token("A01");
        await using (var other = Unpooled())
        {
            await other.ExecuteAsync("begin immediate");

            var refused = await _app.Client.PostJson("/api/v1/ratings", new { window, grade = 5 }, "key-1");
            Assert.That((refused.Status, refused.Code), Is.EqualTo((503, "try_again_later")));
            Assert.That(refused.Response.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(2)));
            Assert.That(refused.Response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));

            // Reading goes on meanwhile.
            Assert.That((await _app.Client.GetJson("/api/v1/complaints/20261116-000000", ("X-Query-Code", "0000"))).Status, Is.EqualTo(404));
            await other.ExecuteAsync("rollback");
        }

        Assert.That((await _app.Client.PostJson("/api/v1/ratings", new { window, grade = 5 }, "key-1")).Status, Is.EqualTo(201));
        Assert.That(await _app.Sql<int>("select count(*) from rating"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_screen_that_nobody_watches_tries_again_by_itself()
    {
        var screen = await _app.Screen("A01");
        await _app.Sql<int>("alter table service_window rename to elsewhere");
        using var failed = await _app.Client.GetAsync(screen);
        Assert.That((int)failed.StatusCode, Is.GreaterThanOrEqualTo(500));
        Assert.That(failed.Headers.GetValues("Refresh"), Is.EqualTo(new[] { "10" }));

        await _app.Sql<int>("alter table elsewhere rename to service_window");
        using var shown = await _app.Client.GetAsync(screen);
        Assert.That((int)shown.StatusCode, Is.EqualTo(200));
        Assert.That(shown.Headers.Contains("Refresh"), Is.False);
    }

    [Test]
    public async Task When_too_many_ratings_wait_the_next_is_told_when_to_come_back()
    {
        await using var app = await TestApp.Start(configure: builder => builder.Services.AddSingleton(new GroupLimits(Waiting: 2)));
        var window = await app.Token("A01");
        var sent = new List<Task<Answer>>();
        await using (var other = Unpooled(app))
        {
            await other.ExecuteAsync("begin immediate");

            // One is being written, two wait.
            for (var n = 0; n < 8; n++) sent.Add(app.Client.PostJson("/api/v1/ratings", new { window, grade = 5 }, $"key-{n}"));
            var refused = await (await Task.WhenAny(sent));
            Assert.That((refused.Status, refused.Code), Is.EqualTo((503, "try_again_later")));
            Assert.That(refused.Response.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(2)));
            await other.ExecuteAsync("rollback");
        }

        var answers = await Task.WhenAll(sent);
        var taken = answers.Count(a => a.Status == 201);
        Assert.That(taken, Is.InRange(3, 7));
        Assert.That(answers.Count(a => a.Status == 503), Is.EqualTo(8 - taken));
        Assert.That(await app.Sql<int>("select count(*) from rating"), Is.EqualTo(taken), "those that waited are served, the others are not there");
    }

    [Test]
    public async Task When_the_database_is_full_nothing_is_acknowledged_that_is_not_kept()
    {
        var window = await _app.Token("A01");
        var numbers = new List<string>();
        await Fill(spare: 20);

        Answer last;
        while ((last = await Complain(window)).Status == 201 && numbers.Count < 500) numbers.Add((string)last["caseNumber"]!);
        Assert.That((last.Status, last.Code), Is.EqualTo((503, "try_again_later")));
        Assert.That(last.Response.Headers.RetryAfter, Is.Not.Null);
        Assert.That(numbers, Is.Not.Empty);
        await AssertKept(numbers);

        // Space again: connections are made anew, and the limit is gone with the old ones.
        Forget();
        Assert.That((last = await Complain(window)).Status, Is.EqualTo(201));
        await AssertKept([.. numbers, (string)last["caseNumber"]!]);
    }

    [Test]
    public async Task What_is_committed_is_written_through_to_the_disk()
    {
        // A test cannot cut the power; it can see that the engine was told to wait for the disk, also when the pool gives it out again.
        const int full = 2;
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await using var connection = _app.Database.Dialect.Connect();
            await connection.OpenAsync();
            await _app.Database.Dialect.Prepare(connection, CancellationToken.None);
            Assert.That(await connection.ExecuteScalarAsync<int>("pragma synchronous"), Is.EqualTo(full));
            Assert.That(await connection.ExecuteScalarAsync<int>("pragma busy_timeout"), Is.GreaterThan(0));
            Assert.That(await connection.ExecuteScalarAsync<string>("pragma journal_mode"), Is.EqualTo("wal"));
        }
    }

    private Task<Answer> Complain(string window) => _app.Client.PostJson("/api/v1/complaints", new { window, about = "Delay", text = new string('慢', 1000) });

    private async Task AssertKept(IReadOnlyList<string> numbers)
    {
        await using var fresh = Unpooled();
        Assert.That(await fresh.QueryAsync<string>("select case_number from case_file"), Is.EquivalentTo(numbers));
        Assert.That(await fresh.ExecuteScalarAsync<int>("select sum(n) from daily_count where measure = 'CaseFiled'"), Is.EqualTo(numbers.Count));
        Assert.That(await fresh.ExecuteScalarAsync<string>("pragma integrity_check"), Is.EqualTo("ok"));
    }

    /// <summary>
    /// Lets the file grow by some pages only. The limit belongs to a connection, so it is set on pooled ones, which the
    /// application is given next: it meets the engine's own SQLITE_FULL.
    /// </summary>
    private async Task Fill(int spare)
    {
        var pooled = Enumerable.Range(0, 8).Select(_ => _app.Database.Dialect.Connect()).ToList();
        foreach (var connection in pooled)
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync($"pragma max_page_count = {await connection.ExecuteScalarAsync<int>("pragma page_count") + spare}");
        }

        foreach (var connection in pooled) await connection.DisposeAsync();
    }

    private void Forget()
    {
        using var connection = (SqliteConnection)_app.Database.Dialect.Connect();
        SqliteConnection.ClearPool(connection);
    }

    private SqliteConnection Unpooled(TestApp? app = null)
    {
        var connection = new SqliteConnection((app ?? _app).Database.ConnectionString + ";Pooling=False");
        connection.Open();
        return connection;
    }
}

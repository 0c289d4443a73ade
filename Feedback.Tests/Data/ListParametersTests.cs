using Feedback.Data;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Data;

/// <summary>A list of any length is one parameter, on every engine.</summary>
[TestFixtureSource(typeof(Engines), nameof(Engines.Configured))]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ListParametersTests(Engine engine)
{
    // SQL Server takes 2,100 parameters, SQLite 32,766.
    private const int Many = 40_000;

    private const string TextsSql = "select code from hall where code in @codes order by code";
    private const string NumbersSql = "select version from reference_document where kind = @kind and version in @versions order by version";
    private const string KeysSql = "select id from outbox_message where id in @ids";

    private TestDatabase _database = null!;

    [SetUp]
    public async Task Create() => _database = await TestDatabase.Create(engine);

    [TearDown]
    public async Task Drop()
    {
        if (_database is not null) await _database.DisposeAsync();
    }

    [Test]
    public async Task Texts_beyond_what_an_engine_takes_as_parameters()
    {
        await using var db = await Begin();
        var codes = Enumerable.Range(0, Many).Select(i => $"no'such\"{i}").Append("H1");
        Assert.That(await db.Query<string>(TextsSql, new { codes }, CancellationToken.None), Is.EqualTo(new[] { "H1" }));
    }

    [Test]
    public async Task Numbers_beside_another_parameter()
    {
        await using var db = await Begin();
        var versions = Enumerable.Range(1_000, Many).Concat([2, 3]).ToArray();
        Assert.That(await db.Query<int>(NumbersSql, new { kind = "policy", versions }, CancellationToken.None), Is.EqualTo(new[] { 2, 3 }));
    }

    [Test]
    public async Task Keys()
    {
        await using var db = await Begin();
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        const string insertSql =
            """
            insert into outbox_message (id, webhook_id, address, kind, payload, state, attempts, queued_at, next_at, settled_at, last_error)
            values (@id, null, 'a@example.org', 'x', @payload, 'Waiting', 0, @now, @now, null, null)
            """;
        await db.Execute(insertSql, new { id, payload = "{}", now }, CancellationToken.None);
        var ids = Enumerable.Range(0, Many).Select(_ => Guid.NewGuid()).Append(id).ToList();
        Assert.That(await db.Query<Guid>(KeysSql, new { ids }, CancellationToken.None), Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task Nothing_is_found_in_an_empty_list()
    {
        await using var db = await Begin();
        Assert.That(await db.Query<string>(TextsSql, new { codes = Array.Empty<string>() }, CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task What_is_no_list_is_named()
    {
        await using var db = await Begin();
        Assert.That(() => db.Query<string>(TextsSql, new { codes = "H1" }, CancellationToken.None), Throws.InvalidOperationException.With.Message.Contains("@codes"));
        Assert.That(() => db.Query<string>(TextsSql, new { other = new[] { "H1" } }, CancellationToken.None), Throws.InvalidOperationException.With.Message.Contains("@codes"));
        Assert.That(() => db.Query<string>(TextsSql, new { codes = new[] { 1.5 } }, CancellationToken.None), Throws.InvalidOperationException.With.Message.Contains("@codes"));
    }

    [Test]
    public async Task A_list_is_looked_up_by_the_index()
    {
        if (engine != Engine.Sqlite) Assert.Ignore("Asks SQLite for its plan.");
        await using var db = await Begin();
        const string planSql = "explain query plan select * from case_file where case_number in @numbers";
        var plan = await db.Query<(int Id, int Parent, int Unused, string Detail)>(planSql, new { numbers = new[] { "a", "b" } }, CancellationToken.None);
        Assert.That(plan.Select(p => p.Detail), Has.Some.Match("SEARCH case_file USING .*INDEX .*case_number=").And.None.Match("SCAN case_file"));
    }

    private async Task<Db> Begin()
    {
        var db = new Db(_database.Dialect);
        await db.Begin(write: true, CancellationToken.None);
        return db;
    }
}

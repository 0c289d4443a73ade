using System.Data.Common;
using Dapper;
using Feedback.Data;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Data;

[TestFixtureSource(typeof(Engines), nameof(Engines.Configured))]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class MigratorTests(Engine engine)
{
    private const string JournalSql = "select script, checksum from schema_journal order by script";

    private TestDatabase _database = null!;

    private Migrator Migrator => new(_database.Dialect, TimeProvider.System);

    [OneTimeSetUp]
    public static void Map() => Mapping.Register();

    [SetUp]
    public async Task CreateDatabase() => _database = await TestDatabase.CreateEmpty(engine);

    [TearDown]
    public async Task DropDatabase()
    {
        if (_database is not null) await _database.DisposeAsync();
    }

    [Test]
    public async Task A_fresh_database_gets_every_script_and_document_once_and_is_then_current()
    {
        var applied = await Migrator.Migrate(CancellationToken.None);

        var scripts = EmbeddedScript.In(_database.Dialect.Name);
        Assert.That(applied, Is.EqualTo(scripts.Select(s => s.Name).Concat(EmbeddedScript.In("reference").Select(d => d.Path))));
        Assert.That(await Journal(), Is.EqualTo(scripts.Select(s => (s.Name, s.Checksum))));
        Assert.That(await Migrator.IsCurrent(CancellationToken.None));
    }

    [Test]
    public async Task A_second_run_applies_nothing()
    {
        await Migrator.Migrate(CancellationToken.None);

        Assert.That(await Migrator.Migrate(CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task A_script_that_was_changed_after_it_had_been_applied_is_refused_by_name()
    {
        await Migrator.Migrate(CancellationToken.None);
        await Execute("update schema_journal set checksum = 'of another text' where script = '0002_ratings.sql'");

        Assert.That(() => Migrator.Migrate(CancellationToken.None), Throws.InvalidOperationException.With.Message.Contain("0002_ratings.sql"));
    }

    [Test]
    public async Task A_database_that_lacks_a_script_is_not_current_and_gets_only_that_one()
    {
        await Migrator.Migrate(CancellationToken.None);
        await Execute("delete from schema_journal where script = '0004_counts.sql'");
        await Execute("drop table daily_count");
        await Execute("drop table idempotency");

        Assert.That(await Migrator.IsCurrent(CancellationToken.None), Is.False);
        Assert.That(await Migrator.Migrate(CancellationToken.None), Is.EqualTo(new[] { "0004_counts.sql" }));
    }

    [Test]
    public async Task Programs_that_start_together_apply_each_script_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Migrator.Migrate(CancellationToken.None))));

        Assert.That(applied.SelectMany(a => a), Is.Unique);
        Assert.That(applied.SelectMany(a => a).Count(), Is.EqualTo(EmbeddedScript.In(_database.Dialect.Name).Count + EmbeddedScript.In("reference").Count));
        Assert.That((await Journal()).Count, Is.EqualTo(EmbeddedScript.In(_database.Dialect.Name).Count));
    }

    [Test]
    public async Task A_script_that_fails_half_way_leaves_nothing_behind()
    {
        // The second table of 0004 is in the way, so that the first one was already made when the script fails.
        await Execute(_database.Dialect.Batches("create table idempotency (a int not null)").Single());

        Assert.That(() => Migrator.Migrate(CancellationToken.None), Throws.InstanceOf<DbException>());
        Assert.That((await Journal()).Select(j => j.Script), Does.Contain("0003_cases.sql").And.Not.Contain("0004_counts.sql"));
        Assert.That(() => Execute("select count(*) from daily_count"), Throws.InstanceOf<DbException>());

        await Execute("drop table idempotency");
        Assert.That(await Migrator.Migrate(CancellationToken.None), Does.Contain("0004_counts.sql").And.Not.Contain("0003_cases.sql"));
    }

    [Test]
    public async Task A_policy_whose_ladder_lacks_a_wait_is_named_before_anything_starts()
    {
        await Migrator.Migrate(CancellationToken.None);
        await Execute("update reference_document set body = replace(body, '\"0h\", \"2h\", ', '\"0h\", ') where kind = 'policy' and version = 2");

        Assert.That(() => Migrator.Migrate(CancellationToken.None), Throws.InvalidOperationException.With.Message.StartsWith("Policy version 2, ladder.hours: The ladder has 4 steps").And.Message.EndsWith("this list 3 waits."));
    }

    private async Task<IReadOnlyList<(string Script, string Checksum)>> Journal()
    {
        await using var connection = await Open();
        return [.. await connection.QueryAsync<(string, string)>(JournalSql)];
    }

    private async Task Execute(string sql)
    {
        await using var connection = await Open();
        await connection.ExecuteAsync(sql);
    }

    private async Task<DbConnection> Open()
    {
        var connection = _database.Dialect.Connect();
        await connection.OpenAsync();
        return connection;
    }
}

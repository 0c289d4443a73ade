namespace Feedback.Tests.Harness;

/// <summary>Says, a line an engine, which engines the tests run on. An engine that is not configured is the one line that is skipped.</summary>
internal sealed class EnginesTests
{
    private static IEnumerable<TestCaseData> All => Engines.All.Select(engine =>
    {
        var missing = $"{engine.Name}: not run, {engine.Variable} is not set";
        return engine.IsConfigured
            ? new TestCaseData(engine.Engine).SetName($"{engine.Name}: run")
            : new TestCaseData(engine.Engine).SetName(missing).Ignore(missing);
    });

    [TestCaseSource(nameof(All))]
    public async Task The_tests_run_on_each_engine_that_is_configured(Engine engine)
    {
        await using var database = await TestDatabase.CreateEmpty(engine);
        await using var connection = database.Dialect.Connect();
        await connection.OpenAsync();
        await TestContext.Out.WriteLineAsync($"{Engines.Of(engine).Name} {connection.ServerVersion}");

        Assert.That(Engines.Configured, Does.Contain(engine));
        Assert.That(connection.GetType(), Is.EqualTo(Engines.Of(engine).Connect("").GetType()));
    }

    [Test]
    public void Every_engine_has_its_setup_and_SQLite_needs_none() => Assert.Multiple(() =>
    {
        Assert.That(Engines.All.Select(e => e.Engine), Is.EqualTo(Enum.GetValues<Engine>()));
        Assert.That(Engines.Configured, Does.Contain(Engine.Sqlite));
    });

    /// <summary>Nothing lists the engines beside <see cref="Engines"/>: what is written for one engine alone would be missing on the next.</summary>
    [Test]
    public void Every_fixture_that_runs_on_an_engine_runs_on_each_that_is_configured()
    {
        var fixtures = typeof(EnginesTests).Assembly.GetTypes().Where(t => t.GetConstructors().Any(c => c.GetParameters() is [{ } only] && only.ParameterType == typeof(Engine))).ToList();

        Assert.That(fixtures, Has.Count.GreaterThan(60));
        Assert.That(fixtures.Where(t => Attributes<TestFixtureAttribute>(t).Any() || !Attributes<TestFixtureSourceAttribute>(t).Select(s => (s.SourceType, s.SourceName)).SequenceEqual([(typeof(Engines), nameof(Engines.Configured))])), Is.Empty);

        // As the runner finds them: on the fixture or on what it derives from.
        static IEnumerable<T> Attributes<T>(Type? fixture)
            where T : Attribute =>
            fixture is null ? [] : fixture.GetCustomAttributes(typeof(T), inherit: false).Cast<T>().Concat(Attributes<T>(fixture.BaseType));
    }
}

using Microsoft.AspNetCore.Builder;

namespace Feedback.Tests.Harness;

/// <summary>A test of use cases over HTTP, on each engine, with an application and a database of its own for each test.</summary>
[TestFixtureSource(typeof(Engines), nameof(Engines.Configured))]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class SliceTest(Engine engine)
{
    protected TestApp App { get; private set; } = null!;

    [SetUp]
    public async Task StartApp() => App = await TestApp.Start(engine, Now, Configure);

    [TearDown]
    public async Task StopApp()
    {
        if (App is not null) await App.DisposeAsync();
    }

    /// <summary>Local time at which the test begins.</summary>
    protected virtual string Now => "2026-11-16T10:00";

    /// <summary>Settings of these tests.</summary>
    protected virtual void Configure(WebApplicationBuilder builder)
    {
    }
}

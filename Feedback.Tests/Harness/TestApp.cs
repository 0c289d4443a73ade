using System.Net.Http.Headers;
using Dapper;
using Feedback.Demo;
using Feedback.Domain;
using Feedback.Domain.Halls;
using Feedback.Domain.Staff;
using Feedback.Features.Escalation;
using Feedback.Features.Staff;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Harness;

/// <summary>The real application on a real port and a database of its own, with a clock that the test moves.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestDatabase _database;

    private TestApp(WebApplication app, TestDatabase database, TestClock clock)
    {
        (_app, _database, Clock) = (app, database, clock);
        Address = new Uri(app.Urls.First());
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public TestClock Clock { get; }

    /// <summary>A citizen: not signed in, follows no redirects, keeps no cookies, asks for Chinese by asking for nothing.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public TestDatabase Database => _database;

    /// <param name="engine">On which database.</param>
    /// <param name="now">Local time of the hall (+08:00); a Monday morning by default.</param>
    /// <param name="configure">Further settings.</param>
    public static async Task<TestApp> Start(Engine engine = Engine.Sqlite, string now = "2026-11-16T10:00", Action<WebApplicationBuilder>? configure = null) =>
        await Start(await TestDatabase.Create(engine), Local(now), configure);

    /// <summary>The same hall at the same instant a second time, on a copy of this one's SQLite database. Its tokens hold there too.</summary>
    public async Task<TestApp> Copy(Action<WebApplicationBuilder>? configure = null) => await Start(await TestDatabase.CopyOf(_database), Clock.Now, configure);

    private static async Task<TestApp> Start(TestDatabase database, DateTimeOffset now, Action<WebApplicationBuilder>? configure)
    {
        var clock = new TestClock(now);
        var builder = Template.Builder(database.Provider, database.ConnectionString);
        configure?.Invoke(builder);
        var app = FeedbackApp.Build(builder, services => services.AddSingleton<TimeProvider>(clock));
        await app.StartAsync();
        return new TestApp(app, database, clock);
    }

    public static DateTimeOffset Local(string time) => new(DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    /// <summary>The token of a window's code.</summary>
    public async Task<string> Token(string window)
    {
        var id = await Sql<string>("select id from window_token where window_code = @window and revoked_at is null", new { window });
        return WindowToken.Sign(id!, Services.GetRequiredService<Vault>().KeyFor("window-token"));
    }

    /// <summary>A client that is signed in with an API token as one of the demonstration hall's staff.</summary>
    public async Task<HttpClient> SignedIn(string login)
    {
        var row = (await Query("select login, name, role, hall_code, department_code, window_code from staff where login = @login", new { login })).Single();
        var actor = new Actor((string)row["login"]!, (string)row["name"]!, Enum.Parse<Role>((string)row["role"]!), (string?)row["hall_code"], (string?)row["department_code"], (string?)row["window_code"]);
        var issued = await Send(new IssueApiToken(actor, "test", 365));
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issued.Value.Token);
        return client;
    }

    /// <summary>What the authenticator of one of the demonstration hall's staff shows now. A code is good once; here it is good again.</summary>
    public async Task<string> CodeOf(string login)
    {
        await Sql<int>("update staff_second_factor set last_step = 0 where login = @login", new { login });
        return SignInCode.Of(PresenceCode.StepAt(Clock.GetUtcNow()), DemoHall.Secret);
    }

    public Task<Outcome<T>> Send<T>(IRequest<Outcome<T>> message) => Services.GetRequiredService<Dispatcher>().Send(message);

    /// <summary>Moves the clock (local time of the hall) and lets everything fire that fell due, as the schedule would.</summary>
    public async Task MoveTo(string localTime)
    {
        var until = Local(localTime);
        while (true)
        {
            var next = (await Send(new FireDueTimers())).Value.NextDueAt;
            if (next is null || next > until) break;
            if (next > Clock.GetUtcNow()) Clock.Now = next.Value;
        }

        Clock.Now = until;
        await Send(new FireDueTimers());
    }

    /// <summary>One value straight from the database; for what no endpoint shows.</summary>
    public async Task<T?> Sql<T>(string sql, object? args = null)
    {
        await using var connection = _database.Dialect.Connect();
        await connection.OpenAsync();
        return await connection.ExecuteScalarAsync<T>(sql, args);
    }

    /// <summary>Rows straight from the database.</summary>
    public async Task<IReadOnlyList<IDictionary<string, object?>>> Query(string sql, object? args = null)
    {
        await using var connection = _database.Dialect.Connect();
        await connection.OpenAsync();
        return [.. (await connection.QueryAsync(sql, args)).Cast<IDictionary<string, object?>>()];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}

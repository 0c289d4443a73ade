using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Feedback.Accounts;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Schedule;
using Feedback.Web;
using Feedback.Web.Console.Staff;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Options;

namespace Feedback;

/// <summary>The web applications, built in one place for the programs and for their tests.</summary>
public static class FeedbackApp
{
    private const string DefaultAddress = "http://127.0.0.1:5080";
    private const string WorkersDefaultAddress = "http://127.0.0.1:5081";

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // Settings and pages lie beside the program, from whatever folder it is started.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Host.UseDefaultServiceProvider(o => (o.ValidateOnBuild, o.ValidateScopes) = (true, true));
        return builder;
    }

    /// <summary>The product's pages and API; it runs the jobs too, unless <c>Schedule:InProcess</c> is false.</summary>
    /// <param name="builder">From <see cref="CreateBuilder"/>.</param>
    /// <param name="replace">What a caller puts in the place of ours (its own clock).</param>
    /// <exception cref="Security.SetupException">Something that has no default is not set.</exception>
    public static WebApplication Build(WebApplicationBuilder builder, Action<IServiceCollection>? replace = null)
    {
        var app = Build(builder, DefaultAddress, Scheduler.RunsIn(builder.Configuration), replace);
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapDashboard(back: "/console");
        app.MapFeatures();
        return app;
    }

    /// <summary>
    /// A process that runs the jobs and shows them: health, the dashboard, and the sign-in that leads to it. The session is the
    /// console's: who signed in at the same host's Api is signed in here.
    /// </summary>
    /// <inheritdoc cref="Build(WebApplicationBuilder, Action{IServiceCollection}?)"/>
    public static WebApplication BuildWorker(WebApplicationBuilder builder, Action<IServiceCollection>? replace = null)
    {
        var app = Build(builder, WorkersDefaultAddress, runsJobs: true, replace);
        app.MapDashboard(back: null);
        SignInPage.Map(app);
        // Where the sign-in leads when it was asked for nothing else.
        foreach (var start in new[] { "/", "/console" }) app.MapGet(start, () => Results.Redirect(Dashboard.Address)).RequireAuthorization(Access.Jobs);
        return app;
    }

    private static WebApplication Build(WebApplicationBuilder builder, string address, bool runsJobs, Action<IServiceCollection>? replace)
    {
        KeepProcessorsBusy();
        if (string.IsNullOrEmpty(builder.Configuration["urls"])) builder.WebHost.UseUrls(address);
        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = BodyLimit.Bytes;
        });

        var services = builder.Services;
        services.AddFeedback(builder.Configuration, builder.Environment);
        services.AddScheduler(builder.Configuration, runsJobs);
        services.AddHttpContextAccessor();
        services.AddSingleton<Site>();
        services.AddExceptionHandler<Failures>();
        services.AddDataProtection().SetApplicationName("Feedback");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeyRing>();
        services.AddSignIn(builder.Configuration, builder.Environment);
        services.AddDashboardPolicy(Scheduler.IsSeenIn(builder.Configuration, runsJobs));
        services.AddAntiforgery();
        services.AddRateLimits(builder.Configuration);
        services.AddSingleton<Guesses>();
        services.AddOpenApi("v1");
        services.AddRazorComponents();
        services.AddSingleton<IRefusalPages, RefusalPages>();

        // Chinese as it is, in UTF-8; as numeric references each character would take eight bytes.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o => Json(o.SerializerOptions));
        services.Configure<RequestLocalizationOptions>(o =>
        {
            o.SetDefaultCulture("zh-CN").AddSupportedCultures("zh-CN", "zh", "en").AddSupportedUICultures("zh-CN", "zh", "en");
            o.FallBackToParentCultures = o.FallBackToParentUICultures = true;
            o.RequestCultureProviders = [new QueryStringRequestCultureProvider { QueryStringKey = "lang" }, new CookieRequestCultureProvider { CookieName = "lang" }, new AcceptLanguageHeaderRequestCultureProvider()];
        });

        replace?.Invoke(services);

        var app = builder.Build();
        app.Use((_, next) => Trace.Within(() => next()));
        app.UseSecurityHeaders((Dashboard.Address, Dashboard.ContentPolicy));
        app.UseProxies(builder.Configuration);
        app.UseRequestLocalization();
        app.UseReading();
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(Answers.Bare);
        app.UseBodyLimit();
        app.UseUtf8Only();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=3600" });
        app.UseUnrouted();
        app.UseCrossSiteRefusal();
        app.UseRateLimiter();
        app.UseUploads();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseForgeryRefusal();
        app.MapHealth();
        return app;
    }

    /// <summary>
    /// The thread that writes a group waits for the disk, and so may one that reads. The pool begins with one thread for each
    /// processor and is slow to add one: without one more, the others would wait with them (docs/performance.md).
    /// </summary>
    private static void KeepProcessorsBusy()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + 1), ports);
    }

    /// <summary>The JSON of the contract: camelCase, enums by name, and nothing misunderstood in silence.</summary>
    private static void Json(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(allowIntegerValues: false));
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        // Chinese as it is; what could be taken for HTML is escaped.
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
    }
}

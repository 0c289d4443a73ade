using System.Security.Claims;
using Feedback.Tests.Harness;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Feedback.Tests.Web.Console;

/// <summary>
/// SQLite answers before anybody could wait, a database on another machine does not: a page whose frame has to wait for something is
/// shown when it is there, and no half of it before.
/// </summary>
internal sealed class LateAnswerTests
{
    [TestCase("supervisor", "/console/cases")]
    [TestCase("admin", "/console/windows")]
    public async Task A_page_waits_for_what_its_frame_needs(string login, string path)
    {
        await using var app = await TestApp.Start(configure: builder => builder.Services.AddTransient<IAuthorizationService, Late>());
        using var visitor = await ConsoleClient.SignedIn(app, login);

        var page = await visitor.Get(path);

        Assert.That(page.Status, Is.EqualTo(200));
        Assert.That(page.Text, Does.Contain("退出").And.Contain("</main>"));
    }

    private sealed class Late(
        IAuthorizationPolicyProvider policies,
        IAuthorizationHandlerProvider handlers,
        ILogger<DefaultAuthorizationService> logger,
        IAuthorizationHandlerContextFactory contexts,
        IAuthorizationEvaluator evaluator,
        IOptions<AuthorizationOptions> options)
        : DefaultAuthorizationService(policies, handlers, logger, contexts, evaluator, options)
    {
        public override async Task<AuthorizationResult> AuthorizeAsync(ClaimsPrincipal user, object? resource, IEnumerable<IAuthorizationRequirement> requirements)
        {
            await Task.Yield();
            return await base.AuthorizeAsync(user, resource, requirements);
        }
    }
}

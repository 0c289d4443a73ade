using System.Reflection;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Inquiries;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Tests.Harness;
using MediatR;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Architecture;

/// <summary>Every endpoint of the running application, whoever mapped it.</summary>
internal sealed class EndpointTests
{
    private TestApp _app = null!;
    private IReadOnlyList<RouteEndpoint> _endpoints = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _app = await TestApp.Start();
        _endpoints = MappedEndpoints.Of(_app);
    }

    [OneTimeTearDown]
    public async Task Close() => await _app.DisposeAsync();

    [Test]
    public void Every_endpoint_says_who_may_come_in()
    {
        Assert.That(_endpoints, Has.Count.GreaterThanOrEqualTo(15));
        Assert.That(_endpoints.Where(d => !IsPublic(d) && !d.Metadata.OfType<IAuthorizeData>().Any(a => a.Policy is not null)).Select(d => d.Name()), Is.Empty);
    }

    [Test]
    public async Task Every_policy_that_an_endpoint_names_exists()
    {
        var known = _app.Services.GetRequiredService<IAuthorizationPolicyProvider>();
        foreach (var policy in _endpoints.SelectMany(d => d.Metadata.OfType<IAuthorizeData>()).Select(a => a.Policy).OfType<string>().Distinct())
        {
            Assert.That(await known.GetPolicyAsync(policy), Is.Not.Null, policy);
        }
    }

    [Test]
    public void Every_use_case_endpoint_was_opened() =>
        Assert.That(
            Compiled.Product.Where(t => t.IsAssignableTo(typeof(IEndpoint)) && !t.IsInterface).Except(_endpoints.Select(Owner)).Select(t => t?.FullName), Is.Empty);

    [Test]
    public void A_GET_changes_nothing() => Assert.That(
        from endpoint in _endpoints
        where endpoint.Methods().Contains("GET") && Message(endpoint) is { } message && message.IsAssignableTo(typeof(ICommand))
        select endpoint.Name(),
        Is.Empty);

    [Test]
    public void Every_public_POST_of_the_interface_may_be_repeated_with_its_key()
    {
        var posts = _endpoints.Where(d => IsPublic(d) && d.Methods().Contains("POST") && d.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        Assert.That(posts, Has.Count.GreaterThanOrEqualTo(2));
        Assert.That(posts.Where(d => Message(d)?.IsAssignableTo(typeof(IIdempotent)) is not true).Select(d => d.Name()), Is.Empty);
    }

    [Test]
    public void Every_form_bears_a_token_but_those_that_nobody_is_signed_in_for()
    {
        var forms = _endpoints.Where(d => d.Methods().Contains("POST") && d.Metadata.GetMetadata<IAntiforgeryMetadata>() is not null).ToList();
        Assert.That(forms, Has.Count.GreaterThanOrEqualTo(20));
        Assert.That(
            forms.Where(d => !d.Metadata.GetMetadata<IAntiforgeryMetadata>()!.RequiresValidation).Select(d => (IsPublic(d), d.Name())).Order(),
            Is.EqualTo(new[] { "POST /api/v1/complaints/{caseNumber}/pictures", "POST /r", "POST /track", "POST /track/acknowledgement", "POST /track/pictures", "POST /w/{token}", "POST /w/{token}/complaint" }.Select(name => (true, name))));
        Assert.That(_endpoints.Where(d => TakesForm(d)).Except(forms).Select(d => d.Name()), Is.Empty, "the framework asks for the token of every form that it reads");
    }

    /// <summary>A form that a handler reads, by its parameters.</summary>
    private static bool TakesForm(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<MethodInfo>() is { } handler
        && handler.GetParameters().Any(p => p.ParameterType.IsAssignableTo(typeof(IFormCollection)) || p.ParameterType.IsAssignableTo(typeof(IFormFile)) || p.IsDefined(typeof(FromFormAttribute)));

    private static bool IsPublic(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static Type? Owner(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<MethodInfo>() is { DeclaringType: { } type } ? Compiled.Writer(type) : null;

    /// <summary>The message in whose file an endpoint is written; null for endpoints that belong to no message.</summary>
    private static Type? Message(RouteEndpoint endpoint) => Owner(endpoint)?.DeclaringType is { } around && around.IsAssignableTo(typeof(IBaseRequest)) ? around : null;
}

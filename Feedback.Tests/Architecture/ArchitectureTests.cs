using Feedback.Data;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Tests.Architecture;

/// <summary>The rules of docs/architecture.md that the compiler does not know.</summary>
internal sealed class ArchitectureTests
{
    private static readonly string[] PureNamespaces =
    [
        "System", "System.Collections.Generic", "System.Globalization", "System.Linq", "System.Runtime.CompilerServices", "System.Security.Cryptography", "System.Text",
        "System.Text.Json", "System.Text.Json.Serialization", "System.Text.RegularExpressions", "System.Diagnostics.CodeAnalysis", "System.Collections",
    ];

    private static readonly Type[] Impure = [typeof(Console), typeof(Environment), typeof(AppContext), typeof(AppDomain), typeof(TimeProvider)];

    private static readonly Type[] Requests = [.. Compiled.Product.Where(t => !t.IsInterface && t.IsAssignableTo(typeof(IBaseRequest)))];

    [Test]
    public void The_domain_knows_no_framework_and_no_outside_world() => Expect(
        from use in Compiled.Uses
        where Within(use.By, "Feedback.Domain") && !Within(use.Of, "Feedback.Domain")
        where !IsPure(use)
        select use);

    [Test]
    public void Only_endpoints_and_pages_know_HTTP() => Expect(
        from use in Compiled.Uses
        where Within(use.By, "Feedback.Domain", "Feedback.Data", "Feedback.Pipeline", "Feedback.Security", "Feedback.Casework", "Feedback.Demo", "Feedback.Features")
        where !Compiled.WithThoseAround(use.By).Any(t => t.IsAssignableTo(typeof(IEndpoint)))
        where Within(use.Of, "Feedback.Http", "Feedback.Web", "Microsoft.AspNetCore", "System.Net")
        // Password hashing lives in the framework's namespace and asks nothing of HTTP; the table of a first start holds addresses.
        where !Within(use.Of, "Microsoft.AspNetCore.Identity") && use.By.FullName is not "Feedback.Demo.DemoAddresses"
        select use);

    /// <summary>Arrows point one way (docs/architecture.md): a folder may use those that stand before it, and none behind it.</summary>
    [Test]
    public void Arrows_point_one_way() => Expect(
        from use in Compiled.Uses
        where Layer(use.By) is { } own && Layer(use.Of) is { } other && other > own
        select use);

    [Test]
    public void No_area_of_features_uses_another() => Expect(
        from use in Compiled.Uses
        where Area(use.By) is { } own && Area(use.Of) is { } other && own != other
        select use);

    [Test]
    public void Only_the_dialects_know_the_engines() => Expect(
        from use in Compiled.Uses
        where Within(use.Of, "Microsoft.Data", "SQLitePCL") && !IsDialect(use.By)
        select use);

    [Test]
    public void Only_the_registration_chooses_a_dialect() => Expect(
        from use in Compiled.Uses
        where IsDialect(use.Of) && !IsDialect(use.By) && use.By != typeof(FeedbackServices)
        select use);

    [Test]
    public void Time_comes_from_the_injected_clock() => Expect(
        from use in Compiled.Uses
        where use.Of == typeof(DateTime) || use.Of == typeof(DateTimeOffset) || use.Of == typeof(TimeProvider) || use.Of == typeof(Environment)
        where use.What.Name is "get_Now" or "get_UtcNow" or "get_Today" or "get_System" or "get_TickCount" or "get_TickCount64"
        where use.By != typeof(FeedbackServices)
        select use);

    /// <summary>
    /// Nothing is enqueued by a use case: an enqueueing is part of no transaction of ours, so it could be lost after the commit or stand
    /// after a rollback. Hangfire wakes; rows of ours say what is to be done.
    /// </summary>
    [Test]
    public void Only_the_schedule_and_the_dashboard_know_Hangfire() => Expect(
        from use in Compiled.Uses
        where Within(use.Of, "Hangfire") && !Within(use.By, "Feedback.Schedule") && use.By.FullName is not "Feedback.Http.Dashboard"
        select use);

    [Test]
    public void Nothing_is_enqueued_but_the_registered_jobs() => Expect(
        from use in Compiled.Uses
        where use.Of == typeof(Hangfire.IBackgroundJobClient) || use.Of == typeof(Hangfire.BackgroundJob) || use.Of == typeof(Hangfire.BackgroundJobClientExtensions)
        select use);

    [Test]
    public void A_handler_sends_no_messages() => Expect(
        from use in Compiled.Uses
        where Compiled.WithThoseAround(use.By).Any(IsHandler)
        where use.Of == typeof(Dispatcher) || use.Of == typeof(IMediator)
        select use);

    [Test]
    public void Only_the_dispatcher_speaks_to_the_mediator() => Expect(
        from use in Compiled.Uses
        where use.Of == typeof(IMediator) && use.By != typeof(Dispatcher) && use.By != typeof(FeedbackServices)
        select use);

    [Test]
    public void Every_message_is_a_command_or_a_query()
    {
        Assert.That(Requests, Has.Length.GreaterThanOrEqualTo(15));
        Assert.That(Requests.Where(r => IsCommand(r) == IsQuery(r)), Is.Empty);
    }

    [Test]
    public void Every_message_is_sealed_and_holds_its_one_handler() =>
        Assert.That(Requests.Where(r => !r.IsSealed || Compiled.Product.Count(t => IsHandlerOf(t, r)) != 1 || !Compiled.Product.Any(t => t.DeclaringType == r && IsHandlerOf(t, r))), Is.Empty);

    private static readonly string[][] Layers =
    [
        ["Domain"], ["Data", "Security"], ["Pipeline"], ["Http"], ["Notifications"], ["Accounts"], ["Casework"], ["Features"], ["Schedule"], ["Web"], ["Demo"], ["Commands"],
    ];

    /// <summary>The place of a type's folder in <see cref="Layers"/>; the root, which puts everything together, stands behind all. Null for what is not ours.</summary>
    private static int? Layer(Type type)
    {
        if (!Within(type, "Feedback")) return null;
        // The registration names everything that it registers; the demonstration and the command line start from it.
        if (Compiled.WithThoseAround(type).Contains(typeof(FeedbackServices))) return Array.FindIndex(Layers, folders => folders.Contains("Web"));
        var at = Array.FindIndex(Layers, folders => folders.Any(f => Within(type, "Feedback." + f)));
        return at < 0 ? Layers.Length : at;
    }

    private static string? Area(Type type) => Within(type, "Feedback.Features") ? type.Namespace!.Split('.')[2] : null;

    private static void Expect(IEnumerable<Use> none) => Assert.That(string.Join('\n', none.Select(use => use.ToString()).Distinct().Order()), Is.Empty);

    private static bool Within(Type type, params string[] namespaces) =>
        namespaces.Any(n => type.Namespace is { } own && (own == n || own.StartsWith(n + ".", StringComparison.Ordinal)));

    // Attributes do nothing, and iterators (as the compiler writes them) ask which thread they run on.
    private static bool IsPure(Use use) => use.Of.IsAssignableTo(typeof(Attribute))
        ? Within(use.Of, "System")
        : PureNamespaces.Contains(use.Of.Namespace) && (!Impure.Contains(use.Of) || use.What.Name is nameof(Environment) or "get_CurrentManagedThreadId");

    private static bool IsDialect(Type type) => Compiled.WithThoseAround(type).Any(t => t.IsSubclassOf(typeof(Dialect)));

    private static bool IsHandler(Type type) => Implements(type, typeof(IRequestHandler<,>));

    private static bool IsHandlerOf(Type type, Type request) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) && i.GetGenericArguments()[0] == request);

    private static bool IsCommand(Type type) => Implements(type, typeof(ICommand<>));

    private static bool IsQuery(Type type) => Implements(type, typeof(IQuery<>));

    private static bool Implements(Type type, Type contract) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == contract);
}

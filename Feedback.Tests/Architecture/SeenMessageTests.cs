using System.Reflection;
using Feedback.Domain;
using Feedback.Pipeline;
using Feedback.Tests.Harness;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Architecture;

/// <summary>One behaviour sees every message: it stands first, and no way leads past it.</summary>
internal sealed class SeenMessageTests
{
    private static readonly Type[] Requests = [.. Compiled.Product.Where(t => !t.IsInterface && t.IsAssignableTo(typeof(IBaseRequest)))];

    [Test]
    public async Task The_first_behaviour_of_every_message_reports_it()
    {
        await using var app = await TestApp.Start();
        Assert.That(Requests, Has.Length.GreaterThanOrEqualTo(100));
        Assert.That(await Unseen(app), Is.Empty);
    }

    [Test]
    public async Task A_behaviour_that_stands_before_it_is_seen()
    {
        await using var app = await TestApp.Start(configure: builder => builder.Services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>)));
        Assert.That(await Unseen(app), Has.Count.EqualTo(Requests.Length));
    }

    [Test]
    public void Reports_tell_messages_apart_by_name() => Assert.That(Requests.GroupBy(r => r.Name).Where(g => g.Count() > 1).Select(g => g.Key), Is.Empty);

    [Test]
    public void No_way_leads_past_the_pipeline() => Assert.That(PastIt(Compiled.Uses).Select(u => u.ToString()).Distinct().Order(), Is.Empty);

    [Test]
    public void Only_the_handler_of_a_grouped_command_hands_it_to_the_group_writer()
    {
        var writers = WhoWrites(Compiled.Product).ToList();
        Assert.That(writers, Is.Not.Empty);
        Assert.That(writers.Where(w => !Handles(w.By, w.Command)), Is.Empty);
    }

    [Test]
    public void A_way_past_the_pipeline_is_seen()
    {
        var uses = typeof(SeenMessageTests).Assembly.GetTypes().SelectMany(Compiled.UsesOf).Where(u => Compiled.WithThoseAround(u.By).Contains(typeof(Offender)));
        Assert.That(PastIt(uses).Select(u => u.By.Name).Distinct().Order(), Is.EqualTo(new[] { "CallsHandler", "CallsInterface", "WritesGroup" }));
        Assert.That(WhoWrites(typeof(Offender).GetNestedTypes()).Select(w => (w.By.Name, w.Command.Name, Handles(w.By, w.Command))), Is.EqualTo(new[] { ("WritesGroup", "Put", false) }));
    }

    private static async Task<IReadOnlyList<string>> Unseen(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return
        [
            .. from request in Requests
               let response = request.GetInterfaces().Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)).GetGenericArguments()[0]
               let first = scope.ServiceProvider.GetServices(typeof(IPipelineBehavior<,>).MakeGenericType(request, response)).First()!.GetType()
               where first.GetGenericTypeDefinition() != typeof(ReportingBehavior<,>)
               select $"{request.FullName} begins with {first.Name}",
        ];
    }

    private static IEnumerable<Use> PastIt(IEnumerable<Use> uses) => uses.Where(u => u.By != typeof(FeedbackServices) && (
        (Definition(u.Of) == typeof(IRequestHandler<,>) && u.What is MethodBase)
        || (IsHandler(u.Of) && (u.What is ConstructorInfo or MethodInfo { IsStatic: false }) && !Compiled.WithThoseAround(u.By).Contains(u.Of))
        || (Definition(u.Of) == typeof(GroupWriter<,>) && !IsHandler(u.By) && !Compiled.WithThoseAround(u.By).Contains(typeof(GroupWriter<,>)))
        || (Definition(u.Of) == typeof(IGroupHandler<,>) && u.What is MethodBase && !Compiled.WithThoseAround(u.By).Contains(typeof(GroupWriter<,>)))));

    private static IEnumerable<(Type By, Type Command)> WhoWrites(IEnumerable<Type> types) =>
        from type in types
        from constructor in type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
        from parameter in constructor.GetParameters()
        where Definition(parameter.ParameterType) == typeof(GroupWriter<,>)
        select (type, parameter.ParameterType.GetGenericArguments()[0]);

    private static bool Handles(Type type, Type command) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) && i.GetGenericArguments()[0] == command);

    private static bool IsHandler(Type type) => !type.IsInterface && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>));

    private static Type Definition(Type type) => type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;

    internal static class Offender
    {
        public sealed record Put(int Number) : ICommand<int>, IGrouped;

        public sealed class PutHandler : IRequestHandler<Put, Outcome<int>>
        {
            public Task<Outcome<int>> Handle(Put request, CancellationToken cancellationToken) => Task.FromResult<Outcome<int>>(request.Number);
        }

        public static class CallsHandler
        {
            public static Task<Outcome<int>> Go() => new PutHandler().Handle(new Put(1), CancellationToken.None);
        }

        public static class CallsInterface
        {
            public static Task<Outcome<int>> Go(IServiceProvider services) => services.GetRequiredService<IRequestHandler<Put, Outcome<int>>>().Handle(new Put(1), CancellationToken.None);
        }

        public sealed class WritesGroup(GroupWriter<Put, int> writer)
        {
            public Task<Outcome<int>> Go() => writer.Write(new Put(1), CancellationToken.None);
        }
    }
}

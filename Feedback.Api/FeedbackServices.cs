using System.Reflection;
using Feedback.Accounts;
using Feedback.Casework;
using Feedback.Data;
using Feedback.Features.Audit;
using Feedback.Features.Calendar;
using Feedback.Features.Complaints;
using Feedback.Features.Escalation;
using Feedback.Features.Outbox;
using Feedback.Features.Ratings;
using Feedback.Notifications;
using Feedback.Pipeline;
using Feedback.Schedule;
using Feedback.Security;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Feedback;

/// <summary>The application behind both programs: the Api and the Worker register the same services.</summary>
public static class FeedbackServices
{
    /// <exception cref="SetupException">Something that has no default is not set.</exception>
    public static IServiceCollection AddFeedback(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        Mapping.Register();
        services.AddSingleton(Clock(configuration, environment));
        services.AddSingleton(MasterKey.Load(configuration, environment.IsDevelopment()));
        services.AddSingleton(Engine(configuration));
        services.AddSingleton(provider => new LocalTime(
            TimeZoneInfo.FindSystemTimeZoneById(configuration["TimeZone"] ?? "Asia/Shanghai"), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Migrator>();
        services.AddSingleton<ReferenceData>();
        services.AddScoped<Db>();
        services.AddPipeline().AddNotifications(configuration).AddAccounts(configuration).AddCasework();
        return services.AddAudit().AddCalendar().AddComplaints().AddEscalation().AddOutbox().AddRatings();
    }

    private static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        services.AddSingleton<Dispatcher>();
        services.TryAddSingleton(new GroupLimits());
        services.AddSingleton(typeof(GroupWriter<,>));
        services.AddScoped<IdempotentAnswers>();
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ReportingBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TransactionBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(IdempotencyBehavior<,>));
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(t => t is { IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType))
            {
                if (contract.GetGenericTypeDefinition() is var kind && (kind == typeof(IRequestHandler<,>) || kind == typeof(IGroupHandler<,>))) services.AddTransient(contract, type);
                if (contract.GetGenericTypeDefinition() == typeof(IValidator<>)) services.AddSingleton(contract, type);
            }
        }

        return services;
    }

    private static TimeProvider Clock(IConfiguration configuration, IHostEnvironment environment)
    {
        const string setting = "Clock:Offset";
        if (configuration[setting] is not { Length: > 0 } text) return TimeProvider.System;
        if (environment.IsProduction()) throw new SetupException($"{setting} is for rehearsals and is refused in Production.");
        return TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var offset)
            ? new ShiftedTime(offset)
            : throw new SetupException($"{setting} is not a span of time such as 3.00:00:00 (three days).");
    }

    private static Dialect Engine(IConfiguration configuration)
    {
        var connection = configuration.GetConnectionString("Feedback") ?? throw new SetupException("ConnectionStrings:Feedback is not set.");
        return configuration["Database:Provider"] switch
        {
            null or "" or "Sqlite" => new SqliteDialect(connection),
            "SqlServer" => new SqlServerDialect(connection),
            var other => throw new SetupException($"Database:Provider is \"{other}\"; it is Sqlite or SqlServer."),
        };
    }
}

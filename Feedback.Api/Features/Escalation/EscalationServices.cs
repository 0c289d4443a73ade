namespace Feedback.Features.Escalation;

internal static class EscalationServices
{
    public static IServiceCollection AddEscalation(this IServiceCollection services) => services
        .AddScoped<WindowAlarms>();
}

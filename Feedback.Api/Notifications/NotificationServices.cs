namespace Feedback.Notifications;

internal static class NotificationServices
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(MailSettings.Load(configuration))
        .AddSingleton<MailServer>()
        .AddSingleton<WebhookClient>()
        .AddScoped<OutboxWriter>();
}

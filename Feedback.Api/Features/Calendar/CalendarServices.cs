namespace Feedback.Features.Calendar;

internal static class CalendarServices
{
    public static IServiceCollection AddCalendar(this IServiceCollection services) => services
        .AddScoped<CalendarRevisions>();
}

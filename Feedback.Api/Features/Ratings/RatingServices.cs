namespace Feedback.Features.Ratings;

internal static class RatingServices
{
    public static IServiceCollection AddRatings(this IServiceCollection services) => services
        .AddScoped<RatingTraces>()
        .AddScoped<PresenceCheck>()
        .AddScoped<PraiseTraces>()
        .AddScoped<RatingFlags>()
        .AddScoped<BadRatings>()
        .AddSingleton<RatingFeed>();
}

namespace Feedback.Features.Complaints;

internal static class ComplaintServices
{
    public static IServiceCollection AddComplaints(this IServiceCollection services) => services
        .AddSingleton<PictureTickets>();
}

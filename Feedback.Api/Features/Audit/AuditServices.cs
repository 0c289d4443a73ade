namespace Feedback.Features.Audit;

internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddScoped<Anchors>()
        .AddScoped<InquiryAudit>();
}

using Feedback.Casework.Contacts;
using Feedback.Casework.Counts;
using Feedback.Casework.Inquiries;
using Feedback.Casework.Pictures;
using Feedback.Casework.Windows;

namespace Feedback.Casework;

internal static class CaseworkServices
{
    public static IServiceCollection AddCasework(this IServiceCollection services) => services
        .AddScoped<CaseStore>()
        .AddScoped<CaseContext>()
        .AddScoped<CaseCreator>()
        .AddScoped<CaseClocks>()
        .AddScoped<CaseHistory>()
        .AddScoped<CaseLinks>()
        .AddScoped<CaseNotices>()
        .AddScoped<CitizenAccess>()
        .AddScoped<HandOvers>()
        .AddScoped<Pauses>()
        .AddScoped<Acceptances>()
        .AddScoped<AnswerClock>()
        .AddScoped<DailyCounts>()
        .AddScoped<CasePictures>()
        .AddScoped<WindowDirectory>()
        .AddScoped<ContactBook>()
        .AddScoped<ContactReveals>()
        .AddScoped<ContactMessages>()
        .AddScoped<CitizenEmails>()
        .AddScoped<Applications>()
        .AddScoped<DeemedAcceptances>()
        .AddScoped<InquiryRecords>()
        .AddScoped<NoticeIssuer>()
        .AddSingleton<EventChain>()
        .AddSingleton<PresenceProofs>();
}

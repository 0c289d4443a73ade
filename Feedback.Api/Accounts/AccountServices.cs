namespace Feedback.Accounts;

internal static class AccountServices
{
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(configuration.GetSection("SignIn").Get<SignInLimits>() ?? new SignInLimits())
        .AddScoped<AccountStore>()
        .AddScoped<SignInGuard>()
        .AddScoped<SecondFactors>()
        .AddScoped<Sessions>()
        .AddScoped<StaffDirectory>();
}

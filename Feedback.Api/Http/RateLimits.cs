using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Feedback.Domain;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Feedback.Http;

/// <summary>
/// Public endpoints are limited by device and by network, sign-ins by network, signed-in programs by token (<see cref="EdgeLimits"/>).
/// Buckets live in this process's memory; who they belong to is written nowhere.
/// </summary>
internal static class RateLimits
{
    private const int LongestToken = 256;

    private enum Limit
    {
        Unlimited,
        Read,
        Write,
        SignIn,
        Program,
    }

    public static void AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Limits").Get<EdgeLimits>() ?? new EdgeLimits());
        services.AddRateLimiter(_ => { });
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>>(provider => new ConfigureOptions<RateLimiterOptions>(options =>
        {
            var limits = provider.GetRequiredService<EdgeLimits>();

            // The network first: who sends a new name each time gets no new bucket once the network's is empty.
            options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, Caller>(http => OfNetwork(http, limits)),
                PartitionedRateLimiter.Create<HttpContext, Caller>(http => OfDevice(http, limits)));
            options.OnRejected = (rejected, _) => new ValueTask(
                Refuse(rejected.HttpContext, rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1), HttpRefusals.TooManyRequests));
        }));
    }

    /// <summary>429 that says when to come back, in whole seconds.</summary>
    public static Task Refuse(HttpContext http, TimeSpan wait, Refusal refusal)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Answers.Write(http, refusal);
    }

    private static RateLimitPartition<Caller> OfNetwork(HttpContext http, EdgeLimits limits)
    {
        var limit = LimitOf(http);
        return Bucket(
            new Caller(limit, http.Request.Source().Network),
            limit switch { Limit.Read => limits.ReadsOfNetwork, Limit.Write => limits.WritesOfNetwork, Limit.SignIn => limits.SignInsOfNetwork, _ => 0 });
    }

    private static RateLimitPartition<Caller> OfDevice(HttpContext http, EdgeLimits limits)
    {
        var limit = LimitOf(http);
        if (IsProgram(http)) return Bucket(new Caller(Limit.Program, Token(http)), limit == Limit.Unlimited ? 0 : limits.CallsOfToken);
        return http.Request.CountedDevice() is { } device
            ? Bucket(new Caller(limit, device), limit switch { Limit.Read => limits.ReadsOfDevice, Limit.Write => limits.WritesOfDevice, _ => 0 })
            : Bucket(default, 0);
    }

    private static Limit LimitOf(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint || http.Request.Path.StartsWithSegments("/health")) return Limit.Unlimited;
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null) return IsProgram(http) ? Limit.Program : Limit.Unlimited;
        if (!HttpMethods.IsPost(http.Request.Method)) return Limit.Read;
        return http.Request.Path.StartsWithSegments("/console/sign-in") ? Limit.SignIn : Limit.Write;
    }

    private static bool IsProgram(HttpContext http) => http.Request.Headers.Authorization.Count > 0;

    /// <summary>An identity provider's tokens are long; their hashes are told apart as well and take little memory.</summary>
    private static string Token(HttpContext http) => http.Request.Headers.Authorization.ToString() is var token && token.Length <= LongestToken
        ? token
        : Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static RateLimitPartition<Caller> Bucket(Caller caller, int perMinute) => perMinute <= 0
        ? RateLimitPartition.GetNoLimiter(default(Caller))
        : RateLimitPartition.GetTokenBucketLimiter(caller, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perMinute / 60),
            ReplenishmentPeriod = perMinute >= 60 ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1) / perMinute,
            QueueLimit = 0,
        });

    private readonly record struct Caller(Limit Limit, string? Name);
}

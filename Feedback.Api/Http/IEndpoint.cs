namespace Feedback.Http;

/// <summary>The HTTP endpoint of a use case. Every endpoint says who may call it: a policy of <see cref="Access"/> or AllowAnonymous.</summary>
internal interface IEndpoint
{
    static abstract void Map(IEndpointRouteBuilder routes);
}

internal static class Endpoints
{
    /// <summary>Maps every endpoint in the assembly.</summary>
    public static void MapFeatures(this IEndpointRouteBuilder routes)
    {
        foreach (var type in typeof(IEndpoint).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IEndpoint)) && !t.IsInterface).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            type.GetMethod(nameof(IEndpoint.Map))!.Invoke(null, [routes]);
        }
    }

    public static string? IdempotencyKey(this HttpRequest request) =>
        request.Headers.TryGetValue("Idempotency-Key", out var key) ? key.ToString() : null;
}
